import { setImmediate } from 'node:timers/promises';
import { AppError, CancellationError } from '../../contract/errors.ts';
import type { Threads } from '../protocol.ts';
import type { Answer, AnswerRequest, Written } from './answer.ts';
import { createAnswerText, type Steering } from './answer-text.ts';
import { createDrafter } from './draft.ts';
import type { DraftModel } from './draft-model.ts';
import type { RawContext, RawModel } from './llama.ts';
import { createPace } from './pace.ts';
import { createPlanner, type Part, stepParts } from './plan-batch.ts';
import type { PromptMemory } from './prompt-memory.ts';
import { createSequences, type Sequences, sharedPrefix } from './sequences.ts';
import { createPrefixSharing } from './share-prefix.ts';
import { DEAD_END, type Sampled, type Stepper, type StepSampler } from './step.ts';
import { createTokenText } from './token-text.ts';

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
  exclusively<T>(work: (context: RawContext, stepper: Stepper) => Promise<T>): Promise<T>;
  /** Resolves once nothing is being computed; running answers are cancelled. Nothing is started afterwards. */
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
  /** Tokens that layers with a sliding window look back; 0 where there are none. */
  readonly slidingWindow?: number;
  readonly draft?: DraftModel | null;
  /** Tells how long batches take, which decides how the next are computed. */
  readonly now?: () => number;
  /** What sequences remember beyond their own life; none where left out. */
  readonly createMemory?: (sequences: Sequences, isStill: () => boolean) => PromptMemory;
}

const invalidGrammar = (cause: unknown): AppError =>
  new AppError('BAD_REQUEST', 'The grammar is not valid GBNF with a rule named "root". Correct it and try again.', {
    cause,
  });

/** How many tokens the answer that writes longest got. */
const longest = (results: Awaited<ReturnType<Stepper['step']>>): number =>
  Math.max(1, ...results.map((result) => (result === DEAD_END ? 1 : result.length)));

/**
 * Computes up to `sequences` answers at once: every batch takes one token of each answer being written and, with the room left, a piece of the
 * prompts that wait. A new prompt goes to the free sequence that shares the longest beginning with it, and only the rest is computed.
 */
export const createBatchLoop = (components: BatchLoopComponents): BatchLoop => {
  const { context, model, stepper, contextLength, now = () => performance.now() } = components;
  const spelling = createTokenText(model);
  const sequences = createSequences(context, components.sequences, components.slidingWindow);
  const sharing = createPrefixSharing(stepper, sequences);
  const planner = createPlanner({ ...components, now, sequences, pace: createPace() });
  /** In order of arrival. */
  const answers = new Set<Answer>();
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
      draft: { proposed: answer.proposed, accepted: answer.accepted },
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

  const accept = (answer: Answer, sampled: Sampled): Steering | undefined => {
    const { token } = sampled;
    if (answer.firstAt === 0) answer.firstAt = performance.now();
    if (token < 0 || model.isEogToken(token)) {
      answer.text.end();
      finish(answer, 'stop');
      return undefined;
    }
    answer.written.push(token);
    answer.drafter?.push(token);
    const { stopped, steering } = answer.text.push(sampled);
    if (stopped) finish(answer, 'stop');
    else if (answer.written.length >= answer.limit) finish(answer, answer.text.end() ? 'stop' : 'length');
    else answer.pending = [token];
    return steering;
  };

  /** Takes what was sampled, guesses that held included, up to where the answer ends or its grammar changes. */
  const acceptAll = (answer: Answer, guesses: readonly number[], sampled: readonly Sampled[]): void => {
    const { sequence, drafter } = answer;
    const held = sampled.length - 1;
    const before = sequence.tokens.length;
    sequence.tokens.push(...sampled.slice(0, held).map(({ token }) => token));
    answer.proposed += guesses.length;
    if (guesses.length > 0) answer.accepted += held;
    drafter?.learn(sampled.map(({ token }) => token));
    for (const [index, one] of sampled.entries()) {
      const steering = accept(answer, one);
      if (answer.ended) return;
      if (steering) {
        context.removeTokenCellsFromSequence(sequence.id, before + index, -1);
        sequence.tokens.length = before + index;
        steer(answer, steering);
        return;
      }
    }
    if (!drafter && stepper.canForget) {
      answer.drafter = createDrafter(answer.request.prompt);
      for (const token of answer.written) answer.drafter.push(token);
    }
  };

  const crashed = (parts: readonly Part[], cause: unknown): void => {
    for (const { answer } of parts) {
      sequences.forget(answer.sequence);
      const message =
        'The model failed while it computed this answer. Try again; if it persists, load the model again.';
      fail(answer, new AppError('INFERENCE_CRASHED', message, { cause }));
    }
  };

  const runBatch = async (): Promise<void> => {
    // What came in meanwhile is heard before the next batch, also where that one is waited for.
    await setImmediate();
    const planned = await planner.plan(answers);
    const { parts } = planned;
    if (parts.every(({ answer }) => answer.ended)) return;
    const steps = stepParts(planned);
    let results: Awaited<ReturnType<Stepper['step']>>;
    try {
      const begun = now();
      results = await stepper.step(steps, planned.options);
      const spent = now() - begun;
      planned.record(spent, longest(results));
    } catch (cause) {
      crashed(parts, cause);
      return;
    }
    const resultOf = new Map(steps.map(({ sequence }, index) => [sequence, results[index]]));
    for (const { answer, tokens, guesses, last } of parts) {
      const { sequence, request } = answer;
      sequence.tokens.push(...tokens);
      answer.pending = answer.pending.slice(tokens.length);
      const result = resultOf.get(sequence.id);
      if (answer.ended) {
        // What held is in the context's memory.
        if (result && result !== DEAD_END) sequence.tokens.push(...result.slice(0, -1).map(({ token }) => token));
        release(answer);
      } else if (result === DEAD_END) {
        const message = 'The model has no way to write what the grammar asks for. Ask for a simpler form of answer.';
        fail(answer, new AppError('BAD_REQUEST', message));
      } else {
        if (answer.written.length === 0) request.onReading?.(sequence.tokens.length, request.prompt.length);
        if (last && result) acceptAll(answer, guesses, result);
      }
    }
  };

  /** What a sequence remembered is cut only here, where no batch is under way. */
  const begin = async (answer: Answer): Promise<void> => {
    const { sequence, request } = answer;
    const { prompt } = request;
    if (sharing.mustWait(answer, answers)) return;
    answer.begun = true;
    const shared = Math.min(sharedPrefix(sequence.tokens, prompt), prompt.length - 1);
    const own = memory ? await memory.prepare(sequence, prompt) : sequences.keepOnly(sequence, shared);
    answer.cached = await sharing.copy(answer, own);
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
        drafter: null,
        proposed: 0,
        accepted: 0,
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
    setThreads: planner.setThreads,
    setChunk: planner.setChunk,
    get active() {
      return answers.size;
    },
    async exclusively(work) {
      await running;
      await memory?.settle();
      try {
        return await work(context, stepper);
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
      stepper.dispose();
    },
  };
};
