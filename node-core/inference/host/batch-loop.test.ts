import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChainModel, writeChainGguf } from '../../testing/chain-gguf.ts';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { compileAddon } from '../native/compile.ts';
import type { Sampling } from '../protocol.ts';
import type { TokenLogprob } from '../types.ts';
import { openAddonBackend } from './addon-backend.ts';
import type { AnswerRequest, Written } from './answer.ts';
import type { Backend, OpenModel } from './backend.ts';
import { type BatchLoop, createBatchLoop } from './batch-loop.ts';
import { greedy } from './greedy.ts';
import type { RawContext } from './llama.ts';
import { type NativeAddon, openAddon } from './native.ts';
import type { Stepper } from './step.ts';
import { createStepper } from './stepper.ts';

const CONTEXT = 512;
const SEQUENCES = 8;
const BATCH = 256;

interface Collected extends Written {
  readonly text: string;
  readonly tokens: readonly TokenLogprob[];
}

/** A loop, and every batch that it computed. */
interface Bench {
  readonly loop: BatchLoop;
  readonly batches: { sequences: number[]; tokens: number; guessed: number; filled: number }[];
  ask(request: Partial<AnswerRequest> & { prompt: readonly number[] }): Promise<Collected>;
  close(): Promise<void>;
}

describe.each(['threaded', 'prebuilt'] as const)('the batch loop on the %s engine', (variant) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-loop-'));
  let backend: Backend;
  let addon: NativeAddon | null = null;
  let chain: ChainModel;
  let chainModel: OpenModel;
  let tinyModel: OpenModel;
  const open: Bench[] = [];

  const openModel = (path: string) =>
    backend.openModel({ path, offload: false }, () => undefined, new AbortController().signal);

  beforeAll(async () => {
    const found = await openAddonBackend();
    if (!found) throw new Error('the library has no addon for this machine');
    backend = found;
    const small = {
      layers: 2,
      width: 64,
      heads: 4,
      keyHeads: 2,
      feedForward: 128,
      vocabulary: 2_000,
      contextLength: CONTEXT,
    };
    chain = writeChainGguf(join(dir, 'chain.gguf'), { ...small, weights: 'q8_0' });
    writeFileSync(join(dir, 'tiny.gguf'), tinyGguf());
    chainModel = await openModel(join(dir, 'chain.gguf'));
    tinyModel = await openModel(join(dir, 'tiny.gguf'));
    if (variant === 'prebuilt') return;
    const built = await compileAddon({ dir, model: join(dir, 'tiny.gguf'), signal: new AbortController().signal });
    if (built.outcome !== 'ready') return;
    process.env['JAN_ENGINE_ADDON'] = built.path;
    addon = openAddon();
  }, 120_000);
  afterAll(async () => {
    for (const bench of open) await bench.close();
    await chainModel.dispose();
    await tinyModel.dispose();
    rmSync(dir, { recursive: true, force: true });
  });

  /** `guesses`: whether sequences are said to be able to forget, without which nothing is guessed. */
  const openBench = async (model: OpenModel, guesses = true, threads = 1): Promise<Bench> => {
    const context = await model.openContext({
      contextLength: CONTEXT,
      sequences: SEQUENCES,
      batchSize: BATCH,
      threads: 1,
      flashAttention: 'auto',
      embeddings: false,
    });
    const raw: RawContext & object = context.raw;
    const stepper = createStepper({
      context: raw,
      model: model.raw,
      bindings: backend.bindings,
      addon,
      contextLength: CONTEXT,
      batchSize: BATCH,
      sequences: SEQUENCES,
    });
    const batches: Bench['batches'] = [];
    let time = 0;
    const watched: Stepper = {
      ...stepper,
      canForget: guesses,
      async step(parts, options) {
        batches.push({
          sequences: parts.map(({ sequence }) => sequence),
          tokens: parts.reduce((sum, { tokens }) => sum + tokens.length, 0),
          guessed: parts.reduce((sum, { sample }) => sum + (sample?.guessed ?? 0), 0),
          filled: parts.filter(({ discard }) => discard).length,
        });
        const results = await stepper.step(parts, options);
        if (options.batches > 1) time += Math.max(...results.map((result) => result.length)) - 1;
        return results;
      },
    };
    const loop = createBatchLoop({
      context: raw,
      model: model.raw,
      stepper: watched,
      contextLength: CONTEXT,
      sequences: SEQUENCES,
      batchSize: BATCH,
      threads: { decode: 1, prefill: threads },
      // Every batch takes the same time, so that what is guessed and filled does not hang on what else the machine does.
      now: () => {
        time += 1;
        return time;
      },
    });
    const bench: Bench = {
      loop,
      batches,
      async ask(request) {
        let text = '';
        const tokens: TokenLogprob[] = [];
        const answer = await loop.start({
          grammar: null,
          sampling: greedy,
          maxTokens: 40,
          logprobs: null,
          stop: [],
          special: false,
          ...request,
          onText(piece, told) {
            text += piece;
            tokens.push(...told);
            return request.onText?.(piece, told);
          },
        });
        return { ...(await answer.done), text, tokens };
      },
      async close() {
        await loop.stop();
        await context.dispose();
      },
    };
    open.push(bench);
    return bench;
  };

  const spell = (tokens: readonly number[]) =>
    chainModel.raw.detokenize(Uint32Array.from([5, ...tokens]), false).slice(1);
  const spelled = (start: number, length: number) => spell(chain.text(start, length));

  it('is the engine that is meant', () => {
    if (variant === 'prebuilt') expect(addon).toBeNull();
    else expect(addon).not.toBeNull();
  });

  it('guesses what stands in the prompt, and writes no other text for it', async () => {
    const { ask } = await openBench(chainModel);
    const prompt = [...chain.text(0, 150), ...chain.text(900, 20), ...chain.text(0, 10)];
    const answer = await ask({ prompt, maxTokens: 120 });
    expect(answer.text).toBe(spelled(10, 120));
    expect(answer.draft.accepted).toBeGreaterThan(60);
    expect(answer.outputTokens).toBe(120);
  });

  it('reads and writes on two threads as on one', async () => {
    const { ask } = await openBench(chainModel, true, 2);
    const answer = await ask({ prompt: chain.text(100, 120), maxTokens: 20 });
    expect(answer.text).toBe(spelled(220, 20));
  });

  it('guesses nothing where nothing repeats itself', async () => {
    const { ask } = await openBench(chainModel);
    const answer = await ask({ prompt: chain.text(300, 50), maxTokens: 60 });
    expect(answer.text).toBe(spelled(350, 60));
    expect(answer.draft).toEqual({ proposed: 0, accepted: 0 });
  });

  it('recovers from guesses that do not hold', async () => {
    const { ask } = await openBench(chainModel);
    // What followed each of these beginnings in the prompt is not what the model writes.
    const wrong = Array.from({ length: 12 }, (_, index) => [...chain.text(index * 8, 8), 5, 6, 7]).flat();
    const answer = await ask({ prompt: [...wrong, ...chain.text(0, 8)], maxTokens: 80 });
    expect(answer.text).toBe(spelled(8, 80));
  });

  it('samples with guesses what it samples without', async () => {
    const { ask } = await openBench(tinyModel);
    const prompt = [...tinyModel.raw.tokenize('abcdefghijklmnopqrstuvwxyz', false)];
    const sampling: Sampling = { ...greedy, temperature: 1, topK: 40, seed: 7, logitBias: [[2, -100]] };
    const request = {
      prompt,
      sampling,
      grammar: 'root ::= ("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz" [0-9])*',
      maxTokens: 250,
    };
    const { ask: askAlone } = await openBench(tinyModel, false);
    const one = await ask(request);
    const other = await askAlone(request);
    expect(one.text).toBe(other.text);
    expect(one.draft.accepted).toBeGreaterThan(5);
    expect(one.draft.proposed).toBeGreaterThan(one.draft.accepted);
    expect(other.draft.proposed).toBe(0);
  });

  it('reads a beginning that several share once', async () => {
    const { ask, batches } = await openBench(chainModel);
    const common = chain.text(40, 300);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        ask({ prompt: [...common, ...chain.text(500 + index * 100, 12)], maxTokens: 20 }),
      ),
    );
    for (const [index, { text }] of answers.entries()) expect(text).toBe(spelled(512 + index * 100, 20));
    expect(answers.filter(({ cachedTokens }) => cachedTokens >= 300)).toHaveLength(5);
    expect(batches.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThan(300 + 6 * (12 + 20) + 200);
  });

  it('reads it again where the one that read it is cancelled', async () => {
    const { loop, ask } = await openBench(chainModel);
    const common = chain.text(40, 300);
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    const first = await loop.start({
      prompt: [...common, ...chain.text(900, 5)],
      grammar: null,
      sampling: greedy,
      maxTokens: 20,
      logprobs: null,
      stop: [],
      special: false,
      onText: () => undefined,
      onReading: () => resolve(),
    });
    const second = ask({ prompt: [...common, ...chain.text(700, 12)], maxTokens: 20 });
    await begun;
    first.cancel();
    await expect(first.done).rejects.toMatchObject({ name: 'CancellationError' });
    expect((await second).text).toBe(spelled(712, 20));
  });

  it.each([2, 3, 5, 7])('writes %i answers at once, each its own, in blocks without holes', async (count) => {
    const { ask, batches } = await openBench(chainModel);
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => ask({ prompt: chain.text(index * 150, 10), maxTokens: 60 })),
    );
    for (const [index, { text }] of answers.entries()) expect(text).toBe(spelled(index * 150 + 10, 60));
    for (const { sequences } of batches) expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    if (count % 4 === 3) expect(batches.some(({ filled }) => filled === 1)).toBe(true);
  });

  it('remembers what it had read in a sequence that filled a block', async () => {
    const { ask } = await openBench(chainModel);
    const before = chain.text(200, 100);
    await ask({ prompt: before, maxTokens: 2 });
    await Promise.all([0, 1, 2].map((index) => ask({ prompt: chain.text(600 + index * 100, 10), maxTokens: 40 })));
    const again = await ask({ prompt: [...before, ...chain.text(300, 20)], maxTokens: 30 });
    expect(again.text).toBe(spelled(320, 30));
    expect(again.cachedTokens).toBeGreaterThanOrEqual(100);
  });

  it('tells probabilities of every token of the text, before bias and temperature', async () => {
    const { ask } = await openBench(tinyModel);
    const prompt = [...tinyModel.raw.tokenize('the harbour', false)];
    const plain = await ask({ prompt, maxTokens: 12, logprobs: 5 });
    expect(Buffer.from(plain.tokens.flatMap(({ bytes }) => bytes)).toString()).toBe(plain.text);
    for (const { logprob, top, token } of plain.tokens) {
      expect(top).toHaveLength(5);
      expect(top[0]).toMatchObject({ token, logprob });
      expect(top.map((one) => one.logprob)).toEqual(top.map((one) => one.logprob).toSorted((a, b) => b - a));
      expect(top.reduce((sum, one) => sum + Math.exp(one.logprob), 0)).toBeLessThanOrEqual(1.0001);
    }
    const [first] = plain.tokens;
    if (!first) throw new Error('no token');
    const banned = await ask({
      prompt,
      maxTokens: 1,
      logprobs: 1,
      sampling: { ...greedy, logitBias: [[first.token, -100]] },
    });
    expect(banned.tokens[0]?.token).not.toBe(first.token);
    expect(banned.tokens[0]?.top[0]?.logprob).toBeCloseTo(first.logprob, 3);
  });

  it('gives all probabilities where all are asked for, and they are 1', async () => {
    const { ask } = await openBench(tinyModel);
    const prompt = [...tinyModel.raw.tokenize('x', false)];
    const { tokens } = await ask({ prompt, maxTokens: 2, logprobs: 10_000 });
    for (const { top } of tokens) expect(top.reduce((sum, one) => sum + Math.exp(one.logprob), 0)).toBeCloseTo(1, 3);
  });

  it('changes the grammar where its reader says so, and throws away what was guessed beyond', async () => {
    const { ask } = await openBench(tinyModel);
    const prompt = [...tinyModel.raw.tokenize('abababababababababab', false)];
    const written = await ask({
      prompt,
      grammar: 'root ::= "abababababab" [a-z]*',
      maxTokens: 24,
      onText: (() => {
        let length = 0;
        let switched = false;
        return (piece: string) => {
          length += piece.length;
          if (switched || length < 8) return undefined;
          switched = true;
          return { grammar: 'root ::= [0-9]*' };
        };
      })(),
    });
    expect(written.text).toMatch(/^[ab]{8}[a-z]*\d+$/u);
    expect(written.text.replace(/\D/gu, '').length).toBeGreaterThan(10);
  });

  it('counts what it wrote, and that alone, in the penalties', async () => {
    const { ask } = await openBench(tinyModel);
    const prompt = [...tinyModel.raw.tokenize('q', false)];
    const free = await ask({ prompt, maxTokens: 60 });
    const penalised = await ask({
      prompt,
      maxTokens: 60,
      sampling: { ...greedy, presencePenalty: 2, frequencyPenalty: 2 },
    });
    const kinds = (text: string) => new Set(text).size;
    expect(kinds(penalised.text)).toBeGreaterThan(kinds(free.text));
  });

  it('frees every sequence after a thousand answers of all sizes, a fifth of them cancelled', async () => {
    const { loop, ask } = await openBench(chainModel);
    let ended = 0;
    let cancelled = 0;
    const one = async (index: number): Promise<void> => {
      const prompt = chain.text((index * 37) % 1_000, 1 + ((index * 53) % 90));
      const { promise: firstText, resolve } = Promise.withResolvers<void>();
      const answer = await loop.start({
        prompt,
        grammar: null,
        sampling: greedy,
        maxTokens: 1 + ((index * 7) % 12),
        logprobs: null,
        stop: [],
        special: false,
        onText: () => {
          resolve();
          return undefined;
        },
      });
      if (index % 5 === 0) {
        if (index % 2 === 0) await Promise.race([firstText, answer.done.catch(() => undefined)]);
        answer.cancel();
      }
      try {
        await answer.done;
        ended += 1;
      } catch {
        cancelled += 1;
      }
    };
    let next = 0;
    await Promise.all(
      Array.from({ length: SEQUENCES }, async () => {
        while (next < 1_000) {
          next += 1;
          await one(next - 1);
        }
      }),
    );
    expect(ended + cancelled).toBe(1_000);
    expect(cancelled).toBeGreaterThan(90);
    const last = await Promise.all(
      Array.from({ length: SEQUENCES }, (_, index) => ask({ prompt: chain.text(index * 200, 5), maxTokens: 10 })),
    );
    for (const [index, { text }] of last.entries()) expect(text).toBe(spelled(index * 200 + 5, 10));
    expect(loop.active).toBe(0);
  }, 120_000);
});
