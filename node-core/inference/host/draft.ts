/** Guesses what an answer writes next from what stands in it and in its prompt: text that is copied or edited repeats itself. */
export interface Drafter {
  push(token: number): void;
  /** What followed when the last tokens stood here before; as many as asked for, or none. */
  guess(count: number): readonly number[];
  /** Share of guesses that hold, one by one, for the occasion at hand; 0 where there is nothing to guess. */
  readonly confidence: number;
  /** Compares what was chosen with what would have been guessed; called with every token chosen at once, before they are pushed. */
  learn(chosen: readonly number[]): void;
}

/** So many tokens have to stand here before for a guess. */
const KEY = 3;
/** Where this many agree, it is seldom chance. */
const LONG = 8;
const FIRST_TRUST = { short: 0.4, long: 0.8 } as const;
/** Nothing is certain: a text that was copied for long ends some time. */
const MOST_TRUST = 0.98;
const NEWEST = 0.15;

export const createDrafter = (prompt: readonly number[]): Drafter => {
  const tokens = [...prompt];
  /** Where what follows a group of tokens stands, by the group's hash; the latest. */
  const places = new Map<number, number>();
  const trust = { ...FIRST_TRUST } as { short: number; long: number };
  const at = (index: number) => tokens[index] ?? -1;
  const hash = (end: number) => (at(end - 3) * 0x9e37 + at(end - 2) * 0x85eb + at(end - 1)) % 0x7fffffff;

  for (let end = KEY; end < tokens.length; end += 1) places.set(hash(end), end);

  /** Found anew for every length of the text. */
  let found: { readonly length: number; readonly place: number; readonly kind: 'short' | 'long' } | null = null;
  const find = () => {
    if (found?.length === tokens.length) return found;
    const end = tokens.length;
    const place = end >= KEY ? (places.get(hash(end)) ?? -1) : -1;
    let same = 0;
    while (place >= 0 && same < LONG && at(place - 1 - same) === at(end - 1 - same) && place - 1 - same >= 0) same += 1;
    found = { length: end, place: same >= KEY ? place : -1, kind: same >= LONG ? 'long' : 'short' };
    return found;
  };

  const guess = (count: number): readonly number[] => {
    const { place } = find();
    if (place < 0) return [];
    const guesses: number[] = [];
    // Past the end, what was guessed goes on in the same way: a text that repeats itself.
    for (let index = 0; index < count; index += 1)
      guesses.push(tokens[place + index] ?? guesses[place + index - tokens.length] ?? -1);
    return guesses;
  };

  return {
    push(token) {
      // Not the last tokens themselves: they would be found as their own predecessors.
      if (tokens.length >= KEY) places.set(hash(tokens.length), tokens.length);
      tokens.push(token);
    },
    guess,
    get confidence() {
      const { place, kind } = find();
      return place < 0 ? 0 : Math.min(trust[kind], MOST_TRUST);
    },
    learn(chosen) {
      const { place, kind } = find();
      if (place < 0) return;
      for (const [index, token] of guess(chosen.length).entries()) {
        const held = token === chosen[index];
        trust[kind] += ((held ? 1 : 0) - trust[kind]) * NEWEST;
        if (!held) return;
      }
    },
  };
};

/** Sizes of guesses that are tried: together with the token before them they fill blocks of 4. */
const SIZES = [3, 7, 15] as const;
/** A guess has to pay by this much. */
const WORTH = 1.1;

export interface GuessSizeComponents {
  /** Below 1. */
  readonly confidence: number;
  /** How many at most. */
  readonly room: number;
  /** Milliseconds for a batch with so many guesses, 0 for none; undefined where never measured. */
  readonly cost: (guesses: number) => number | undefined;
  /** Milliseconds that one guess itself takes. */
  readonly perGuess?: number;
}

export interface GuessSize {
  readonly size: number;
  /** Tokens per millisecond to expect with as many. */
  readonly rate: number;
}

export const NO_GUESS: GuessSize = { size: 0, rate: 0 };
/** So few tell whether guesses hold. */
export const LEAST_GUESS = SIZES[0];

/** How many tokens are worth guessing: what holds on average against what the larger batch costs. */
export const guessSize = ({ confidence, room, cost, perGuess = 0 }: GuessSizeComponents): GuessSize => {
  const alone = cost(0);
  if (alone === undefined || confidence <= 0) return NO_GUESS;
  let best: GuessSize = { size: 0, rate: WORTH / alone };
  for (const size of SIZES) {
    if (size > room) break;
    const expected = 1 + (confidence * (1 - confidence ** size)) / (1 - confidence);
    // Before it was measured: a token in a batch costs a third of one alone.
    const rate = expected / ((cost(size) ?? alone * (1 + size / 3)) + size * perGuess);
    if (rate > best.rate) best = { size, rate };
  }
  return best.size > 0 ? best : NO_GUESS;
};
