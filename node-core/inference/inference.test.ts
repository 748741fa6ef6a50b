import { afterEach, describe, expect, it } from 'vitest';
import { createTestInference, type TestInference, type TestInferenceOptions } from '../testing/test-inference.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
let room: TestInference | undefined;
const open = (options?: TestInferenceOptions): TestInference => {
  room = createTestInference(options);
  return room;
};
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

const killNewest = ({ hosts }: TestInference) => hosts.at(-1)?.kill();

describe('answers of the embedded engine', () => {
  it('writes text in pieces that are the text, and counts tokens', async () => {
    const { inference } = open();
    const pieces: string[] = [];
    const result = await inference.generate({
      input: { prompt: 'Hello' },
      maxTokens: 20,
      onText: (piece) => pieces.push(piece),
    });
    expect(pieces.join('')).toBe(result.text);
    expect(result).toMatchObject({ finishReason: 'length', promptTokens: 6, outputTokens: 20, modelId: 'jan-builtin' });
  });

  it('keeps to a grammar and never splits a character', async () => {
    const { inference } = open();
    const pieces: string[] = [];
    const { text, finishReason } = await inference.generate({
      input: { prompt: 'Hello' },
      grammar: 'root ::= "naïve 日本 👩‍👩‍👧 " [0-9]{3}',
      maxTokens: 200,
      onText: (piece) => pieces.push(piece),
    });
    expect(text).toMatch(/^naïve 日本 👩‍👩‍👧 \d{3}$/u);
    expect(finishReason).toBe('stop');
    expect(pieces.filter((piece) => piece.includes('\ufffd') || !piece.isWellFormed())).toEqual([]);
    expect(pieces.length).toBeGreaterThan(5);
  });

  it('gives the same text for the same seed and another for another', async () => {
    const { inference } = open();
    const ask = async (seed: number) =>
      (await inference.generate({ input: { prompt: 'Hello' }, maxTokens: 24, temperature: 1, seed })).text;
    const [first, again, other] = [await ask(7), await ask(7), await ask(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('ends before a stop string and does not show a part of it', async () => {
    const { inference } = open();
    const pieces: string[] = [];
    const { text, finishReason } = await inference.generate({
      input: { prompt: 'x' },
      grammar: 'root ::= "one STOP two"',
      stop: ['STOP'],
      maxTokens: 50,
      onText: (piece) => pieces.push(piece),
    });
    expect(text).toBe('one ');
    expect(pieces.join('')).toBe('one ');
    expect(finishReason).toBe('stop');
  });

  it('reuses what it has read of a prompt', async () => {
    const { inference } = open();
    const prefix = 'The same beginning of every prompt, long enough to matter. ';
    const ask = (end: string) => inference.generate({ input: { prompt: prefix + end }, maxTokens: 1 });
    expect((await ask('a')).cachedTokens).toBe(0);
    const second = await ask('b');
    expect(second.cachedTokens).toBe(second.promptTokens - 1);
  });

  it('gives the same greedy text with and without reuse', async () => {
    const { inference } = open();
    const ask = (prompt: string) => inference.generate({ input: { prompt }, maxTokens: 30 });
    const fresh = (await ask('A prompt that is asked twice')).text;
    await ask('A prompt that is something else');
    const reused = await ask('A prompt that is asked twice');
    expect(reused.cachedTokens).toBeGreaterThan(0);
    expect(reused.text).toBe(fresh);
  });

  it('answers several at once, each its own', async () => {
    const { inference } = open();
    const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
    const results = await Promise.all(
      words.map((word) =>
        inference.generate({ input: { prompt: word }, grammar: `root ::= "${word} " [a-z]{20}`, maxTokens: 100 }),
      ),
    );
    for (const [index, word] of words.entries())
      expect(results[index]?.text).toMatch(new RegExp(`^${word} [a-z]{20}$`, 'u'));
  });

  it('gives the same greedy text alone and beside others', async () => {
    const { inference } = open();
    const ask = (prompt: string) => inference.generate({ input: { prompt }, maxTokens: 40 });
    const alone = (await ask('What comes next?')).text;
    const [beside] = await Promise.all([ask('What comes next?'), ask('Something else'), ask('Yet another thing')]);
    expect(beside?.text).toBe(alone);
  });

  it('refuses a text that is longer than the context, with numbers', async () => {
    const { inference } = open({ builtin: { contextLength: 64 } });
    const asked = inference.generate({ input: { prompt: 'x'.repeat(100) }, maxTokens: 5 });
    await expect(asked).rejects.toMatchObject({
      code: 'CONTEXT_OVERFLOW',
      data: { promptTokens: 101, contextLength: 64 },
    });
  });

  it('ends an answer at the end of the context', async () => {
    const { inference } = open({ builtin: { contextLength: 64 } });
    const result = await inference.generate({
      input: { prompt: 'x'.repeat(50) },
      grammar: 'root ::= [a-z] root',
      maxTokens: 1_000,
    });
    expect(result.promptTokens + result.outputTokens).toBeLessThanOrEqual(64);
    expect(result.finishReason).toBe('length');
  });

  it('answers a JSON schema with JSON of that form', async () => {
    const { inference } = open();
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 8 },
        kind: { enum: ['a', 'b'] },
        sizes: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 12 }, minItems: 2, maxItems: 3 },
      },
      required: ['name', 'kind', 'sizes'],
      additionalProperties: false,
    };
    const { text } = await inference.generate({
      input: { messages: [{ role: 'user', content: 'Go' }] },
      schema,
      maxTokens: 300,
      temperature: 1,
      seed: 3,
    });
    const value: unknown = JSON.parse(text);
    expect(value).toMatchObject({ name: expect.any(String), kind: expect.stringMatching(/^[ab]$/u) });
  });

  it('refuses a schema it can not hold an answer to, naming the keyword', async () => {
    const { inference } = open();
    const asked = inference.generate({
      input: { prompt: 'x' },
      schema: { type: 'string', pattern: '^(?=a)' },
      maxTokens: 5,
    });
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_UNSUPPORTED', data: { keyword: 'pattern' } });
  });

  it('refuses a broken grammar and goes on', async () => {
    const { inference } = open();
    await expect(
      inference.generate({ input: { prompt: 'x' }, grammar: 'root ::= nothing', maxTokens: 5 }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await inference.generate({ input: { prompt: 'x' }, maxTokens: 5 })).outputTokens).toBe(5);
  });

  it('uses the chat template of the model, in which text of a message stays text', async () => {
    const structure = ['<|im_start|>', '<|im_end|>'];
    const chatTemplate =
      "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
    const { inference, writeModel } = open();
    const path = writeModel('chat.gguf', { structure, chatTemplate });
    const { id } = await inference.models.addFile({ path }, call);
    const count = async (content: string) =>
      (await inference.generate({ modelId: id, input: { messages: [{ role: 'user', content }] }, maxTokens: 1 }))
        .promptTokens;
    expect(await count('Go')).toBeLessThan(30);
    expect((await count('Go<|im_end|>')) - (await count('Go'))).toBe('<|im_end|>'.length);
  });
});

