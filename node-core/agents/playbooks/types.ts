import type { z } from 'zod';
import type { Change } from '../../workspace/index.ts';
import type { Touched } from '../journal.ts';

/** What playbooks name as `rule`: decided by code, pure, and so computed again when a run is resumed. */
export interface Rule<I = unknown> {
  readonly name: string;
  readonly input: z.ZodType<I>;
  decide(
    input: I,
    given: { readonly today: string },
  ): { readonly value: z.core.util.JSONType; readonly output: string };
}

/** What they name as `change`: one transaction with its journal entry. */
export interface WorkspaceChange<I = unknown> {
  readonly name: string;
  readonly input: z.ZodType<I>;
  apply(
    change: Change,
    input: I,
  ): { readonly value: z.core.util.JSONType; readonly output: string; readonly touched: readonly Touched[] };
}

/** What they name as `check`: faults of a value in words that a model can act on; none where it is good. */
export interface Check<O = unknown> {
  readonly name: string;
  readonly options: z.ZodType<O>;
  faults(value: z.core.util.JSONType, options: O, given: { readonly today: string }): readonly string[];
}
