import { afterEach, describe, expect, it } from 'vitest';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

const open = async (shape: { pooling?: number; contextLength?: number } = {}) => {
  room = createTestInference();
  const path = room.writeModel('embedder.gguf', { pooling: 1, ...shape });
  const { id, kind } = await room.inference.models.addFile({ path }, call);
  expect(kind).toBe('embedding');
  const { inference } = room;
  return { inference, modelId: id };
};

const length = (vector: Float32Array) => Math.hypot(...vector);
const cosine = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

describe('embeddings', () => {
  it('are vectors of length 1, the same for the same text and different for another', async () => {
    const { inference, modelId } = await open();
    const { vectors, promptTokens } = await inference.embed({ modelId, inputs: ['alpha', 'beta', 'alpha'] });
    const [first, other, again] = vectors;
    if (!first || !other || !again) throw new Error('three vectors were asked for');
    expect(first).toHaveLength(64);
    expect(length(first)).toBeCloseTo(1, 5);
    expect(cosine(first, again)).toBeCloseTo(1, 5);
    expect(cosine(first, other)).toBeLessThan(0.999);
    expect(promptTokens).toBeGreaterThan('alphabetaalpha'.length);
  });

  it('take tokens as well as text', async () => {
    const { inference, modelId } = await open();
    const tokens = await inference.tokenize('alpha', { modelId });
    const { vectors } = await inference.embed({ modelId, inputs: ['alpha', tokens] });
    expect([...(vectors[1] ?? [])]).toEqual([...(vectors[0] ?? [])]);
  });

  it('pool as the file says', async () => {
    const mean = await open({ pooling: 1 });
    const [byMean] = (await mean.inference.embed({ modelId: mean.modelId, inputs: ['one and two'] })).vectors;
    await room?.dispose();
    const last = await open({ pooling: 3 });
    const [byLast] = (await last.inference.embed({ modelId: last.modelId, inputs: ['one and two'] })).vectors;
    if (!byMean || !byLast) throw new Error('a vector was asked for');
    expect(cosine(byMean, byLast)).toBeLessThan(0.999);
  });

  it('are cut to the dimensions asked for, and of length 1 again', async () => {
    const { inference, modelId } = await open();
    const [whole] = (await inference.embed({ modelId, inputs: ['alpha'] })).vectors;
    const [cut] = (await inference.embed({ modelId, inputs: ['alpha'], dimensions: 16 })).vectors;
    if (!whole || !cut) throw new Error('a vector was asked for');
    expect(cut).toHaveLength(16);
    expect(length(cut)).toBeCloseTo(1, 5);
    expect(cosine(cut, whole.slice(0, 16))).toBeCloseTo(length(whole.slice(0, 16)), 5);
    await expect(inference.embed({ modelId, inputs: ['alpha'], dimensions: 65 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('64'),
    });
  });

  it('refuse a text that is longer than the context, with numbers, and an empty one', async () => {
    const { inference, modelId } = await open({ contextLength: 64 });
    await expect(inference.embed({ modelId, inputs: ['fine', 'x'.repeat(100)] })).rejects.toMatchObject({
      code: 'CONTEXT_OVERFLOW',
      data: { index: 1, contextLength: 64 },
    });
    await expect(inference.embed({ modelId, inputs: [[]] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(inference.embed({ modelId, inputs: [[999_999]] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await inference.embed({ modelId, inputs: ['fine'] })).vectors).toHaveLength(1);
  });

  it('come from models of embeddings alone, and these write no text', async () => {
    const { inference, modelId } = await open();
    await expect(inference.embed({ inputs: ['x'] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('embedding model'),
    });
    await expect(inference.generate({ modelId, input: { prompt: 'x' }, maxTokens: 1 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('do not keep answers of another model waiting, nor unload it', async () => {
    const { inference, modelId } = await open();
    const [{ vectors }, answer] = await Promise.all([
      inference.embed({ modelId, inputs: ['alpha', 'beta'] }),
      inference.generate({ input: { prompt: 'x' }, maxTokens: 40 }),
    ]);
    expect(vectors).toHaveLength(2);
    expect(answer.outputTokens).toBe(40);
    expect(inference.metrics().loaded.map(({ id }) => id)).toEqual(expect.arrayContaining([modelId, 'jan-builtin']));
  });
});
