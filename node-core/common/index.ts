export * from './clock.ts';
export * from './disposable.ts';
export * from './emitter.ts';
export * from './excerpt.ts';
export * from './faults.ts';
export * from './ids.ts';
export * from './logger.ts';
