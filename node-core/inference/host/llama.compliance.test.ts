import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Llama, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { blockLayouts, embeddingArchitectures, otherArchitectures, textArchitectures } from '../gguf/constants.ts';
import { openLlama, rawBindings, rawContext, rawModel } from './llama.ts';

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
    expect(() => new bindings.AddonJinjaRenderer('{% for %}')).toThrow();
    const inside = rawModel(model);
    expect(inside.getTokenString(inside.tokenEos())).toBe('</s>');
    expect(inside.getTokenAttributes(inside.tokenBos()) & 8).toBe(8);
    expect(inside.getTokenAttributes(inside.tokenize('a', false)[0] ?? -1) & 8).toBe(0);
  });

  it('was opened without a graphics card', () => {
    expect(llama.gpu).toBe(false);
  });
});
