import type { PromptStates } from './prompt-states.ts';
import type { SequenceStates } from './sequence-states.ts';
import { type Sequence, type Sequences, sharedPrefix } from './sequences.ts';

/** Keeps what sequences remember beyond their own life, and gives it back. Every call happens between batches. */
export interface PromptMemory {
  /**
   * Brings a sequence to the longest beginning of the prompt that can be had, from what it remembers itself or from disk; how many tokens that
   * are. At least the last token of the prompt is left to compute.
   */
  prepare(sequence: Sequence, prompt: readonly number[]): Promise<number>;
  /** Nothing is being computed any more. What these remember is kept if that stays so for a moment. */
  rest(sequences: readonly Sequence[]): void;
  /** Resolves once no sequence is being read. */
  settle(): Promise<void>;
}

export interface PromptMemoryComponents {
  /** Null while the vault's key is not known. */
  readonly states: () => PromptStates | null;
  readonly access: SequenceStates;
  /** Model file, library and context: a state means something only to the same. */
  readonly subject: string;
  readonly sequences: Pick<Sequences, 'all' | 'keepOnly' | 'forget'>;
  readonly isStill: () => boolean;
  /** Whether a sequence of so many tokens can forget all but the first of them. */
  readonly canCut: (length: number, keep: number) => boolean;
}

/** Fewer tokens than this are read again faster than they are worth on disk. */
const MIN_NEW = 256;
/** A state on disk has to save reading at least so many tokens. */
const MIN_GAIN = 64;
/** An agent's next question comes sooner, and goes to memory. */
const REST_MS = 250;

export const createPromptMemory = (components: PromptMemoryComponents): PromptMemory => {
  const { access, subject, sequences } = components;
  let reading: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  /** Resolves once the sequence has been read; sealing and writing go on beside. */
  const save = async ({ id, tokens }: Sequence): Promise<void> => {
    const states = components.states();
    if (!states || tokens.length < MIN_NEW) return;
    if (tokens.length - (states.find(subject, tokens)?.shared ?? 0) < MIN_NEW) return;
    const held = [...tokens];
    const work = access.read(id);
    reading = work;
    const state = await work;
    if (state) void states.keep(subject, held, state);
  };

  const saveAll = async (all: readonly Sequence[]): Promise<void> => {
    for (const sequence of all) {
      if (!components.isStill()) return;
      await save(sequence);
    }
  };

  const recall = async (sequence: Sequence, prompt: readonly number[], beyond: number): Promise<boolean> => {
    const states = components.states();
    const found = states?.find(subject, prompt);
    if (!states || !found) return false;
    const keep = Math.min(found.shared, prompt.length - 1);
    if (keep < beyond + MIN_GAIN || !components.canCut(found.tokens.length, keep)) return false;
    const state = states.read(subject, found);
    if (!state) return false;
    if (await access.write(sequence.id, state)) {
      sequence.tokens = [...found.tokens];
      return true;
    }
    states.discard(found);
    sequences.forget(sequence);
    return false;
  };

  const shared = ({ tokens }: Sequence, prompt: readonly number[]) =>
    Math.min(sharedPrefix(tokens, prompt), prompt.length - 1);

  let warmed = false;
  const atRest = async (all: readonly Sequence[]): Promise<void> => {
    if (!warmed) components.states()?.warm(subject);
    warmed = true;
    await saveAll(all);
  };
  const restLater = (all: readonly Sequence[]) => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void atRest(all), REST_MS);
    timer.unref();
  };
  // A moment after the load, which somebody may be waiting for.
  restLater([]);

  return {
    async prepare(sequence, prompt) {
      if (timer) clearTimeout(timer);
      timer = null;
      await reading;
      const own = shared(sequence, prompt);
      if (sequence.tokens.length - own >= MIN_NEW) await save(sequence);
      // What another sequence holds is copied faster than it is read from disk.
      const nearest = Math.max(own, ...sequences.all.map((other) => shared(other, prompt)));
      await recall(sequence, prompt, nearest);
      return sequences.keepOnly(sequence, shared(sequence, prompt));
    },
    rest: restLater,
    async settle() {
      if (timer) clearTimeout(timer);
      timer = null;
      await reading;
    },
  };
};
