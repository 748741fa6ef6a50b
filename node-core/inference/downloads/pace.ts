/** Milliseconds. Tests bring shorter ones. */
export interface Pace {
  /** Without a byte, a connection is given up. */
  readonly stall: number;
  /** Before the second try; twice as long before each further one. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** What a kill may cost: what came since the last record. */
  readonly record: number;
  /** Between two announcements of progress. */
  readonly announce: number;
}

export const defaultPace: Pace = {
  stall: 30_000,
  firstWait: 1_000,
  longestWait: 60_000,
  record: 2_000,
  announce: 250,
};
