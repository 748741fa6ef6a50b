/** Faults that end the run even where a step may fail: another step would meet them too. */
export const final: ReadonlySet<string> = new Set([
  'BUDGET_SPENT',
  'VAULT_LOCKED',
  'CONFLICT',
  'STORAGE_FULL',
  'STORAGE_FAILED',
  'STORAGE_READ_ONLY',
]);
