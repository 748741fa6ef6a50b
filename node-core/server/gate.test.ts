import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Clock, localDay, silentLogger } from '../common/index.ts';
import { AppError, CancellationError, NewKey } from '../contract/index.ts';
import type { z } from 'zod';
import type { Store } from '../storage/index.ts';
import type { EmbedResult, GenerateRequest, GenerateResult } from '../inference/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { scriptedInference } from '../testing/scripted-inference.ts';
import { plainResult } from '../testing/plain-result.ts';
import { type Access, createAccess } from './access.ts';
import type { Outcome } from './gate.ts';
import type { KeyHolder } from './keys.ts';
import { writePreferences } from './settings.ts';

const noon = new Date(2026, 5, 15, 12).getTime();
const minute = 60_000;
const day = 24 * 60 * minute;
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const fine: Outcome = {
  status: 200,
  errorCode: null,
  modelId: 'tiny',
  promptTokens: 60,
  cachedTokens: 20,
  outputTokens: 40,
  firstTokenMs: 12,
  stream: true,
};

let place: ReturnType<typeof openTestStore>;
let writes: number;
let store: Store;
let now: number;
let access: Access;
const clock: Clock = { now: () => now, monotonic: () => now };

const open = (): Access =>
  createAccess({ openStore: () => store, store: () => store, clock, logger: silentLogger, announced: true });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  place = openTestStore();
  writes = 0;
  store = {
    ...place.store,
    write(work) {
      writes += 1;
      return place.store.write(work);
    },
  };
  now = noon;
  access = open();
});
afterEach(() => {
  access.dispose();
  place.dispose();
  vi.useRealTimers();
});

const keyWith = async (asked: Omit<z.output<typeof NewKey>, 'name'> = {}): Promise<KeyHolder & { key: string }> => {
  const { key } = await access.handlers.keys.create({ name: 'editor', ...asked }, call);
  const holder = access.keys.authenticate(key);
  if (!holder) throw new Error('The key was just made.');
  return { ...holder, key };
};
/** Models that take what the test says, whatever they are allowed. */
const models = (generate: (request: GenerateRequest) => Promise<GenerateResult>) => ({
  generate,
  model: scriptedInference({ answer: () => '' }).model,
  countPrompt: async () => 5,
  tokenize: async (text: string) => Array.from({ length: Math.ceil(text.length / 4) }, () => 0),
  embed: async (): Promise<EmbedResult> => ({ vectors: [], promptTokens: 0, modelId: 'scripted' }),
});
/** A request that is let in; what it is done with is what a model took for it. */
const arrive = (key: KeyHolder, path = '/v1/chat/completions', method = 'POST') => {
  const { signal, done } = access.gate.admit({ requestId: `req_${now}_${Math.random()}`, key, method, path });
  return {
    signal,
    async done(outcome: Outcome): Promise<void> {
      const { promptTokens, cachedTokens, outputTokens } = outcome;
      const took = { modelId: outcome.modelId ?? '', promptTokens, cachedTokens, outputTokens };
      const engine = access.metered(models(async () => plainResult('', took)));
      if (promptTokens + outputTokens > 0)
        await engine.generate({ asker: key.keyId, input: { prompt: '' }, maxTokens: 1 });
      done(outcome);
    },
  };
};
const refusal = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was let in.');
};

describe('scopes', () => {
  it('decide which addresses a key opens', async () => {
    const inference = await keyWith({ scopes: ['inference'] });
    const stored = await keyWith({ scopes: ['conversations'] });
    const manager = await keyWith({ scopes: ['models'] });
    for (const path of ['/v1/chat/completions', '/v1/completions', '/v1/embeddings', '/v1/responses', '/v1/messages']) {
      await arrive(inference, path).done(fine);
      expect(refusal(() => arrive(stored, path))).toMatchObject({ code: 'FORBIDDEN', data: { scope: 'inference' } });
      expect(refusal(() => arrive(manager, path)).code).toBe('FORBIDDEN');
    }
    for (const [method, path] of [
      ['GET', '/v1/responses/:id'],
      ['DELETE', '/v1/responses/:id'],
      ['POST', '/v1/responses/:id/cancel'],
      ['GET', '/v1/chat/completions'],
      ['GET', '/v1/chat/completions/:id'],
      ['POST', '/v1/chat/completions/:id'],
      ['POST', '/v1/conversations'],
      ['GET', '/v1/files'],
      ['POST', '/v1/files'],
    ] as const) {
      await arrive(stored, path, method).done(fine);
      expect(
        refusal(() => arrive(inference, path, method)),
        `${method} ${path}`,
      ).toMatchObject({
        code: 'FORBIDDEN',
        data: { scope: 'conversations' },
      });
    }
    for (const key of [inference, stored, manager]) await arrive(key, '/v1/models', 'GET').done(fine);
    expect(refusal(() => arrive(inference, '/v1/models/:id', 'DELETE')).code).toBe('FORBIDDEN');
    await arrive(manager, '/v1/models/:id', 'DELETE').done(fine);
  });

  it('can be taken from a key, and count at once', async () => {
    const { key, keyId } = await keyWith();
    await access.handlers.keys.update({ id: keyId, patch: { scopes: ['workspace'] } }, call);
    const holder = access.keys.authenticate(key);
    expect(holder && refusal(() => arrive(holder)).code).toBe('FORBIDDEN');
  });
});

