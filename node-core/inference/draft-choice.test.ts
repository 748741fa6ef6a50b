import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ChainModel, type ChainModelShape, writeChainGguf } from '../testing/chain-gguf.ts';
import { createTestInference, type TestInference, type TestInferenceOptions } from '../testing/test-inference.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const shape: ChainModelShape = {
  layers: 6,
  width: 128,
  heads: 4,
  keyHeads: 2,
  feedForward: 256,
  vocabulary: 1_000,
  contextLength: 512,
  weights: 'q8_0',
};
const small: ChainModelShape = { ...shape, layers: 1, width: 64 };
let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

/** A large model, a small one of its vocabulary, and one of another. */
const open = async (options: TestInferenceOptions = {}) => {
  const test = createTestInference(options);
  room = test;
  const { inference, dir } = test;
  let chain: ChainModel | undefined;
  for (const [name, size] of [
    ['small', small],
    ['strange', { ...small, vocabulary: 999 }],
    ['large', shape],
  ] as const) {
    chain = writeChainGguf(join(dir, `${name}.gguf`), size);
    await inference.models.addFile({ path: join(dir, `${name}.gguf`) }, call);
  }
  const prompt = chain?.text(0, 40) ?? [];
  const ask = (tokens: readonly number[] = prompt, from = inference) =>
    from.generate({ modelId: 'large', input: { tokens }, maxTokens: 60 });
  const draft = () => inference.model('large').draft;
  const choose = (draftModel: string, id = 'large') => inference.models.setDraft({ id, draftModel }, call);
  return { ...test, chain, ask, draft, choose };
};

describe('the model that guesses ahead', () => {
  it('is the small one of the same vocabulary, whose memory is counted, and changes no word', async () => {
    const { inference, ask, draft, choose } = await open();
    expect(draft()).toEqual({ choice: 'auto', model: 'small', note: null, candidates: ['small'] });
    const guessed = await ask();
    expect(guessed.draft.proposed).toBeGreaterThan(0);
    const memory = inference.model('large').memory ?? 0;

    await choose('off');
    await inference.models.unload({ id: 'large' }, call);
    const plain = await ask();
    expect(plain.draft.proposed).toBe(0);
    expect(plain.text).toBe(guessed.text);
    expect(memory).toBeGreaterThan((inference.model('large').memory ?? 0) + 60_000_000);
    expect(draft()).toMatchObject({ choice: 'off', model: null, note: null });
  });

  it('is kept as chosen, and taken up by the next load', async () => {
    const { inference, ask, draft, choose, again } = await open();
    await choose('off');
    await ask();
    expect((await choose('small')).draft).toMatchObject({
      model: 'small',
      note: expect.stringContaining('next load'),
    });
    expect(again().model('large').draft).toMatchObject({ choice: 'small' });
    await inference.models.unload({ id: 'large' }, call);
    expect((await ask()).draft.proposed).toBeGreaterThan(0);
    expect(draft()).toMatchObject({ choice: 'small', model: 'small', note: null });
  });

  it.each([
    ['strange', 'large', 'BAD_REQUEST', 'vocabulary'],
    ['large', 'small', 'BAD_REQUEST', 'smaller'],
    ['large', 'large', 'BAD_REQUEST', 'smaller'],
    ['nothing', 'large', 'MODEL_NOT_FOUND', 'nothing'],
  ])('is never %s for %s', async (draftModel, id, code, message) => {
    const { choose, draft } = await open();
    await expect(async () => choose(draftModel, id)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(draft()).toMatchObject({ choice: 'auto', model: 'small' });
  });

  it('is done without when its file is gone, and the list says so', async () => {
    const { dir, ask, draft, choose } = await open();
    await choose('small');
    rmSync(join(dir, 'small.gguf'));
    expect((await ask()).draft.proposed).toBe(0);
    expect(draft()).toMatchObject({ model: null, note: expect.stringContaining('gone or damaged') });
  });

  it('is done without when it can not be loaded, and the list says so', async () => {
    const { dir, ask, draft } = await open();
    const path = join(dir, 'small.gguf');
    const bytes = readFileSync(path);
    bytes.write('blk.0.ffn_gone', bytes.indexOf('blk.0.ffn_down'), 'latin1');
    writeFileSync(path, bytes);
    expect((await ask()).draft.proposed).toBe(0);
    expect(draft()).toMatchObject({ model: 'small', note: expect.stringContaining('could not be loaded') });
  });

  it('is done without where there is no memory for it', async () => {
    let capacity = Number.POSITIVE_INFINITY;
    const { inference, ask, draft } = await open({ memoryCapacity: () => capacity });
    capacity = (inference.model('large').memory ?? 0) + 1_000_000;
    expect((await ask()).draft.proposed).toBe(0);
    expect(draft()).toMatchObject({ model: 'small', note: expect.stringContaining('memory') });
  });

  it('leaves the list while it guesses', async () => {
    const { inference, ask, draft, choose } = await open();
    await choose('small');
    await ask();
    await inference.models.remove({ id: 'small' }, call);
    expect(inference.model('large').state).toBe('unloaded');
    expect(draft()).toMatchObject({ model: null, note: expect.stringContaining('no longer in the list') });
    expect((await ask()).draft.proposed).toBe(0);
  });

  it('guesses on a prompt whose state comes from disk', async () => {
    const { inference, dir, ask, chain, again } = await open({ promptStates: 1_000_000_000 });
    const prompt = chain?.text(0, 400) ?? [];
    const first = await ask(prompt);
    const files = () => readdirSync(join(dir, 'prompts')).filter((name) => name.endsWith('.state'));
    await vi.waitFor(() => expect(files()).toHaveLength(1), { timeout: 20_000, interval: 20 });
    await inference.stop();
    const later = await ask(prompt, again());
    expect(later.cachedTokens).toBe(399);
    expect(later.draft.proposed).toBeGreaterThan(0);
    expect(later.text).toBe(first.text);
  });
});