describe('cancelling', () => {
  it('rejects at once and frees the sequence for others', async () => {
    const { inference } = open();
    await inference.models.load({ id: 'jan-builtin' }, call);
    const abort = new AbortController();
    const endless = inference.generate({
      input: { prompt: 'x' },
      grammar: 'root ::= [a-z] root',
      maxTokens: 400,
      signal: abort.signal,
      onText: () => abort.abort(),
    });
    await expect(endless).rejects.toMatchObject({ code: 'CANCELLED' });
    const many = await Promise.all(
      Array.from({ length: 6 }, () => inference.generate({ input: { prompt: 'y' }, maxTokens: 3 })),
    );
    expect(many.map(({ outputTokens }) => outputTokens)).toEqual([3, 3, 3, 3, 3, 3]);
    expect((await inference.models.status(undefined, call)).active).toBe(0);
  });

  it('takes a waiting request out of the queue', async () => {
    const { inference } = open();
    const abort = new AbortController();
    const first = inference.generate({ input: { prompt: 'x' }, maxTokens: 5 });
    const waiting = inference.generate({ input: { prompt: 'x' }, maxTokens: 5, signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await first).outputTokens).toBe(5);
  });

  it('refuses what would wait behind too many', async () => {
    const { inference } = open();
    const all = await Promise.allSettled(
      Array.from({ length: 100 }, () => inference.generate({ input: { prompt: 'x' }, maxTokens: 2 })),
    );
    const refused = all.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(20);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'INFERENCE_BUSY' });
    expect(all.length - refused.length).toBeGreaterThan(50);
  });
});

describe('a host that dies', () => {
  it('fails what was in flight, comes back by itself and answers again', async () => {
    const test = open();
    const { inference, hosts } = test;
    const dying = inference.generate({
      input: { prompt: 'x' },
      grammar: 'root ::= [a-z] root',
      maxTokens: 450,
      onText: () => killNewest(test),
    });
    await expect(dying).rejects.toMatchObject({ code: 'INFERENCE_CRASHED' });
    expect((await inference.models.status(undefined, call)).host).toBe('restarting');
    const after = await inference.generate({ input: { prompt: 'x' }, maxTokens: 5 });
    expect(after.outputTokens).toBe(5);
    expect(hosts).toHaveLength(2);
    expect(await inference.models.status(undefined, call)).toMatchObject({
      host: 'ready',
      restarts: 1,
      loadedModel: 'jan-builtin',
    });
  });

  it('is left alone after five restarts, and tried again when someone asks', async () => {
    const test = open();
    const { inference, hosts } = test;
    for (let crash = 0; crash < 6; crash += 1) {
      await expect(
        inference.generate({
          input: { prompt: 'x' },
          grammar: 'root ::= [a-z] root',
          maxTokens: 450,
          onText: () => killNewest(test),
        }),
      ).rejects.toMatchObject({
        code: 'INFERENCE_CRASHED',
      });
    }
    expect(await inference.models.status(undefined, call)).toMatchObject({
      host: 'failed',
      error: expect.stringContaining('Ask again'),
    });
    expect(hosts).toHaveLength(6);
    expect((await inference.generate({ input: { prompt: 'x' }, maxTokens: 5 })).outputTokens).toBe(5);
    expect(await inference.models.status(undefined, call)).toMatchObject({ host: 'ready', error: null });
  });

  it('stops in bounded time in the middle of an answer, and leaves no process', async () => {
    const { inference, hosts } = open();
    const writing = Promise.withResolvers<void>();
    const answer = inference.generate({
      input: { prompt: 'x' },
      grammar: 'root ::= [a-z] root',
      maxTokens: 450,
      onText: () => writing.resolve(),
    });
    const outcome = answer.catch((error: unknown) => error);
    await writing.promise;
    await inference.stop();
    expect(await outcome).toMatchObject({ code: 'CANCELLED' });
    const pid = hosts[0]?.pid ?? 0;
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/u);
  });
});
