import { AppError, CancellationError } from '../../contract/errors.ts';
import type { Sampling, Threads } from '../protocol.ts';
import { type AnswerText, createAnswerText, type OnText, type Steering } from './answer-text.ts';
import type { RawContext, RawModel } from './llama.ts';
import type { PromptMemory } from './prompt-memory.ts';
import { createSequences, type Sequence, type Sequences, sharedPrefix } from './sequences.ts';
import { DEAD_END, type Sampled, type Stepper, type StepSampler } from './step.ts';
import { createTokenText } from './token-text.ts';

export interface AnswerRequest {
  readonly prompt: readonly number[];
  /** GBNF with the root rule `root`. */
  readonly grammar: string | null;
  readonly sampling: Sampling;
  readonly maxTokens: number;
  /** How many likeliest tokens to tell beside each token written; `null`: none are told. */
  readonly logprobs: number | null;
  readonly stop: readonly string[];
  /** Whether structure tokens are part of the text. */
  readonly special: boolean;
  /**
   * A piece of the text, whole characters only, and where asked for the tokens that begin in it. What it returns changes the grammar from the
   * next token on; nothing returned leaves it. A piece ends with the last token read: what was guessed beyond is thrown away.
   */
  readonly onText: OnText;
  /** Tokens of the prompt that are read, after each batch; those still in memory count as read. */
  readonly onReading?: (read: number, all: number) => void;
}

/** An answer that has ended. */
export interface Written {
  readonly finishReason: 'stop' | 'length';
  readonly promptTokens: number;
  /** Tokens of the prompt that were still in memory. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** Tokens guessed ahead, and how many of them held. */
  readonly draft: { readonly proposed: number; readonly accepted: number };
  /** From the request's arrival in the loop. */
  readonly firstTokenMs: number;
  /** From the first token to the last. */
  readonly decodeMs: number;
}

export interface RunningAnswer {
  readonly done: Promise<Written>;
  /** Gives the sequence back at the next batch boundary; `done` rejects with `CancellationError` at once. */
  cancel(): void;
}

export interface BatchLoop {
  /** Waits where only the sequence of a cancelled answer is left, which is free at the next batch boundary. */
  start(request: AnswerRequest): Promise<RunningAnswer>;
  setThreads(threads: Threads): void;
  /** Longest run of prompt tokens in one batch: bounds how long a cancel or another answer waits. */
  setChunk(tokens: number): void;
  readonly active: number;
  /** Lends the context while no answer is being computed; the sequences are empty afterwards. The caller starts no answer meanwhile. */
  exclusively<T>(work: (context: RawContext) => Promise<T>): Promise<T>;
  /** Resolves once nothing is being computed; running answers are cancelled. */
  stop(): Promise<void>;
}

export interface BatchLoopComponents {
  readonly context: RawContext;
  readonly model: RawModel;
  readonly stepper: Stepper;
  readonly contextLength: number;
  readonly sequences: number;
  readonly batchSize: number;
  readonly threads: Threads;
  /** What sequences remember beyond their own life; none where left out. */
  readonly createMemory?: (sequences: Sequences, isStill: () => boolean) => PromptMemory;
}

interface Answer {
  readonly sequence: Sequence;
  readonly request: AnswerRequest;
  readonly limit: number;
  readonly sampler: StepSampler;
  readonly text: AnswerText;
  readonly startedAt: number;
  readonly resolve: (result: Written) => void;
  readonly reject: (error: unknown) => void;
  /** Whether its sequence was made ready; `cached` and `pending` are known from then on. */
  begun: boolean;
  cached: number;
  /** Tokens to feed before the next one can be sampled. */
  pending: number[];
  readonly written: number[];
  firstAt: number;
  ended: boolean;
}

const invalidGrammar = (cause: unknown): AppError =>
  new AppError('BAD_REQUEST', 'The grammar is not valid GBNF with a rule named "root". Correct it and try again.', {
    cause,
  });

/** With other answers being written, a long prompt goes in smaller pieces so that they don't stall. */
const SHARED_CHUNK = 128;
/** Up to so many tokens a batch counts as decoding for the choice of threads. */
const DECODE_BATCH = 8;

