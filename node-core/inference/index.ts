export { bounded } from './bounded.ts';
export { BUILTIN_ID } from './catalog.ts';
export { defaultTemperature } from './defaults.ts';
export { forkHost } from './fork-host.ts';
export { createInference, type InferenceComponents } from './inference.ts';
export type * from './types.ts';
