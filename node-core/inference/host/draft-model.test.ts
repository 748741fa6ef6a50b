import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChainModel, writeChainGguf } from '../../testing/chain-gguf.ts';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { compileAddon } from '../native/compile.ts';
import { openAddonBackend } from './addon-backend.ts';
import type { AnswerRequest } from './answer.ts';
import type { Backend, OpenModel } from './backend.ts';
import { createBatchLoop } from './batch-loop.ts';
import { createDraftModel, type DraftModel } from './draft-model.ts';
import { greedy } from './greedy.ts';
import { type NativeAddon, openAddon } from './native.ts';
import { createStepper } from './stepper.ts';

const CONTEXT = 512;
const BATCH = 64;
const shape = {
  width: 64,
  heads: 4,
  keyHeads: 2,
  feedForward: 128,
  vocabulary: 2_000,
  contextLength: CONTEXT,
} as const;

describe.each(['threaded', 'prebuilt'] as const)('a draft model on the %s engine', (variant) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-draft-'));
  const signal = new AbortController().signal;
  const models = new Map<string, OpenModel>();
  const closing: (() => unknown)[] = [];
  let backend: Backend;
  let addon: NativeAddon | null = null;
  let chain: ChainModel;

  beforeAll(async () => {
    const found = await openAddonBackend();
    if (!found) throw new Error('the library has no addon for this machine');
    backend = found;
    chain = writeChainGguf(join(dir, 'large.gguf'), { ...shape, layers: 2, weights: 'q8_0' });
    for (const agreement of [0, 0.5, 1])
      writeChainGguf(join(dir, `small-${agreement}.gguf`), { ...shape, layers: 1, weights: 'q8_0', agreement });
    for (const seed of [1, 2]) writeFileSync(join(dir, `tiny-${seed}.gguf`), tinyGguf({ seed }));
    if (variant === 'prebuilt') return;
    const built = await compileAddon({ dir, model: join(dir, 'tiny-1.gguf'), signal });
    if (built.outcome !== 'ready') return;
    process.env['JAN_ENGINE_ADDON'] = built.path;
    addon = openAddon();
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
    for (const model of models.values()) await model.dispose();
    rmSync(dir, { recursive: true, force: true });
  });

  const openStepper = async (name: string, sequences: number, beside?: ReturnType<typeof createStepper>) => {
    const model =
      models.get(name) ??
      (await backend.openModel({ path: join(dir, `${name}.gguf`), offload: false }, () => undefined, signal));
    models.set(name, model);
    const size = { contextLength: CONTEXT, sequences, batchSize: BATCH };
    const context = await model.openContext({ ...size, threads: 1, flashAttention: 'auto', embeddings: false });
    const { bindings } = backend;
    const parts = { context: context.raw, model: model.raw, bindings, addon, ...(beside ? { beside } : {}) };
    closing.push(() => context.dispose());
    return { context: context.raw, model: model.raw, stepper: createStepper({ ...parts, ...size }) };
  };

  /** Every call takes the same time, so that what is guessed does not hang on what else the machine does. */
  const ticking = () => {
    let time = 0;
    return () => {
      time += 1;
      return time;
    };
  };

  const openDraft = async (name: string, beside?: ReturnType<typeof createStepper>, contextLength = CONTEXT) => {
    const opened = await openStepper(name, 1, beside);
    const read: number[] = [];
    const stepper = {
      ...opened.stepper,
      step: (...[parts, options]: Parameters<typeof opened.stepper.step>) => {
        read.push(parts.reduce((sum, { tokens }) => sum + tokens.length, 0));
        return opened.stepper.step(parts, options);
      },
    };
    const draft = createDraftModel({
      ...opened,
      stepper,
      contextLength,
      batchSize: BATCH,
      slidingWindow: 0,
      now: ticking(),
    });
    closing.push(() => opened.stepper.dispose());
    closing.push(() => draft.dispose());
    return { draft, read };
  };
  const ask = async (draft: DraftModel, text: readonly number[], count = 3, spare = 0) => {
    const { guesses } = await draft.guess(text, { count, threads: 1, quick: true, spare, isWanted: () => true });
    return guesses;
  };

  const openLoop = async (name: string, draftName: string | null, sequences = 2) => {
    const opened = await openStepper(name, sequences);
    const draft = draftName === null ? null : (await openDraft(draftName, opened.stepper)).draft;
    const loop = createBatchLoop({
      ...opened,
      contextLength: CONTEXT,
      sequences,
      batchSize: BATCH,
      threads: { decode: 1, prefill: 1 },
      draft,
      now: ticking(),
    });
    closing.push(() => loop.stop());
    const write = async (request: Partial<AnswerRequest> & { prompt: readonly number[] }) => {
      let text = '';
      const answer = await loop.start({
        grammar: null,
        sampling: greedy,
        maxTokens: 60,
        logprobs: null,
        stop: [],
        special: false,
        ...request,
        onText(piece, tokens) {
          text += piece;
          return request.onText?.(piece, tokens);
        },
      });
      return { ...(await answer.done), text };
    };
    return { loop, write, model: opened.model };
  };
  const spelled = (start: number, length: number) =>
    models
      .get('large')
      ?.raw.detokenize(Uint32Array.from([5, ...chain.text(start, length)]), false)
      .slice(1);

  describe('alone', () => {
    it('goes on with the text, and reads only what is new to it', async () => {
      const { draft, read } = await openDraft('small-1');
      expect(await ask(draft, chain.text(0, 20))).toEqual(chain.text(20, 3));
      read.length = 0;
      // All three held, and a token more was chosen.
      expect(await ask(draft, chain.text(0, 24))).toEqual(chain.text(24, 3));
      expect(read[0]).toBe(2);
    });

    it('forgets what did not hold, and another text altogether', async () => {
      const { draft } = await openDraft('small-1');
      await ask(draft, chain.text(0, 20));
      const other = [...chain.text(0, 20), ...chain.text(500, 1)];
      expect(await ask(draft, other)).toEqual(chain.text(501, 3));
      expect(await ask(draft, chain.text(900, 2))).toEqual(chain.text(902, 3));
    });

    it('reads the end of a long text alone, or more where there is time to spare', async () => {
      const { draft, read } = await openDraft('small-1');
      expect(await ask(draft, chain.text(0, 400))).toEqual(chain.text(400, 3));
      const few = read.reduce((sum, count) => sum + count, 0);
      expect(few).toBeLessThan(140);
      read.length = 0;
      await ask(draft, chain.text(600, 240), 3, 1_000);
      expect(read.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(few + 60);
    });

    it('goes on where its own context ends before that of the large model', async () => {
      const { draft } = await openDraft('small-1', undefined, 64);
      for (let length = 20; length < 200; length += 4)
        expect(await ask(draft, chain.text(0, length))).toEqual(chain.text(length, 3));
    });

    it('stops reading when nobody waits for it', async () => {
      const { draft, read } = await openDraft('small-1');
      let pieces = 0;
      const isWanted = () => (pieces += 1) < 2;
      const options = { count: 3, threads: 1, quick: true, spare: 0, isWanted };
      expect((await draft.guess(chain.text(0, 120), options)).guesses).toEqual([]);
      expect(read).toEqual([BATCH]);
      expect(await ask(draft, chain.text(0, 120))).toEqual(chain.text(120, 3));
    });
  });

  describe('beside the model it guesses for', () => {
    it.each([0, 0.5, 1])('changes no word, however often it is right (%f)', async (agreement) => {
      const { write } = await openLoop('large', `small-${agreement}`);
      for (const start of [0, 300, 600]) {
        const answer = await write({ prompt: chain.text(start, 40), maxTokens: 120 });
        expect(answer.text).toBe(spelled(start + 40, 120));
        expect(answer.outputTokens).toBe(120);
        if (agreement === 1) expect(answer.draft.accepted).toBeGreaterThan(60);
        if (agreement === 0) expect(answer.draft.accepted).toBe(0);
        if (agreement === 0) expect(answer.draft.proposed).toBeLessThan(20);
      }
    });

    it('samples what is sampled without it, with a seed and with a grammar', async () => {
      const { write, model } = await openLoop('tiny-1', 'tiny-2');
      const same = await openLoop('tiny-1', 'tiny-1');
      const plain = await openLoop('tiny-1', null);
      const prompt = [...model.tokenize('abc', false)];
      for (const seed of [1, 2, 3]) {
        const request = {
          prompt,
          sampling: { ...greedy, temperature: 0.7, topK: 40, seed, logitBias: [[2, -100]] as const },
          grammar: seed === 3 ? 'root ::= [a-f]+ [0-9]+' : null,
          maxTokens: 200,
        };
        const expected = await plain.write(request);
        expect(expected.draft.proposed).toBe(0);
        expect((await write(request)).text).toBe(expected.text);
        expect((await same.write(request)).text).toBe(expected.text);
      }
    });

    it('guesses on a prompt that was still in memory, and for other answers in turn', async () => {
      const { write } = await openLoop('large', 'small-1');
      const prompt = chain.text(0, 100);
      await write({ prompt });
      const again = await write({ prompt: [...prompt, ...chain.text(100, 20)] });
      expect(again.cachedTokens).toBeGreaterThan(100);
      expect(again.text).toBe(spelled(120, 60));
      expect(again.draft.accepted).toBeGreaterThan(30);
      const both = await Promise.all([write({ prompt: chain.text(400, 30) }), write({ prompt: chain.text(800, 30) })]);
      expect(both.map(({ text }) => text)).toEqual([spelled(430, 60), spelled(830, 60)]);
      expect((await write({ prompt: chain.text(1_200, 30) })).draft.accepted).toBeGreaterThan(30);
    });

    it('frees everything when an answer is cancelled in between', async () => {
      const { loop, write } = await openLoop('large', 'small-1', 1);
      for (let index = 0; index < 40; index += 1) {
        let pieces = 0;
        const { promise: begun, resolve } = Promise.withResolvers<void>();
        const answer = await loop.start({
          prompt: chain.text(index * 20, 30),
          grammar: null,
          sampling: greedy,
          maxTokens: 400,
          logprobs: null,
          stop: [],
          special: false,
          onText: () => {
            pieces += 1;
            if (pieces > index) resolve();
            return undefined;
          },
        });
        await Promise.race([begun, answer.done]);
        answer.cancel();
        await answer.done.catch(() => undefined);
      }
      const answer = await write({ prompt: chain.text(0, 30) });
      expect(answer.text).toBe(spelled(30, 60));
      expect(answer.draft.accepted).toBeGreaterThan(30);
      expect(loop.active).toBe(0);
    });

    it('is done without where it fails', async () => {
      const opened = await openStepper('large', 1);
      let asked = 0;
      const draft: DraftModel = {
        guess: () => {
          asked += 1;
          return Promise.reject(new Error('no room'));
        },
        dispose: () => undefined,
      };
      const loop = createBatchLoop({
        ...opened,
        contextLength: CONTEXT,
        sequences: 1,
        batchSize: BATCH,
        threads: { decode: 1, prefill: 1 },
        draft,
        now: ticking(),
      });
      closing.push(() => loop.stop());
      let text = '';
      const answer = await loop.start({
        prompt: chain.text(0, 30),
        grammar: null,
        sampling: greedy,
        maxTokens: 60,
        logprobs: null,
        stop: [],
        special: false,
        onText: (piece) => {
          text += piece;
          return undefined;
        },
      });
      await answer.done;
      expect(text).toBe(spelled(30, 60));
      expect(asked).toBe(1);
    });
  });
});