/**
 * Computes up to `sequences` answers at once: every batch takes one token of each answer being written and, with the room left, a piece of the
 * prompts that wait. A new prompt goes to the free sequence that shares the longest beginning with it, and only the rest is computed.
 */
export const createBatchLoop = (components: BatchLoopComponents): BatchLoop => {
  const { context, model, stepper, contextLength, batchSize } = components;
  const spelling = createTokenText(model);
  const sequences = createSequences(context, components.sequences);
  /** In order of arrival. */
  const answers = new Set<Answer>();
  let threads = components.threads;
  let chunk = batchSize;
  let running: Promise<void> | null = null;
  let batch: Promise<void> | null = null;
  const memory = components.createMemory?.(sequences, () => answers.size === 0);

  const release = (answer: Answer): void => {
    if (!answers.delete(answer)) return;
    sequences.release(answer.sequence);
    answer.sampler.dispose();
  };

  const finish = (answer: Answer, finishReason: Written['finishReason']): void => {
    answer.ended = true;
    answer.resolve({
      finishReason,
      promptTokens: answer.request.prompt.length,
      cachedTokens: answer.cached,
      outputTokens: answer.written.length,
      draft: { proposed: 0, accepted: 0 },
      firstTokenMs: answer.firstAt - answer.startedAt,
      decodeMs: performance.now() - answer.firstAt,
    });
    release(answer);
  };

  const fail = (answer: Answer, error: unknown): void => {
    if (!answer.ended) {
      answer.ended = true;
      answer.reject(error);
    }
    release(answer);
  };

  const steer = (answer: Answer, steering: Steering): void => {
    try {
      answer.sampler.setGrammar(steering.grammar, answer.written);
    } catch (cause) {
      fail(answer, invalidGrammar(cause));
    }
  };

  const accept = (answer: Answer, sampled: Sampled): void => {
    const { token } = sampled;
    if (answer.firstAt === 0) answer.firstAt = performance.now();
    if (token < 0 || model.isEogToken(token)) {
      answer.text.end();
      finish(answer, 'stop');
      return;
    }
    answer.written.push(token);
    const { stopped, steering } = answer.text.push(sampled);
    if (stopped) finish(answer, 'stop');
    else if (answer.written.length >= answer.limit) finish(answer, answer.text.end() ? 'stop' : 'length');
    else {
      answer.pending = [token];
      if (steering) steer(answer, steering);
    }
  };

  const planBatch = (): { answer: Answer; tokens: number[]; last: boolean }[] => {
    const writing = [...answers].filter((answer) => answer.pending.length === 1);
    const reading = [...answers].filter((answer) => answer.pending.length > 1);
    let room = batchSize - writing.length;
    let prompts = Math.min(writing.length > 0 ? Math.min(chunk, SHARED_CHUNK) : chunk, room);
    const plan = writing.map((answer) => ({ answer, tokens: answer.pending, last: true }));
    for (const [index, answer] of reading.entries()) {
      const share = Math.min(Math.ceil(prompts / (reading.length - index)), answer.pending.length, room);
      if (share <= 0) continue;
      room -= share;
      prompts -= share;
      plan.push({ answer, tokens: answer.pending.slice(0, share), last: share === answer.pending.length });
    }
    return plan;
  };

  const runBatch = async (): Promise<void> => {
    const plan = planBatch();
    const size = plan.reduce((sum, { tokens }) => sum + tokens.length, 0);
    const count = size > Math.max(DECODE_BATCH, plan.length) ? threads.prefill : threads.decode;
    let results: Awaited<ReturnType<Stepper['step']>>;
    try {
      results = await stepper.step(
        plan.map(({ answer, tokens, last }) => ({
          sequence: answer.sequence.id,
          position: answer.sequence.tokens.length,
          tokens,
          sample: last ? { sampler: answer.sampler, guessed: 0, logprobs: answer.request.logprobs } : null,
        })),
        count,
      );
    } catch (cause) {
      for (const { answer } of plan) {
        sequences.forget(answer.sequence);
        fail(
          answer,
          new AppError(
            'INFERENCE_CRASHED',
            'The model failed while it computed this answer. Try again; if it persists, load the model again.',
            { cause },
          ),
        );
      }
      return;
    }
    for (const [index, { answer, tokens, last }] of plan.entries()) {
      const { sequence, request } = answer;
      sequence.tokens.push(...tokens);
      answer.pending = answer.pending.slice(tokens.length);
      const result = results[index];
      if (answer.ended) release(answer);
      else if (result === DEAD_END) {
        const message = 'The model has no way to write what the grammar asks for. Ask for a simpler form of answer.';
        fail(answer, new AppError('BAD_REQUEST', message));
      } else {
        if (answer.written.length === 0) request.onReading?.(sequence.tokens.length, request.prompt.length);
        const [sampled] = result ?? [];
        if (last && sampled) accept(answer, sampled);
      }
    }
  };

  /** What a sequence remembered is cut only here, where no batch is under way. */
  const begin = async (answer: Answer): Promise<void> => {
    const {
      sequence,
      request: { prompt },
    } = answer;
    answer.begun = true;
    const shared = Math.min(sharedPrefix(sequence.tokens, prompt), prompt.length - 1);
    answer.cached = memory ? await memory.prepare(sequence, prompt) : sequences.keepOnly(sequence, shared);
    answer.pending = prompt.slice(answer.cached);
  };

  const turn = async (): Promise<void> => {
    for (const answer of answers) {
      if (answer.ended) release(answer);
      else if (!answer.begun) await begin(answer);
    }
    if (answers.size > 0) await runBatch();
  };

  const run = async (): Promise<void> => {
    while (answers.size > 0) {
      batch = turn();
      await batch;
    }
    memory?.rest(sequences.all);
  };

  const wake = (): void => {
    running ??= run().finally(() => {
      running = null;
      if (answers.size > 0) wake();
    });
  };

  return {
    async start(request) {
      const { prompt } = request;
      if (prompt.length === 0)
        throw new AppError('BAD_REQUEST', 'The prompt is empty. Write something for the model to go on from.');
      if (prompt.length >= contextLength) {
        throw new AppError(
          'CONTEXT_OVERFLOW',
          `The text has ${prompt.length} tokens; this model can see ${contextLength}, its answer included. Shorten the text, or use a model with a longer context.`,
          { data: { promptTokens: prompt.length, contextLength } },
        );
      }
      while (sequences.free === 0 && [...answers].some(({ ended }) => ended)) await batch;
      let sampler: StepSampler;
      try {
        sampler = stepper.createSampler(request.sampling, request.grammar);
      } catch (cause) {
        throw invalidGrammar(cause);
      }
      const sequence = sequences.take(prompt);
      if (!sequence) {
        sampler.dispose();
        throw new AppError('INFERENCE_BUSY', 'All sequences of the model are in use. Try again in a moment.');
      }
      const { promise, resolve, reject } = Promise.withResolvers<Written>();
      const answer: Answer = {
        sequence,
        request,
        limit: Math.min(request.maxTokens, contextLength - prompt.length),
        sampler,
        text: createAnswerText({ ...request, model, spelling }),
        startedAt: performance.now(),
        resolve,
        reject,
        begun: false,
        cached: 0,
        pending: [],
        written: [],
        firstAt: 0,
        ended: false,
      };
      answers.add(answer);
      wake();
      return {
        done: promise,
        cancel() {
          if (answer.ended) return;
          answer.ended = true;
          answer.reject(new CancellationError());
        },
      };
    },
    setThreads(next) {
      threads = next;
    },
    setChunk(tokens) {
      chunk = Math.max(1, Math.min(tokens, batchSize));
    },
    get active() {
      return answers.size;
    },
    async exclusively(work) {
      await running;
      await memory?.settle();
      try {
        return await work(context);
      } finally {
        sequences.forgetAll();
      }
    },
    async stop() {
      for (const answer of answers) {
        if (!answer.ended) {
          answer.ended = true;
          answer.reject(new CancellationError());
        }
      }
      await running;
      await memory?.settle();
    },
  };
};
