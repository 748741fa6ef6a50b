import type { Threads } from '../protocol.ts';
import { type Answer, isWriting } from './answer.ts';
import { type GuessSize, guessSize, LEAST_GUESS, NO_GUESS } from './draft.ts';
import type { DraftModel } from './draft-model.ts';
import { createDraftTrust } from './draft-trust.ts';
import type { Pace, Way } from './pace.ts';
import type { Sequence, Sequences } from './sequences.ts';
import type { StepOptions, StepPart, Stepper } from './step.ts';

export interface Part {
  readonly answer: Answer;
  readonly tokens: readonly number[];
  readonly guesses: readonly number[];
  /** Whether it ends with the last token before one is sampled. */
  readonly last: boolean;
}

export interface Batch {
  readonly parts: readonly Part[];
  readonly fillers: readonly Sequence[];
  readonly options: StepOptions;
  /** Tells how long it took, and how many tokens the longest answer got. */
  record(ms: number, done: number): void;
}

export interface Planner {
  /** Asks a draft model for guesses where that pays. */
  plan(answers: Iterable<Answer>): Promise<Batch>;
  setThreads(threads: Threads): void;
  setChunk(tokens: number): void;
}

export interface PlannerComponents {
  readonly stepper: Stepper;
  readonly sequences: Sequences;
  readonly pace: Pace;
  readonly batchSize: number;
  readonly contextLength: number;
  readonly threads: Threads;
  readonly draft?: DraftModel | null;
  readonly now: () => number;
}

/** Others that write wait no longer than this for a piece of a prompt. */
const STALL_MS = 200;
const SHARED_CHUNK = { least: 16, first: 128 } as const;
/**
 * The event loop itself waits for a batch below this. Where the batch is given to another thread, that one wakes beside the context's own threads,
 * which wait busily: on a machine of few cores they then stand in each other's way for a tenth of a second.
 */
const QUICK_MS = 1_000;
/** A piece of a prompt takes about this long where it can: nothing is heard meanwhile. */
const READING_MS = 400;
/** Fewer tokens at once are read more slowly. */
const LEAST_READ = 128;
/** Reading takes so many times longer per token than it did: other programs have the cores, and fewer threads may be faster. */
const SLOWED = 3;
/** So long may a row of batches take before what came in meanwhile is heard, and so many may it be: what a reader cuts off is computed in vain. */
const ROW_MS = 22;
const MAX_ROW = 16;
const SHORT_ROW = 4;
/** llama.cpp computes rows by fours: a batch of 3 can take longer than one of 4. */
const BLOCK = 4;
const MAX_FILLERS = 3;
/** With more answers than this nothing is guessed: their batch is already full. */
const MAX_GUESSING = 4;
/** With several answers all must be copying: their batch is as long as the longest part. */
const SURE = 0.85;
/** What a draft model wins on so many tokens it may take to read the text. */
const AHEAD = 64;
const NEWEST = 0.2;

