import type { WorkspaceChange } from '../types.ts';

/** A change whose arguments are checked against its schema. */
export const defineChange = <I>(spec: WorkspaceChange<I>): WorkspaceChange => ({
  ...spec,
  apply: (change, input) => spec.apply(change, spec.input.parse(input)),
});
