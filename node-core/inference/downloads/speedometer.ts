import type { Clock } from '../../common/index.ts';

const WINDOW = 5_000;

/** Bytes per second over the last seconds. */
export interface Speedometer {
  /** Whether there is something new to tell. */
  note(received: number): boolean;
  perSecond(): number | null;
  reset(): void;
}

export const createSpeedometer = (clock: Clock): Speedometer => {
  let samples: { readonly at: number; readonly received: number }[] = [];
  const perSecond = () => {
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last || last.at - first.at < 100) return null;
    // What had to be thrown away came, too, but is no progress.
    return Math.max(0, ((last.received - first.received) * 1_000) / (last.at - first.at));
  };
  return {
    note(received) {
      const before = samples.at(-1)?.received;
      const wasMoving = (perSecond() ?? 0) > 0;
      const at = clock.monotonic();
      samples = [...samples.filter((sample) => at - sample.at <= WINDOW), { at, received }];
      return received !== before || wasMoving;
    },
    perSecond,
    reset() {
      samples = [];
    },
  };
};
