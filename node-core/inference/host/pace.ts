/** One way of computing the next token of all answers that are being written. */
export interface Way {
  readonly threads: number;
  /** Whether the batch is filled up to a size that is computed faster than the smaller one. */
  readonly filled: boolean;
}

/**
 * Finds the fastest way by trying: what other programs do to a machine changes from one second to the next, so the ways that were slower are
 * tried again now and then.
 */
export interface Pace {
  /** `shape` names what is computed; the ways it may be computed in, the most natural first. */
  choose(shape: string, ways: readonly Way[]): Way;
  record(shape: string, way: Way, ms: number): void;
  /** The way in use. */
  current(shape: string): Way | undefined;
  /** Milliseconds in the way in use; undefined where it was never computed. */
  expected(shape: string): number | undefined;
}

interface Trial {
  readonly way: Way;
  /** The latest, in milliseconds. */
  samples: number[];
}

interface Shape {
  readonly trials: Map<string, Trial>;
  since: number;
  probe: { readonly key: string; left: number } | null;
}

/** Tokens between two tries of another way, and how many a try takes. */
const INTERVAL = 96;
const TRY = 3;
/** So much slower than the best is not worth a second token of a try. */
const HOPELESS = 1.2;
/** A way has to be this much faster than the one in use to take its place. */
const WORTH = 0.97;
/** What is typical is the median of so many: a token that took long because something else ran once says nothing. */
const SAMPLES = 9;
/** After a change the way that was left is tried again this soon: what slowed it down may be over. */
const SECOND_THOUGHT = 24;

const typical = ({ samples }: Trial): number =>
  samples.toSorted((a, b) => a - b)[Math.floor((samples.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;

const keyOf = ({ threads, filled }: Way): string => `${threads}${filled ? ' filled' : ''}`;

export const createPace = (): Pace => {
  const shapes = new Map<string, Shape & { current: string }>();

  const shapeOf = (name: string) => {
    const known = shapes.get(name);
    if (known) return known;
    const fresh = { trials: new Map<string, Trial>(), since: 0, probe: null, current: '' };
    shapes.set(name, fresh);
    return fresh;
  };

  const best = (trials: Iterable<Trial>): Trial | undefined =>
    [...trials].reduce<Trial | undefined>(
      (least, trial) => (least && typical(least) <= typical(trial) ? least : trial),
      undefined,
    );

  return {
    choose(name, ways) {
      const shape = shapeOf(name);
      const [first] = ways;
      if (!first || ways.length === 1) return first ?? { threads: 1, filled: false };
      const keys = ways.map(keyOf);
      const at = (key: string) => ways[keys.indexOf(key)] ?? first;
      if (shape.probe && keys.includes(shape.probe.key)) return at(shape.probe.key);
      const open = keys.find((key) => !shape.trials.has(key));
      if (open !== undefined) {
        shape.probe = { key: open, left: TRY };
        return at(open);
      }
      if (shape.since >= INTERVAL) {
        // The one that was tried longest ago: its entry is moved to the end when it is tried.
        const next = [...shape.trials.keys()].find((key) => key !== shape.current && keys.includes(key));
        if (next !== undefined) {
          shape.probe = { key: next, left: TRY };
          shape.since = 0;
          return at(next);
        }
      }
      const known = keys.flatMap((key) => shape.trials.get(key) ?? []);
      const fastest = best(known);
      const current = keys.includes(shape.current) ? shape.trials.get(shape.current) : undefined;
      if (fastest && (!current || typical(fastest) < typical(current) * WORTH)) {
        shape.current = keyOf(fastest.way);
        if (current) shape.since = INTERVAL - SECOND_THOUGHT;
      }
      return at(shape.current);
    },
    record(name, way, ms) {
      const shape = shapeOf(name);
      const key = keyOf(way);
      const trial = shape.trials.get(key) ?? { way, samples: [] };
      const trying = shape.probe?.key === key;
      // A try starts afresh: what was measured long ago says little about now.
      if (trying && shape.probe?.left === TRY) trial.samples = [];
      trial.samples = [...trial.samples.slice(1 - SAMPLES), ms];
      shape.since += 1;
      if (trying && shape.probe) {
        shape.trials.delete(key);
        shape.probe.left -= 1;
        const fastest = best(shape.trials.values());
        if (shape.probe.left === 0 || (fastest && ms > typical(fastest) * HOPELESS)) shape.probe = null;
      }
      shape.trials.set(key, trial);
    },
    current(name) {
      const shape = shapes.get(name);
      return shape?.trials.get(shape.current)?.way;
    },
    expected(name) {
      const shape = shapes.get(name);
      const trial = shape?.trials.get(shape.current) ?? best(shape?.trials.values() ?? []);
      return trial && typical(trial);
    },
  };
};