describe('models of a key', () => {
  it('are the only ones it may use', async () => {
    const key = await keyWith({ models: ['tiny'] });
    access.gate.requireModel(key, 'tiny');
    expect(refusal(() => access.gate.requireModel(key, 'other')).code).toBe('FORBIDDEN');
    access.gate.requireModel(await keyWith(), 'other');
  });
});

describe('an expired key', () => {
  it('is refused with the time and the way out, and opens again where it gets more time', async () => {
    const { key, keyId } = await keyWith({ expiresAt: noon + minute });
    expect(access.keys.authenticate(key)?.keyId).toBe(keyId);
    now += minute;
    const error = refusal(() => access.keys.authenticate(key));
    expect(error).toMatchObject({ code: 'KEY_EXPIRED', data: { expiredAt: noon + minute } });
    expect(error.message).toContain(new Date(noon + minute).toISOString());
    expect(error.message).toMatch(/keys update/);
    await access.handlers.keys.update({ id: keyId, patch: { expiresAt: null } }, call);
    expect(access.keys.authenticate(key)?.keyId).toBe(keyId);
  });

  it('ends what it opened when its time is over', async () => {
    const key = await keyWith({ expiresAt: noon + 40 * day });
    const admission = arrive(key);
    // Longer than a timer can wait for at once.
    for (let passed = 0; passed < 39; passed += 1) {
      now += day;
      vi.advanceTimersByTime(day);
    }
    expect(admission.signal.aborted).toBe(false);
    now += day;
    vi.advanceTimersByTime(day);
    expect(admission.signal.aborted).toBe(true);
  });

  it('ends it also after its use was written, and where its end was brought forward, while nobody asks for anything', async () => {
    const [first, second] = [await keyWith({ expiresAt: noon + minute }), await keyWith({ expiresAt: noon + day })];
    const running = [arrive(first), arrive(second)];
    access.onLock();
    access.keys.authenticate(first.key);
    now += 5_000;
    vi.advanceTimersByTime(5_000);
    await access.handlers.keys.update({ id: second.keyId, patch: { expiresAt: noon + minute } }, call);
    expect(running.map(({ signal }) => signal.aborted)).toEqual([false, false]);
    now += minute;
    vi.advanceTimersByTime(minute);
    expect(running.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it('ends what it opened soon after the clock was set forward', async () => {
    const admission = arrive(await keyWith({ expiresAt: noon + day }));
    now += 2 * day;
    vi.advanceTimersByTime(minute);
    expect(admission.signal.aborted).toBe(true);
  });

  it('can not be made', async () => {
    expect(NewKey.safeParse({ name: 'editor', expiresAt: 8.64e15 }).success).toBe(true);
    expect(NewKey.safeParse({ name: 'editor', expiresAt: 8.64e15 + 1 }).success).toBe(false);
    await expect(keyWith({ expiresAt: noon })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('a revoked key', () => {
  it('ends what it runs, and keeps its name where it was used', async () => {
    const key = await keyWith();
    const other = await keyWith();
    const [running, untouched] = [arrive(key), arrive(other)];
    await access.handlers.keys.revoke({ id: key.keyId }, call);
    expect(running.signal.reason).toMatchObject({ code: 'UNAUTHORIZED' });
    expect(untouched.signal.aborted).toBe(false);
    expect(access.keys.authenticate(key.key)).toBeUndefined();
    expect(refusal(() => access.keys.current(key)).code).toBe('UNAUTHORIZED');
    await running.done({ ...fine, status: 401, errorCode: 'UNAUTHORIZED' });
    const today = localDay(now);
    const { keys } = await access.handlers.usage.report({ from: today, to: today }, call);
    expect(keys).toEqual([{ id: key.keyId, name: 'editor', revoked: true }]);
    expect((await access.handlers.keys.list(undefined, call)).map(({ id }) => id)).toEqual(['endpoint', other.keyId]);
    await expect(async () => access.handlers.keys.revoke({ id: key.keyId }, call)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a rate limit', () => {
  it('lets as many in as a minute has, then one at a time as the minute goes on', async () => {
    const key = await keyWith({ limits: { requestsPerMinute: 3 } });
    for (let count = 0; count < 3; count += 1) await arrive(key).done(fine);
    expect(refusal(() => arrive(key))).toMatchObject({ code: 'RATE_LIMITED', data: { retryAfter: 20 } });
    now += 19_999;
    expect(refusal(() => arrive(key)).data).toEqual({ retryAfter: 1 });
    now += 1;
    await arrive(key).done(fine);
    expect(refusal(() => arrive(key)).code).toBe('RATE_LIMITED');
    now += 60 * minute;
    for (let count = 0; count < 3; count += 1) await arrive(key).done(fine);
    expect(refusal(() => arrive(key)).code).toBe('RATE_LIMITED');
  });

  it('is told in the headers that OpenAI has for it', async () => {
    const key = await keyWith({ limits: { requestsPerMinute: 4 } });
    expect(access.gate.headers(key)).toMatchObject({ 'x-ratelimit-remaining-requests': '4' });
    await arrive(key).done(fine);
    expect(access.gate.headers(key)).toEqual({
      'x-ratelimit-limit-requests': '4',
      'x-ratelimit-remaining-requests': '3',
      'x-ratelimit-reset-requests': '15s',
    });
    expect(access.gate.headers(await keyWith())).toEqual({});
  });

  it('is of one key alone', async () => {
    const [first, second] = [
      await keyWith({ limits: { requestsPerMinute: 1 } }),
      await keyWith({ limits: { requestsPerMinute: 1 } }),
    ];
    await arrive(first).done(fine);
    expect(refusal(() => arrive(first)).code).toBe('RATE_LIMITED');
    await arrive(second).done(fine);
  });
});

describe('a token budget', () => {
  it('of a day is full again on the next', async () => {
    const key = await keyWith({ limits: { tokensPerDay: 150 } });
    await arrive(key).done(fine);
    expect(access.gate.headers(key)).toEqual({
      'x-ratelimit-limit-tokens': '150',
      'x-ratelimit-remaining-tokens': '50',
      'x-ratelimit-reset-tokens': '12h0m0s',
    });
    await arrive(key).done(fine);
    const error = refusal(() => arrive(key));
    const midnight = new Date(2026, 5, 16).getTime();
    expect(error).toMatchObject({ code: 'BUDGET_SPENT', data: { resetsAt: midnight, retryAfter: 12 * 3_600 } });
    expect(error.message).toContain(new Date(midnight).toISOString());
    now = midnight;
    await arrive(key).done(fine);
  });

  it('of a month outlasts the day; of all time only a person gives more', async () => {
    const key = await keyWith({ limits: { tokensPerMonth: 100, tokensPerDay: 100 } });
    await arrive(key).done(fine);
    expect(refusal(() => arrive(key)).data).toMatchObject({ resetsAt: new Date(2026, 6).getTime() });
    now = new Date(2026, 6).getTime();
    await arrive(key).done(fine);

    const ever = await keyWith({ limits: { tokensInAll: 100 } });
    await arrive(ever).done(fine);
    now += 400 * day;
    expect(refusal(() => arrive(ever)).data).toEqual({ resetsAt: null });
    await access.handlers.keys.update({ id: ever.keyId, patch: { limits: { tokensInAll: 200 } } }, call);
    const raised = access.keys.authenticate(ever.key);
    if (raised) await arrive(raised).done(fine);
    expect(raised && refusal(() => arrive(raised)).code).toBe('BUDGET_SPENT');
  });

  it('counts what is on disk and what is not there yet, also after a restart', async () => {
    const key = await keyWith({ limits: { tokensPerDay: 250 } });
    await arrive(key).done(fine);
    access.onLock();
    await arrive(key).done(fine);
    expect(access.gate.headers(key)).toMatchObject({ 'x-ratelimit-remaining-tokens': '50' });
    access.onLock();
    const again = open();
    expect(again.gate.headers(key)).toMatchObject({ 'x-ratelimit-remaining-tokens': '50' });
    again.dispose();
  });
});

describe('usage and the request log', () => {
  const today = localDay(noon);

  it('cost one write for all requests of some seconds', async () => {
    const key = await keyWith();
    const before = writes;
    for (let count = 0; count < 500; count += 1) await arrive(key).done(fine);
    expect(writes).toBe(before);
    vi.advanceTimersByTime(5_000);
    expect(writes).toBe(before + 1);
    vi.advanceTimersByTime(60_000);
    expect(writes).toBe(before + 1);
  });

  it('are the same before and after they are on disk', async () => {
    const key = await keyWith();
    await arrive(key).done(fine);
    await arrive(key).done({ ...fine, status: 503, errorCode: 'INFERENCE_CRASHED', modelId: null });
    const read = async () => {
      const { rows, keys } = await access.handlers.usage.report({ from: today, to: today }, call);
      const byModel = rows.toSorted((a, b) => (a.modelId ?? '').localeCompare(b.modelId ?? ''));
      return { rows: byModel, keys, requests: await access.handlers.requests.list({}, call) };
    };
    const before = await read();
    expect(before.requests).toHaveLength(2);
    vi.advanceTimersByTime(5_000);
    expect(store.all(store.qb.selectFrom('usage').selectAll())).toHaveLength(2);
    expect(await read()).toEqual(before);
    await arrive(key).done(fine);
    const { rows } = await access.handlers.usage.report({ from: today, to: today }, call);
    const row = { day: today, keyId: key.keyId, promptTokens: 60, cachedTokens: 20, outputTokens: 40, requests: 1 };
    expect(rows).toEqual(
      expect.arrayContaining([
        { ...row, modelId: 'tiny', errors: 0, promptTokens: 120, cachedTokens: 40, outputTokens: 80, requests: 2 },
        { ...row, modelId: null, errors: 1 },
      ]),
    );
    expect(rows).toHaveLength(2);
  });

  it('hold what was refused too', async () => {
    const key = await keyWith({ scopes: ['workspace'] });
    refusal(() => arrive(key));
    expect(await access.handlers.requests.list({ outcome: 'failed' }, call)).toMatchObject([
      { status: 403, errorCode: 'FORBIDDEN', keyName: 'editor', path: '/v1/chat/completions', modelId: null },
    ]);
    expect(await access.handlers.requests.list({ outcome: 'ok' }, call)).toEqual([]);
  });

  it('survive a disk that is full for a while', async () => {
    const key = await keyWith();
    const whole = store;
    const full = new AppError('STORAGE_FULL', 'The disk is full.');
    store = {
      ...whole,
      write: () => {
        throw full;
      },
    };
    await arrive(key).done(fine);
    vi.advanceTimersByTime(5_000);
    store = whole;
    await arrive(key).done(fine);
    vi.advanceTimersByTime(5_000);
    expect(store.all(store.qb.selectFrom('usage').select('requests'))).toEqual([{ requests: 2 }]);
    expect(store.all(store.qb.selectFrom('request').select('seq'))).toHaveLength(2);
  });

  it('keep the newest thousand requests of seven days', async () => {
    const key = await keyWith();
    await arrive(key).done(fine);
    vi.advanceTimersByTime(5_000);
    now += 8 * day;
    for (let count = 0; count < 1_200; count += 1) {
      await arrive(key).done({ ...fine, promptTokens: count });
      if (count % 100 === 0) vi.advanceTimersByTime(5_000);
    }
    vi.advanceTimersByTime(5_000);
    const kept = store.all(store.qb.selectFrom('request').select('promptTokens').orderBy('seq'));
    expect(kept).toHaveLength(1_000);
    expect(kept[0]?.promptTokens).toBe(200);
    const listed = await access.handlers.requests.list({ limit: 3 }, call);
    expect(listed.map(({ promptTokens }) => promptTokens)).toEqual([1_199, 1_198, 1_197]);
  });

  it('of requests can be cleared and switched off; usage goes on', async () => {
    const key = await keyWith();
    await arrive(key).done(fine);
    vi.advanceTimersByTime(5_000);
    await arrive(key).done(fine);
    await access.handlers.requests.clear(undefined, call);
    expect(await access.handlers.requests.list({}, call)).toEqual([]);
    writePreferences(store, { requestLog: false });
    await arrive(key).done(fine);
    vi.advanceTimersByTime(5_000);
    expect(await access.handlers.requests.list({}, call)).toEqual([]);
    const { rows } = await access.handlers.usage.report({ from: today, to: today }, call);
    expect(rows).toMatchObject([{ requests: 3 }]);
  });

  it('count what was read of an answer before its reader left', async () => {
    const key = await keyWith({ limits: { tokensInAll: 20 } });
    const inference = access.metered(
      models(async ({ onPart }) => {
        onPart?.({ type: 'progress', phase: 'reading', value: 1 });
        onPart?.({ type: 'reasoning', text: 'x'.repeat(20) });
        onPart?.({ type: 'text', text: 'x'.repeat(39) });
        throw new CancellationError();
      }),
    );
    const ask = (more: Partial<GenerateRequest> = {}) =>
      inference.generate({
        modelId: 'scripted',
        asker: key.keyId,
        input: { messages: [{ role: 'user', content: 'x'.repeat(17) }] },
        maxTokens: 100,
        ...more,
      });
    const admission = arrive(key);
    await expect(ask()).rejects.toThrow(CancellationError);
    await admission.done({
      ...fine,
      modelId: 'scripted',
      status: 499,
      errorCode: 'CANCELLED',
      promptTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
    });
    const today = localDay(now);
    const { rows } = await access.handlers.usage.report({ from: today, to: today }, call);
    expect(rows).toMatchObject([
      { keyId: key.keyId, modelId: 'scripted', requests: 1, promptTokens: 5, outputTokens: 15 },
    ]);
    expect(refusal(() => arrive(key)).code).toBe('BUDGET_SPENT');
  });

  it('count chats and runs in Jan itself under a name of their own', async () => {
    const result = plainResult('', { modelId: 'tiny', promptTokens: 5, outputTokens: 7 });
    const counted = access.counted(models(async () => result));
    expect(await counted.generate({ input: { prompt: '' }, maxTokens: 1 })).toBe(result);
    const report = await access.handlers.usage.report({ from: today, to: today }, call);
    expect(report.rows).toMatchObject([{ keyId: 'app', modelId: 'tiny', outputTokens: 7, requests: 1 }]);
    expect(report.keys).toEqual([{ id: 'app', name: 'Jan itself', revoked: false }]);
  });
});

describe('many keys', () => {
  it('are read from the vault once, however many are made, used, changed and written', async () => {
    let reads = 0;
    store = {
      ...store,
      all(query) {
        reads += 1;
        return place.store.all(query);
      },
    };
    const made = [];
    for (let index = 0; index < 50; index += 1) made.push(await keyWith());
    now += day;
    vi.advanceTimersByTime(10_000);
    await access.handlers.keys.update({ id: made[7]?.keyId ?? '', patch: { scopes: ['models'] } }, call);
    await access.handlers.keys.revoke({ id: made[8]?.keyId ?? '' }, call);
    expect(made.map(({ key }) => access.keys.authenticate(key)?.keyId)).toEqual(
      made.map(({ keyId }, index) => (index === 8 ? undefined : keyId)),
    );
    expect(access.keys.authenticate(made[7]?.key)?.scopes).toEqual(new Set(['models']));
    expect(reads).toBe(1);
    const before = (await access.handlers.keys.list(undefined, call)).filter(({ endpoint }) => !endpoint);
    access.onLock();
    const after = (await access.handlers.keys.list(undefined, call)).filter(({ endpoint }) => !endpoint);
    expect(after).toEqual(before);
  });
});

describe('the last use of a key', () => {
  it('is shown at once and written with the rest', async () => {
    const { key, keyId } = await keyWith();
    now += 5 * minute;
    access.keys.authenticate(key);
    const lastUse = async () =>
      (await access.handlers.keys.list(undefined, call)).find(({ id }) => id === keyId)?.lastUsedAt;
    expect(await lastUse()).toBe(now);
    access.onLock();
    expect(await lastUse()).toBe(now);
  });
});
