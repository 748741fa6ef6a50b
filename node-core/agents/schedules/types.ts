import type { Playbook, Schedule, StartRun } from '../../contract/index.ts';
import { tidyTags } from '../../workspace/index.ts';

export type ScheduleRow = Omit<Schedule, 'occurrences' | 'waiting' | 'crowdedOut' | 'unanswered'>;

/** What happened that a run is to work on; none where it is only time. */
export type Subject =
  /** `byAgent`: a run made it. */
  | {
      readonly kind: 'task' | 'note';
      readonly id: string;
      readonly title: string;
      readonly text: string;
      readonly byAgent: boolean;
    }
  | { readonly kind: 'file'; readonly name: string; readonly text: string };

/** One time that a schedule is to fire. */
export interface Due {
  /** What tells it from all others of the schedule, at whatever time it is seen again. */
  readonly key: string;
  readonly at: number;
  /** Seen by then it fires; later it is missed. */
  readonly until: number;
  readonly subject: Subject | null;
}

export type PlaybookInputs = Pick<Playbook, 'inputs'>;

export interface Starts {
  /** @throws AppError `NOT_FOUND`, `PLAYBOOK_INVALID` */
  readonly playbook: (id: string) => PlaybookInputs;
  /** Makes the run with this id. */
  readonly startRun: (request: Extract<StartRun, { skill: 'playbook' }>, runId: string) => void;
}

/** The longest time without a look: the clock may jump, and a machine may sleep. Milliseconds. */
export const longestWait = 30_000;
/** How late something that was due still fires, where nothing looked at its time: the node was off, the vault locked, the machine asleep. */
export const grace = 6 * 3_600_000;

/** With its tag as tags are stored, however a person wrote it. */
export const tidyTrigger = (trigger: Schedule['trigger']): Schedule['trigger'] =>
  'tag' in trigger && trigger.tag !== null ? { ...trigger, tag: tidyTags([trigger.tag])[0] ?? '' } : trigger;
