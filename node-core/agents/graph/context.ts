import type { z } from 'zod';
import type { Playbook, Profile } from '../../contract/index.ts';
import type { GenerateRequest, GenerateResult } from '../../inference/index.ts';
import type { Tool, Toolbox } from '../../tools/index.ts';
import type { EntryOf, JournalEntry, Touched } from '../journal.ts';
import type { Check, Rule, WorkspaceChange } from '../playbooks/types.ts';
import type { Spending } from './budget.ts';
import type { Slots } from './slots.ts';
import type { Tape } from './tape.ts';

type Json = z.core.util.JSONType;

/** What playbooks can name, beside tools. */
export interface Registry {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly changes: ReadonlyMap<string, WorkspaceChange>;
  readonly checks: ReadonlyMap<string, Check>;
}

/** Of a call that may be made again, whatever came of it. */
export const isHarmless = ({ effect, repeatable }: Pick<Tool, 'effect' | 'repeatable'>): boolean =>
  repeatable || effect === 'read';

/** What a run does to the world. A replay has none of it. */
export interface Doers {
  generate(index: number, request: Omit<GenerateRequest, 'signal'>): Promise<GenerateResult>;
  /** @throws AppError where nothing was done; any other error, and OutcomeUnknown, where it may have been */
  call(tool: Tool, given: Json): Promise<Json>;
  /** One transaction with the entries that it ends in. */
  transact(work: (change: Parameters<WorkspaceChange['apply']>[0]) => readonly JournalEntry[]): readonly JournalEntry[];
  now(): number;
}

/** What the parts of the interpreter share for one run. */
export interface RunContext {
  readonly tape: Tape;
  readonly doers: Doers;
  readonly registry: Registry;
  readonly toolbox: Pick<Toolbox, 'find' | 'definitionHash' | 'missing' | 'origins'>;
  readonly playbook: Playbook;
  readonly today: string;
  /** Of the run; a profile may name another. */
  readonly modelId: string;
  /** Which of the models is the built-in one, that can answer only in forms of its own. */
  readonly isBuiltin: (modelId: string) => boolean;
  readonly plan: EntryOf<'plan'>;
  readonly profileOf: (id: string | undefined) => Profile;
  readonly spending: Spending;
  /** Waits until the model has room for one more question; gives what to call once it is answered. */
  readonly modelSlot: (modelId: string) => Promise<() => void>;
  readonly toolSlots: Slots;
  /** As it is carried out now: a step that failed may have changed it. */
  readonly planned: {
    playbook: Playbook;
    /** How often a model was asked how it is to go on. */
    questions: number;
    /** Steps that are left out although they may not be, and why. */
    readonly without: Map<string, string>;
  };
  /** Something that the person has to be told with the result. */
  readonly notice: (text: string) => void;
  readonly touch: (touched: readonly Touched[]) => void;
}
