import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDay, systemClock } from '../common/index.ts';
import { AppError, CancellationError, type NewKey } from '../contract/index.ts';
import type { z } from 'zod';
import { chatChunk, type FakeEndpoint, startFakeEndpoint } from '../testing/fake-endpoint.ts';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';
import { tinyGguf } from '../testing/tiny-gguf.ts';
import { createBudgets } from './budgets.ts';
import type { KeyHolder } from './keys.ts';
import type { Used } from './usage.ts';
import { createMeter } from './usage-meter.ts';

const limited = (tokensInAll: number): KeyHolder => ({
  keyId: 'key',
  actor: 'api',
  scopes: new Set(),
  models: null,
  limits: { requestsPerMinute: null, tokensPerDay: null, tokensPerMonth: null, tokensInAll },
});

describe('what is held of a budget', () => {
  const budgetOf = (limit: number) => {
    const used = { tokens: 0 };
    const budgets = createBudgets({
      spent: () => ({ day: used.tokens, month: used.tokens, all: used.tokens }),
      find: (id) => (id === 'key' ? limited(limit) : undefined),
      clock: systemClock,
    });
    return { budgets, used };
  };

  it('is what was asked for where there is enough, and less to write where there is not', async () => {
    const { budgets } = budgetOf(100);
    const first = await budgets.hold('key', { prompt: 10, output: 30 });
    expect(first?.output).toBe(30);
    expect(budgets.left('key')).toBe(60);
    first?.release();
    first?.release();
    expect(budgets.left('key')).toBe(100);
    expect((await budgets.hold('key', { prompt: 10, output: 1_000 }))?.output).toBe(90);
  });

  it('is waited for, in turn, where others hold it', async () => {
    const { budgets, used } = budgetOf(100);
    const first = await budgets.hold('key', { prompt: 10, output: 80 });
    const order: string[] = [];
    const second = budgets.hold('key', { prompt: 10, output: 50 }).then((hold) => {
      order.push(`second ${hold?.output}`);
      return hold;
    });
    // There is room for this one, but it came later.
    const third = budgets.hold('key', { prompt: 1, output: 4 }).then((hold) => {
      order.push(`third ${hold?.output}`);
      return hold;
    });
    await Promise.resolve();
    expect(order).toEqual([]);
    used.tokens = 30;
    first?.release();
    await Promise.all([second, third]);
    expect(order).toEqual(['second 50', 'third 4']);
    expect(budgets.left('key')).toBe(5);
  });

  it('is refused to a prompt that is longer than what is left, also after it waited', async () => {
    const { budgets, used } = budgetOf(100);
    await expect(budgets.hold('key', { prompt: 100, output: 1 })).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    const first = await budgets.hold('key', { prompt: 10, output: 90 });
    const second = budgets.hold('key', { prompt: 30, output: 1 });
    used.tokens = 80;
    first?.release();
    await expect(second).rejects.toMatchObject({
      code: 'BUDGET_SPENT',
      message: expect.stringContaining('20 are left'),
    });
  });

  it('lets those behind go on when one that waits leaves, and refuses more than 64', async () => {
    const { budgets } = budgetOf(100);
    const first = await budgets.hold('key', { prompt: 10, output: 60 });
    const leaving = new AbortController();
    const second = budgets.hold('key', { prompt: 90, output: 5 }, leaving.signal);
    const third = budgets.hold('key', { prompt: 10, output: 10 });
    leaving.abort();
    await expect(second).rejects.toThrow(CancellationError);
    expect((await third)?.output).toBe(10);
    const more = Array.from({ length: 65 }, () =>
      budgets.hold('key', { prompt: 50, output: 1 }).then(
        () => 'held',
        (error: unknown) => (error instanceof AppError ? error.code : 'another'),
      ),
    );
    expect(await more[64]).toBe('RATE_LIMITED');
    first?.release();
    (await third)?.release();
  });

  it('is nothing for a key without a budget', async () => {
    const { budgets } = budgetOf(100);
    expect(await budgets.hold('another', { prompt: 1, output: 1 })).toBeNull();
    expect(budgets.left('another')).toBeNull();
  });
});

describe('what nobody waited for', () => {
  let room: TestInference;
  const charged: Used[] = [];
  const metered = () =>
    createMeter({
      usage: { add: () => undefined, charge: (_keyId, used) => charged.push(used) },
      budgets: { left: () => null, hold: async () => null },
    }).metered(room.inference);
  beforeAll(() => {
    room = createTestInference();
  });
  afterAll(() => room.dispose());

  it('is charged for what was read and written of an answer', async () => {
    const leave = new AbortController();
    let pieces = 0;
    const request = { input: { messages: [{ role: 'user', content: 'Hello there' }] }, maxTokens: 400 } as const;
    await expect(
      metered().generate({
        ...request,
        signal: leave.signal,
        onPart(part) {
          pieces += part.type === 'text' ? 1 : 0;
          if (pieces === 10) leave.abort();
        },
      }),
    ).rejects.toThrow(CancellationError);
    expect(charged).toEqual([
      {
        modelId: null,
        promptTokens: await room.inference.countPrompt(request),
        cachedTokens: 0,
        outputTokens: expect.any(Number),
      },
    ]);
    expect(charged[0]?.outputTokens).toBeGreaterThanOrEqual(10);
    expect(charged.pop()?.outputTokens).toBeLessThanOrEqual(400);
  });

  it('is not charged where nothing was computed', async () => {
    const gone = AbortSignal.abort();
    await expect(metered().generate({ input: { prompt: 'x' }, maxTokens: 1, signal: gone })).rejects.toThrow(
      CancellationError,
    );
    await expect(metered().generate({ input: { prompt: 'x'.repeat(2_000) }, maxTokens: 1 })).rejects.toMatchObject({
      code: 'CONTEXT_OVERFLOW',
    });
    expect(charged).toEqual([]);
  });

  it('is charged for the vectors that were made by then', async () => {
    const path = room.writeModel('embedder.gguf', { pooling: 1 });
    const { id } = await room.inference.models.addFile(
      { path },
      { signal: new AbortController().signal, actor: 'user' },
    );
    const leave = new AbortController();
    let read = 0;
    const inputs = Array.from({ length: 2_000 }, (_, index) => `text number ${index}`);
    const onRead = (tokens: number) => {
      read = tokens;
      leave.abort();
    };
    await expect(metered().embed({ modelId: id, inputs, signal: leave.signal, onRead })).rejects.toThrow(
      CancellationError,
    );
    expect(charged).toEqual([{ modelId: id, promptTokens: read, cachedTokens: 0, outputTokens: 0 }]);
    expect(read).toBeGreaterThan(0);
  });
});

