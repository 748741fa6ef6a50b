import type { Playbook, Schedule } from '../../contract/index.ts';

export type ScheduleRow = Omit<Schedule, 'occurrences' | 'waiting' | 'crowdedOut'>;

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
  /** Seen by then it is on time; later it is caught up with. */
  readonly onTime: number;
  /** Seen by then it fires; later it is missed. */
  readonly until: number;
  readonly subject: Subject | null;
}

export type PlaybookInputs = Pick<Playbook, 'inputs'>;

/** The longest time without a look: the clock may jump, and a machine may sleep. Milliseconds. */
export const longestWait = 30_000;
/** How late something that was due still fires, where nothing looked at its time: the node was off, the vault locked, the machine asleep. */
export const grace = 6 * 3_600_000;
/** Later than this is a catch-up; a look may be as late as {@link longestWait}. */
export const punctual = 2 * longestWait;
