import type { Clock } from '../../common/index.ts';

/** Milliseconds between two looks at the clock. */
const beatMs = 1_000;

/** What lies between two looks counts for this at most: the machine slept through the rest, where its clock goes on asleep, or the clock jumped. */
const mostOfBeatMs = 5_000;

/** The time that a run works. */
export interface WorkTime {
  /** Milliseconds until now, or until it was stopped. */
  worked(): number;
  stop(): void;
}

/** `over` is called once `limitMs` were worked. */
export const startWorkTime = (clock: Pick<Clock, 'monotonic'>, limitMs: number, over: () => void): WorkTime => {
  let worked = 0;
  let seen = clock.monotonic();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const look = (): number => {
    if (isStopped) return worked;
    const now = clock.monotonic();
    worked += Math.min(Math.max(0, now - seen), mostOfBeatMs);
    seen = now;
    return worked;
  };
  const rest = (): void => {
    timer = setTimeout(
      () => {
        if (look() < limitMs) rest();
        else over();
      },
      Math.min(beatMs, Math.max(1, limitMs - worked)),
    );
  };
  rest();

  return {
    worked: look,
    stop() {
      look();
      isStopped = true;
      clearTimeout(timer);
    },
  };
};
