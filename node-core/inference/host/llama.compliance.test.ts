import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Llama, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { blockLayouts, embeddingArchitectures, otherArchitectures, textArchitectures } from '../gguf/constants.ts';
import { openAddonBackend } from './addon-backend.ts';
import type { LoadOrder } from './backend.ts';
import { openLlama, type RawBindings, type RawContext, rawBindings, rawContext, rawModel } from './llama.ts';

const loadOrder: Omit<LoadOrder, 'path'> = {
  type: 'load',
  id: 1,
  model: 'tiny',
  kind: 'chat',
  identity: 'tiny',
  architecture: 'llama',
  vocabularySize: 353,
  chatTemplate: null,
  slidingWindow: 0,
  contextLength: 128,
  sequences: 2,
  batchSize: 64,
  flashAttention: true,
  gpu: false,
  offload: false,
  threads: { decode: 1, prefill: 1 },
};

/** What the batch loop takes for granted of the pinned library's inside. A new release has to pass this before it is used. */
describe('node-llama-cpp', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-llama-'));
  let llama: Llama;
  let model: LlamaModel;
  let context: LlamaContext;
  beforeAll(async () => {
    writeFileSync(join(dir, 'tiny.gguf'), tinyGguf());
    llama = await openLlama(false);
    model = await llama.loadModel({ modelPath: join(dir, 'tiny.gguf'), gpuLayers: 0 });
    context = await model.createContext({
      contextSize: 128,
      sequences: 2,
      batchSize: 64,
      threads: 1,
      flashAttention: false,
    });
  });
  afterAll(async () => {
    await llama.dispose();
    rmSync(dir, { recursive: true, force: true });
  });

  it('knows exactly the weight formats that the header check knows', () => {
    const { getBlockSizeForGgmlType, getTypeSizeForGgmlType } = rawBindings(llama);
    const known = Array.from(
      { length: 64 },
      (_, type) => [type, getBlockSizeForGgmlType(type), getTypeSizeForGgmlType(type)] as const,
    )
      .filter(([, elements, bytes]) => elements && bytes)
      .map(([type, elements, bytes]) => [type, [elements, bytes]]);
    expect(known).toEqual([...blockLayouts]);
  });

  it('knows exactly the architectures that the header check knows', () => {
    const known = rawBindings(llama)
      .getAllArchs()
      .filter((name) => name !== '(unknown)');
    expect([...textArchitectures, ...embeddingArchitectures, ...otherArchitectures].toSorted()).toEqual(
      known.toSorted(),
    );
  });

  it('computes a batch of two sequences, samples under a grammar, and forgets a part', async () => {
    const raw = rawContext(context);
    const inside = rawModel(model);
    const bindings = rawBindings(llama);
    const sampler = new bindings.AddonSampler(inside);
    const grammar = new bindings.AddonGrammar('root ::= "q"', { addonExports: bindings, rootRuleName: 'root' });
    sampler.applyConfig({
      temperature: 0,
      topK: 40,
      topP: 1,
      seed: 1,
      grammarEvaluationState: new bindings.AddonGrammarEvaluationState(inside, grammar),
    });
    const tokens = inside.tokenize('abc', true);
    raw.setThreads(1);
    raw.initBatch(tokens.length * 2);
    raw.addToBatch(0, 0, tokens, new Uint32Array());
    const [logit] = raw.addToBatch(1, 0, tokens, Uint32Array.of(tokens.length - 1));
    await raw.decodeBatch();
    const token = await raw.sampleToken(logit ?? -1, sampler);
    expect(inside.detokenize(Uint32Array.of(token), true)).toBe('q');
    expect(raw.removeTokenCellsFromSequence(1, 1, -1)).toBe(true);
    raw.disposeSequence(0);
    sampler.dispose();
  });

  it('refuses a grammar that is none', () => {
    const bindings = rawBindings(llama);
    expect(
      () => new bindings.AddonGrammar('root ::= nothing', { addonExports: bindings, rootRuleName: 'root' }),
    ).toThrow(/grammar/u);
  });

  it('renders a chat template, knows how tokens are spelled and which are structure', () => {
    const bindings = rawBindings(llama);
    const renderer = new bindings.AddonJinjaRenderer(
      '{% for m in messages %}{{ bos }}{{ m.content | trim }}{% endfor %}',
    );
    expect(renderer.render({ bos: '<s>', messages: [{ content: ' hi ' }] })).toBe('<s>hi');
    expect(() => new bindings.AddonJinjaRenderer('{% for %}')).toThrow(/\S/u);
    const inside = rawModel(model);
    expect(inside.getTokenString(inside.tokenEos())).toBe('</s>');
    expect(inside.getTokenAttributes(inside.tokenBos()) & 8).toBe(8);
    expect(inside.getTokenAttributes(inside.tokenize('a', false)[0] ?? -1) & 8).toBe(0);
  });

  it('was opened without a graphics card', () => {
    expect(llama.gpu).toBe(false);
  });

  // Only where the library brings an addon without a graphics card's backend: everywhere but on Apple silicon.
  it.skipIf(process.platform === 'darwin' && process.arch === 'arm64')(
    'computes the same through its addon alone as through the whole library',
    async () => {
      const backend = await openAddonBackend();
      if (!backend) throw new Error('There is no addon where one is expected.');
      expect(backend.cores).toBe(llama.cpuMathCores);
      const order = { ...loadOrder, path: join(dir, 'tiny.gguf') };
      const opened = await backend.openModel(order, () => undefined, new AbortController().signal);
      const other = rawModel(model);
      expect([...opened.raw.tokenize('Hello', true)]).toEqual([...other.tokenize('Hello', true)]);
      const { raw, dispose } = await opened.openContext({
        contextLength: 128,
        sequences: 2,
        batchSize: 64,
        threads: 1,
        flashAttention: false,
        embeddings: false,
      });
      const next = async (into: RawContext, of: object, bindings: RawBindings) => {
        const tokens = opened.raw.tokenize('Hello', false);
        into.disposeSequence(1);
        into.initBatch(tokens.length);
        const [logit = -1] = into.addToBatch(1, 0, tokens, Uint32Array.of(tokens.length - 1));
        await into.decodeBatch();
        const sampler = new bindings.AddonSampler(of);
        sampler.applyConfig({ temperature: 0, topK: 40, topP: 1, seed: 0 });
        const token = await into.sampleToken(logit, sampler);
        sampler.dispose();
        return token;
      };
      expect(await next(raw, opened.raw, backend.bindings)).toBe(
        await next(rawContext(context), other, rawBindings(llama)),
      );
      await dispose();
      await opened.dispose();
    },
  );

  it('refuses a file that is no model, and stops loading when told to', async () => {
    const backend = await openAddonBackend();
    writeFileSync(join(dir, 'none.gguf'), 'GGUF and nothing more');
    const order = { ...loadOrder, path: join(dir, 'none.gguf') };
    const load = (signal: AbortSignal) => backend?.openModel(order, () => undefined, signal);
    if (backend) {
      await expect(load(new AbortController().signal)).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' });
      await expect(load(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    }
  });
});