/** Decides what the next batch computes, and how. */
export const createPlanner = (components: PlannerComponents): Planner => {
  const { stepper, sequences, pace, batchSize, contextLength, now } = components;
  let draft = components.draft ?? null;
  const trust = createDraftTrust();
  let { threads } = components;
  let chunk = batchSize;
  /** Milliseconds per prompt token, a running mean. */
  let readingMs: number | null = null;
  let leastReadingMs = Number.POSITIVE_INFINITY;
  /** Milliseconds of a batch with guesses, by what writes and how many are guessed: running means. */
  const guessMs = new Map<string, number>();
  /** Milliseconds for one guess of the draft model, a running mean. */
  let draftMs = 0;

  const many = () => Math.max(threads.decode, threads.prefill);
  const waysOf = (first: number, other: number, filled = false): Way[] => {
    const counts = [...new Set([first, other])];
    return [false, true]
      .slice(0, filled ? 2 : 1)
      .flatMap((fill) => counts.map((count) => ({ threads: count, filled: fill })));
  };

  /** Threads that are made anew for every token are never faster than one. */
  const otherToWrite = () => (!stepper.lastingThreads ? threads.decode : threads.decode === 1 ? many() : 1);

  /** Free sequences that, in between and beside those that write, make one block without holes: sequences apart are computed apart. */
  const fillersFor = (writing: readonly Answer[]): readonly Sequence[] => {
    if (!stepper.canForget || writing.length < 2) return [];
    const ids = new Set(writing.map(({ sequence }) => sequence.id));
    const lowest = Math.min(...ids);
    const span = Math.max(...ids) - lowest + 1;
    const size = Math.ceil(span / BLOCK) * BLOCK;
    const start = Math.max(0, Math.min(lowest, sequences.all.length - size));
    const fillers = sequences.all.slice(start, start + size).filter(({ id }) => !ids.has(id));
    const possible =
      size <= sequences.all.length &&
      fillers.length <= MAX_FILLERS &&
      fillers.every((sequence) => sequences.isFree(sequence) && sequence.tokens.length < contextLength);
    return possible ? fillers : [];
  };

  const shapeOf = (writing: readonly Answer[]): string => {
    const ids = writing.map(({ sequence }) => sequence.id).sort((a, b) => a - b);
    const runs: number[] = [];
    for (const [index, id] of ids.entries()) {
      if (index > 0 && ids[index - 1] === id - 1) runs.push((runs.pop() ?? 0) + 1);
      else runs.push(1);
    }
    return runs.join('+');
  };

  /** How many tokens an answer may still get. */
  const roomOf = ({ limit, written, sequence }: Answer): number =>
    Math.min(limit - written.length, contextLength - sequence.tokens.length);

  const costOf = (shape: string) => (guesses: number) =>
    guesses === 0 ? pace.expected(shape) : guessMs.get(`${shape} ${guesses}`);

  const sizeFor = (writing: readonly Answer[], shape: string): GuessSize => {
    if (!stepper.canForget || writing.length > MAX_GUESSING) return NO_GUESS;
    const confidence = Math.min(...writing.map(({ drafter }) => drafter?.confidence ?? 0));
    if (confidence <= 0 || (writing.length > 1 && confidence < SURE)) return NO_GUESS;
    const room = Math.min(Math.floor(batchSize / writing.length) - 1, ...writing.map((answer) => roomOf(answer) - 1));
    return guessSize({ confidence, room, cost: costOf(shape) });
  };

  /** What a draft model guesses, for one answer alone: beside others its time is theirs. */
  const ask = async (model: DraftModel, answer: Answer, shape: string, looked: GuessSize) => {
    const alone = pace.expected(shape);
    const room = Math.min(batchSize, roomOf(answer)) - 1;
    if (alone === undefined || room < LEAST_GUESS) return null;
    const { confidence } = trust;
    const known = trust.mayAsk ? guessSize({ confidence, room, cost: costOf(shape), perGuess: draftMs }) : NO_GUESS;
    const tried = known.size === 0;
    if (tried ? looked.size > 0 || !trust.mayTry : known.rate <= looked.rate) return null;
    const way = pace.choose('draft', waysOf(threads.decode, otherToWrite()));
    const begun = now();
    try {
      const { guesses, writingMs } = await model.guess([...answer.sequence.tokens, ...answer.pending], {
        count: tried ? LEAST_GUESS : known.size,
        threads: way.threads,
        spare: tried ? 0 : AHEAD * (alone - 1 / known.rate),
        isWanted: () => !answer.ended,
        quick: draftMs * known.size < QUICK_MS,
      });
      if (guesses.length === 0) return null;
      const each = writingMs / guesses.length;
      pace.record('draft', way, each);
      draftMs += (each - draftMs) * (draftMs === 0 ? 1 : NEWEST);
      return { guesses, spent: now() - begun, alone, tried };
    } catch {
      // It is only help: the answer goes on without.
      draft = null;
      return null;
    }
  };

  const planWriting = async (writing: readonly Answer[]): Promise<Batch> => {
    const shape = shapeOf(writing);
    const looked = sizeFor(writing, shape);
    const [first] = writing;
    const asked = draft && first && writing.length === 1 ? await ask(draft, first, shape, looked) : null;
    const count = asked?.guesses.length ?? looked.size;
    const fillers = count === 0 ? fillersFor(writing) : [];
    const name = count === 0 ? shape : `${shape} ${count}`;
    const ways = waysOf(threads.decode, otherToWrite(), fillers.length > 0);
    // What is found out about threads with guesses of one size holds for all sizes: per token they differ little.
    const kind = count === 0 ? name : 'guesses';
    const way = pace.choose(kind, ways);
    const ms = (count === 0 ? pace.expected(name) : guessMs.get(name)) ?? Number.NaN;
    const room = Math.min(...writing.map(roomOf));
    // Where something stands to be guessed soon, the row is short: within it nothing is.
    const most = writing.some(({ drafter }) => (drafter?.confidence ?? 0) > 0) ? SHORT_ROW : MAX_ROW;
    const batches =
      count > 0 || !stepper.canForget ? 1 : Math.max(1, Math.min(Math.floor(ROW_MS / (ms || ROW_MS)), most, room));
    return {
      parts: writing.map((answer) => ({
        answer,
        tokens: answer.pending,
        guesses: asked?.guesses ?? answer.drafter?.guess(count) ?? [],
        last: true,
      })),
      fillers: way.filled ? fillers : [],
      options: { threads: way.threads, quick: !(ms >= QUICK_MS), batches },
      record(spent, done) {
        const size = writing.length * (1 + count);
        pace.record(kind, way, count === 0 ? spent / done : spent / size);
        if (asked) {
          const { alone, tried } = asked;
          trust.settle({ tried, alone, guessed: count, held: done - 1, spent: spent + asked.spent });
        } else trust.pass(spent);
        if (count === 0) return;
        const before = guessMs.get(name) ?? spent;
        guessMs.set(name, before + (spent - before) * NEWEST);
      },
    };
  };

  const planReading = (writing: readonly Answer[], reading: readonly Answer[]): Batch => {
    let room = batchSize - writing.length;
    const shared =
      readingMs === null ? SHARED_CHUNK.first : Math.max(SHARED_CHUNK.least, Math.floor(STALL_MS / readingMs));
    const alone = readingMs === null ? chunk : Math.max(LEAST_READ, Math.floor(READING_MS / readingMs));
    let prompts = Math.min(chunk, writing.length > 0 ? shared : alone, room);
    const parts: Part[] = writing.map((answer) => ({ answer, tokens: answer.pending, guesses: [], last: true }));
    for (const [index, answer] of reading.entries()) {
      const left = answer.pending.length;
      const most = Math.min(Math.ceil(prompts / (reading.length - index)), room);
      if (most <= 0) continue;
      // Pieces of one size: a short last one would be computed no faster than a long one.
      const share = Math.ceil(left / Math.ceil(left / most));
      room -= share;
      prompts -= share;
      parts.push({ answer, tokens: answer.pending.slice(0, share), guesses: [], last: share === left });
    }
    const size = parts.reduce((sum, { tokens }) => sum + tokens.length, 0);
    // A prompt is not what other ways are tried on, but where reading has become much slower than it was.
    const slowed = readingMs !== null && readingMs > leastReadingMs * SLOWED;
    const calibrated = { threads: threads.prefill, filled: false };
    // A few tokens are computed as one is written, for which it is known what other programs leave.
    const few = size < SHARED_CHUNK.least ? pace.current('1') : undefined;
    const way = slowed ? pace.choose('read', waysOf(threads.prefill, 1)) : (few ?? calibrated);
    return {
      parts,
      fillers: [],
      options: { threads: way.threads, quick: (readingMs ?? 0) * size < QUICK_MS, batches: 1 },
      record(ms) {
        if (size < SHARED_CHUNK.least) return;
        readingMs = readingMs === null ? ms / size : readingMs + (ms / size - readingMs) * NEWEST;
        leastReadingMs = Math.min(leastReadingMs, readingMs);
        if (slowed) pace.record('read', way, ms / size);
      },
    };
  };

  return {
    async plan(answers) {
      const begun = [...answers].filter((answer) => answer.begun);
      const writing = begun.filter(isWriting);
      const reading = begun.filter((answer) => !isWriting(answer));
      return reading.length === 0 ? planWriting(writing) : planReading(writing, reading);
    },
    setThreads(next) {
      threads = next;
    },
    setChunk(tokens) {
      chunk = Math.max(1, Math.min(tokens, batchSize));
    },
  };
};

/** In the order of sequences: llama.cpp computes those that follow one another together. */
export const stepParts = ({ parts, fillers }: Batch): StepPart[] => {
  const steps = parts.map(
    ({ answer, tokens, guesses, last }): StepPart => ({
      sequence: answer.sequence.id,
      position: answer.sequence.tokens.length,
      tokens: guesses.length === 0 ? tokens : [...tokens, ...guesses],
      sample: last ? { sampler: answer.sampler, guessed: guesses.length, logprobs: answer.request.logprobs } : null,
    }),
  );
  const filling = fillers.map(
    ({ id, tokens }): StepPart => ({ sequence: id, position: tokens.length, tokens: [0], sample: null, discard: true }),
  );
  return [...steps, ...filling].sort((left, right) => left.sequence - right.sequence);
};