describe('a token budget, with the built-in model', () => {
  let root: string;
  let node: TestNode;
  let endpoint: FakeEndpoint;
  let embedder: string;
  let broken: string;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'jan-budgets-'));
    node = await startTestNode({ dir: join(root, 'data') });
    writeFileSync(join(root, 'embedder.gguf'), tinyGguf({ pooling: 1, contextLength: 512 }));
    embedder = (await node.client.models.addFile({ path: join(root, 'embedder.gguf') })).id;
    endpoint = await startFakeEndpoint((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunk('It begins, and then'), () => response.destroy());
    });
    broken = (await node.client.models.addEndpoint({ name: 'Broken', url: endpoint.url, model: 'broken' })).id;
  });
  afterAll(async () => {
    await node.stop();
    await endpoint.close();
    rmSync(root, { recursive: true, force: true });
  });

  const keyWith = (limits: z.output<typeof NewKey>['limits']) => node.client.keys.create({ name: 'editor', limits });
  const ask = (key: string, path: string, body: object, signal?: AbortSignal) =>
    fetch(`${node.url}/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const usedBy = async (id: string) => {
    const today = localDay(Date.now());
    const { rows } = await node.client.usage.report({ from: today, to: today });
    const own = rows.filter(({ keyId }) => keyId === id);
    const sum = (name: 'promptTokens' | 'outputTokens' | 'requests') => own.reduce((all, row) => all + row[name], 0);
    return { prompt: sum('promptTokens'), output: sum('outputTokens'), requests: sum('requests') };
  };
  const messages = [{ role: 'user', content: 'Plan the garden party.' }];

  it.each([120, 300, 1_000])('of %i is not overrun by 8 streams side by side', async (tokensInAll) => {
    const { key, entry } = await keyWith({ tokensInAll });
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const answer = await ask(key, 'chat/completions', {
          model: 'jan-builtin',
          messages,
          stream: true,
          stream_options: { include_usage: true },
        });
        const text = await answer.text();
        return { status: answer.status, total: Number(/"total_tokens":(\d+)/.exec(text)?.[1] ?? 0) };
      }),
    );
    const told = answers.reduce((sum, { total }) => sum + total, 0);
    const { prompt, output, requests } = await usedBy(entry.id);
    expect(answers[0]?.total).toBeGreaterThan(0);
    expect(new Set(answers.map(({ status }) => status)).difference(new Set([200, 429]))).toEqual(new Set());
    expect(prompt + output).toBe(told);
    expect(told).toBeLessThanOrEqual(tokensInAll);
    expect(requests).toBe(8);
  });

  it('that is small still gives an answer, cut where it ends', async () => {
    const { key, entry } = await keyWith({ tokensPerDay: 60 });
    const answer = await ask(key, 'completions', {
      model: 'jan-builtin',
      prompt: 'The harbour',
      max_tokens: 200,
    });
    const { usage } = (await answer.json()) as { usage: { total_tokens: number } };
    expect(answer.status).toBe(200);
    expect(usage.total_tokens).toBeLessThanOrEqual(60);
    const { prompt, output } = await usedBy(entry.id);
    expect(prompt + output).toBe(usage.total_tokens);
  });

  it('counts an answer that failed half-way, streamed or not', async () => {
    const { key, entry } = await keyWith({ tokensInAll: 1_000 });
    for (const [index, stream] of [false, true].entries()) {
      const answer = await ask(key, 'chat/completions', { model: broken, messages, stream });
      await answer.text();
      const { prompt, output, requests } = await usedBy(entry.id);
      expect(prompt).toBeGreaterThan(0);
      // 19 characters of an endpoint's, four to a token.
      expect({ output, requests }).toEqual({ output: 5 * (index + 1), requests: index + 1 });
    }
  });

  it('counts vectors, and refuses more of them than it has', async () => {
    const { key, entry } = await keyWith({ tokensInAll: 40 });
    const vectors = (input: readonly string[]) => ask(key, 'embeddings', { model: embedder, input });
    const first = (await (await vectors(['alpha', 'beta'])).json()) as { usage: { prompt_tokens: number } };
    const used = await usedBy(entry.id);
    expect(used).toEqual({ prompt: first.usage.prompt_tokens, output: 0, requests: 1 });
    const refused = await vectors(Array.from({ length: 20 }, () => 'a longer text than there is room for'));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'insufficient_quota' } });
    expect((await usedBy(entry.id)).prompt).toBe(used.prompt);
    const side = await Promise.all(Array.from({ length: 6 }, () => vectors(['alpha'])));
    expect(side.map(({ status }) => status)).toContain(200);
    expect((await usedBy(entry.id)).prompt).toBeLessThanOrEqual(40);
  });
});
