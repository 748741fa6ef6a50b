import { request as httpRequest } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../common/index.ts';
import { AppError, type Contract, type NodeEvent, type PairingRequest } from '../contract/index.ts';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';
import { createSignIn } from './keys-sign-in.ts';
import { createPairing, type Pairing } from './pairing.ts';

let now: number;
const clock: Clock = { now: () => 1_800_000_000_000 + now, monotonic: () => now };
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'none';
};

describe('a request for a key', () => {
  let pairing: Pairing;
  let isOpen: boolean;
  let issued: string[];
  let announced: readonly PairingRequest[][];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    now = 0;
    isOpen = true;
    issued = [];
    announced = [];
    pairing = createPairing({
      clock,
      isOpen: () => isOpen,
      issue(asked) {
        issued.push(asked.name);
        const entry = { ...asked, id: 'id', prefix: '', createdAt: 0, lastUsedAt: null, endpoint: false };
        return { key: `key ${issued.length}`, entry: entry as never };
      },
    });
    pairing.onDidChange((requests) => (announced = [...announced, [...requests]]));
  });
  afterEach(() => {
    pairing.dispose();
    vi.useRealTimers();
  });

  const ask = (name = 'editor') => pairing.request({ name, scopes: ['inference', 'workspace'] });
  const approve = (code: string) => pairing.handlers.approve({ code }, call);
  const deny = (code: string) => pairing.handlers.deny({ code }, call);
  const later = (millis: number): void => {
    now += millis;
    vi.advanceTimersByTime(millis);
  };

  it('gives the key once, to whoever asked', () => {
    const { secret, request } = ask();
    expect(pairing.collect(secret)).toBeUndefined();
    void approve(request.code);
    later(1_000);
    expect(pairing.collect(secret)?.key).toBe('key 1');
    later(1_000);
    expect(codeOf(() => pairing.collect(secret))).toBe('NOT_FOUND');
    expect(issued).toEqual(['editor']);
  });

  it('makes no key before it is collected, nor where it never is', () => {
    const { request } = ask();
    void approve(request.code);
    later(10 * 60_000);
    expect(issued).toEqual([]);
  });

  it('is answered once: whoever comes second finds nothing', () => {
    const [first, second] = [ask('one'), ask('two')];
    void approve(first.request.code);
    expect(codeOf(() => approve(first.request.code))).toBe('NOT_FOUND');
    expect(codeOf(() => deny(first.request.code))).toBe('NOT_FOUND');
    void deny(second.request.code);
    expect(codeOf(() => approve(second.request.code))).toBe('NOT_FOUND');
    expect(codeOf(() => pairing.collect(second.secret))).toBe('FORBIDDEN');
    later(1_000);
    expect(codeOf(() => pairing.collect(second.secret))).toBe('NOT_FOUND');
    expect(issued).toEqual([]);
  });

  it('is too old after five minutes, whether or not it was approved', () => {
    const [left, approved] = [ask('left'), ask('approved')];
    void approve(approved.request.code);
    later(5 * 60_000);
    expect(pairing.handlers.list(undefined, call)).toEqual([]);
    expect(announced.at(-1)).toEqual([]);
    expect(codeOf(() => approve(left.request.code))).toBe('NOT_FOUND');
    expect(codeOf(() => pairing.collect(left.secret))).toBe('NOT_FOUND');
    expect(codeOf(() => pairing.collect(approved.secret))).toBe('NOT_FOUND');
    expect(issued).toEqual([]);
  });

  it('can not be guessed at: the code collects nothing, and a wrong one says no more than an old one', () => {
    const { request } = ask();
    void approve(request.code);
    const messages = new Set<string>();
    for (const guess of [request.code, '', 'x', 'BBBB-BBBB', 'a'.repeat(200)]) {
      try {
        pairing.collect(guess);
      } catch (error) {
        messages.add(String(error));
      }
    }
    expect(messages.size).toBe(1);
    expect(issued).toEqual([]);
  });

  it('is read as a person types it', () => {
    const { secret, request } = ask();
    void approve(` ${request.code.toLowerCase().replace('-', ' ')}`);
    expect(pairing.collect(secret)?.key).toBe('key 1');
  });

  it('comes with others in bounds: few at once, few in a while, and room again once some are answered', () => {
    const made = Array.from({ length: 5 }, () => ask());
    for (let count = 0; count < 1_000; count += 1) expect(codeOf(ask)).toBe('RATE_LIMITED');
    expect(pairing.handlers.list(undefined, call)).toHaveLength(5);
    for (const { request } of made) void deny(request.code);
    expect(codeOf(ask)).toBe('RATE_LIMITED');
    later(12_000);
    expect(codeOf(ask)).toBe('none');
    expect(codeOf(ask)).toBe('RATE_LIMITED');
    later(60 * 60_000);
    for (let count = 0; count < 5; count += 1) expect(codeOf(ask)).toBe('none');
    expect(codeOf(ask)).toBe('RATE_LIMITED');
  });

  it('is asked after no more often than every second', () => {
    const { secret, request } = ask();
    expect(pairing.collect(secret)).toBeUndefined();
    expect(codeOf(() => pairing.collect(secret))).toBe('RATE_LIMITED');
    void approve(request.code);
    later(1_000);
    expect(pairing.collect(secret)?.key).toBe('key 1');
  });

  it('waits while the vault is locked', () => {
    const { secret, request } = ask();
    void approve(request.code);
    isOpen = false;
    expect(pairing.collect(secret)).toBeUndefined();
    isOpen = true;
    later(1_000);
    expect(pairing.collect(secret)?.key).toBe('key 1');
  });

  it('is granted no more than it asked for', () => {
    const { secret, request } = pairing.request({ name: 'editor', scopes: ['inference', 'workspace'] });
    expect(
      codeOf(() => pairing.handlers.approve({ code: request.code, scopes: ['models', 'conversations'] }, call)),
    ).toBe('BAD_REQUEST');
    void pairing.handlers.approve({ code: request.code, scopes: ['inference', 'models'] }, call);
    expect(pairing.collect(secret)?.entry.scopes).toEqual(['inference']);
  });
});

describe('a sign-in code', () => {
  beforeEach(() => {
    now = 0;
  });

  it('opens one session; used again, by whomever, it ends that session', () => {
    const signIn = createSignIn({ clock });
    const { code } = signIn.issueCode();
    const key = signIn.exchange(code);
    expect(signIn.knows(key)).toBe(true);
    expect(codeOf(() => signIn.exchange(code))).toBe('UNAUTHORIZED');
    expect(signIn.knows(key)).toBe(false);
    expect(codeOf(() => signIn.exchange(code))).toBe('UNAUTHORIZED');
  });

  it('is worth nothing after ten minutes, and no other code is worth anything', () => {
    const signIn = createSignIn({ clock });
    const { code } = signIn.issueCode();
    for (const guess of ['', code.slice(1), `${code}x`, code.toUpperCase()])
      expect(codeOf(() => signIn.exchange(guess))).toBe('UNAUTHORIZED');
    now = 10 * 60_000 + 1;
    expect(codeOf(() => signIn.exchange(code))).toBe('UNAUTHORIZED');
  });

  it('and its session take a bounded room', () => {
    const signIn = createSignIn({ clock });
    const keys = Array.from({ length: 1_000 }, () => signIn.exchange(signIn.issueCode().code));
    expect(keys.filter((key) => signIn.knows(key))).toHaveLength(64);
    const codes = Array.from({ length: 1_000 }, () => signIn.issueCode().code);
    expect(codes.filter((code) => codeOf(() => signIn.exchange(code)) === 'none')).toHaveLength(16);
  });
});

describe('over HTTP', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode();
  });
  afterAll(() => node.stop());

  interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: Record<string, unknown>;
  }
  const post = (path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
    new Promise<Answer>((resolve, reject) => {
      const sent = httpRequest(
        { host: '127.0.0.1', port: node.port, path, method, headers: { host: `127.0.0.1:${node.port}`, ...headers } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(text) }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  const open = async (key: string) => {
    const socket = new WebSocket(`${node.url.replace('http', 'ws')}/rpc`, ['jan.rpc', `bearer.${key}`]);
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error('refused')));
    });
    const client = createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ websocket: socket }));
    return { client, closed, close: () => socket.close() };
  };
  /** Everything up to the first event of that type. */
  const upTo = async (events: AsyncIterator<NodeEvent>, type: NodeEvent['type']): Promise<NodeEvent[]> => {
    const seen: NodeEvent[] = [];
    while (seen.at(-1)?.type !== type) {
      const { value, done } = await events.next();
      if (done) throw new Error(`The events ended without ${type}.`);
      seen.push(value);
    }
    return seen;
  };
  const doors = ['/pair/request', '/pair/token', '/pair/sign-in', '/pair/exchange', '/pair/sign-out'];

  it('a program asks, a person hears of it and says yes, and the key does what was granted', async () => {
    const events = await node.client.system.events();
    await upTo(events, 'hello');
    const asked = await post('/pair/request', { name: 'My editor', scopes: ['inference', 'workspace'] });
    expect(asked).toMatchObject({ status: 201, body: { expires_in: 300, interval: 1 } });
    const heard = (await upTo(events, 'pairing')).at(-1);
    expect(heard).toMatchObject({
      type: 'pairing',
      requests: [{ name: 'My editor', code: asked.body['user_code'], scopes: ['inference', 'workspace'] }],
    });
    await events.return();
    expect(JSON.stringify(heard)).not.toContain(asked.body['device_code']);

    const collect = () => post('/pair/token', { device_code: asked.body['device_code'] });
    await node.client.pairing.approve({ code: String(asked.body['user_code']), scopes: ['inference'] });
    // Both at once: one of them gets it.
    const both = await Promise.all([collect(), collect()]);
    const granted = both.find(({ status }) => status === 200);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect(granted?.body).toMatchObject({ status: 'granted', name: 'My editor', scopes: ['inference'] });
    const { client, close, closed } = await open(String(granted?.body['api_key']));
    await expect(client.tasks.list({ view: 'inbox' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.pairing.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.pairing.approve({ code: 'BBBB-BBBB' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.keys.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.usage.report({ from: '2026-01-01', to: '2026-01-02' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(client.requests.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.system.updateSettings({ allowRemote: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.models.remove({ id: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.threads.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await client.vault.status()).toMatchObject({ state: 'open' });
    close();
    await closed;
  });

  it('a key hears only of what it may read', async () => {
    const { key } = await node.client.keys.create({ name: 'listener', scopes: ['inference'] });
    const { client, close } = await open(key);
    const events = await client.system.events();
    await upTo(events, 'hello');
    const secret = await node.client.tasks.create({ title: 'planted title' });
    await node.client.keys.create({ name: 'other' });
    await node.client.system.updateSettings({ weekStart: 'sunday' });
    const heard = (await upTo(events, 'settings')).map(({ type }) => type);
    expect(heard.filter((type) => ['workspace', 'keys', 'pairing', 'run', 'thread'].includes(type))).toEqual([]);
    await node.client.tasks.remove({ ids: [secret.id] });
    close();
  });

  it('a narrowed key keeps its line, with what is left to it', async () => {
    const { key, entry } = await node.client.keys.create({ name: 'narrowed', scopes: ['workspace'] });
    const { client, close } = await open(key);
    await client.tasks.list({ view: 'inbox' });
    await node.client.keys.update({ id: entry.id, patch: { scopes: ['inference'] } });
    await expect(client.tasks.list({ view: 'inbox' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    close();
  });

  it('a denied program hears so, and gets nothing', async () => {
    const asked = await post('/pair/request', { name: 'stranger' });
    await node.client.pairing.deny({ code: String(asked.body['user_code']) });
    const answer = await post('/pair/token', { device_code: asked.body['device_code'] });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
    await expect(node.client.pairing.approve({ code: String(asked.body['user_code']) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('no web page gets in: a foreign Origin, `null` and a rebound name are refused at every door', async () => {
    const before = await node.client.pairing.list();
    for (const door of doors) {
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `http://127.0.0.1:${node.port + 1}` },
        { host: `evil.example:${node.port}` },
        { host: `evil.example:${node.port}`, origin: `http://evil.example:${node.port}` },
      ]) {
        const answer = await post(door, { name: 'page' }, headers);
        expect(answer.status, `${door} ${JSON.stringify(headers)}`).toBe(403);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    expect(await node.client.pairing.list()).toEqual(before);
  });

  it('what is not a request is refused in words, and is no request', async () => {
    for (const [body, status] of [
      ['', 400],
      ['[]', 400],
      ['{', 400],
      [{}, 400],
      [{ name: '' }, 400],
      [{ name: 'a'.repeat(101) }, 400],
      [{ name: 'Jan\u202Erotide' }, 400],
      [{ name: 'two\nlines' }, 400],
      [{ name: 'editor', scopes: [] }, 400],
      [{ name: 'editor', scopes: ['keys'] }, 400],
      [{ name: 'editor', expiresAt: null }, 400],
      [{ name: 'editor', scopes: 'x'.repeat(10_000) }, 413],
    ] as const) {
      const answer = await post('/pair/request', body);
      expect(answer.status, JSON.stringify(body).slice(0, 80)).toBe(status);
      expect(answer.body['error']).toMatchObject({ message: expect.stringMatching(/\w/) });
    }
    expect((await post('/pair/request', '', {}, 'GET')).status).toBe(405);
    expect((await post('/pair/nothing', {})).status).toBe(404);
    expect(await node.client.pairing.list()).toEqual([]);
  });

  it('a flood is told when to come again, and takes no more than its room', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => post('/pair/request', { name: `bot ${index}` })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBeLessThanOrEqual(5);
    for (const { headers } of refused) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    for (const { code } of await node.client.pairing.list()) await node.client.pairing.deny({ code });
  });

  it('a person signs a browser in with an address that works once', async () => {
    const authorization = `Bearer ${node.apiKey}`;
    const { body } = await post('/pair/sign-in', '', { authorization });
    const url = new URL(String(body['url']));
    expect(url.href).not.toContain(node.apiKey);
    const code = url.hash.replace('#code=', '');
    const own = { origin: node.url };
    const exchanged = await post('/pair/exchange', { code }, own);
    const key = String(exchanged.body['api_key']);
    expect(key).not.toBe(node.apiKey);
    const { client, close } = await open(key);
    expect(await client.keys.list()).toEqual(expect.arrayContaining([expect.objectContaining({ endpoint: true })]));
    close();
    expect((await post('/pair/sign-out', '', { authorization: `Bearer ${key}` })).status).toBe(200);
    await expect(open(key)).rejects.toThrow('refused');
    expect((await post('/pair/exchange', { code }, own)).status).toBe(401);
  });

  it('a line that a session opened ends with it: signed out, or its code used by a second one', async () => {
    const session = async () => {
      const { body } = await post('/pair/sign-in', '', { authorization: `Bearer ${node.apiKey}` });
      const code = new URL(String(body['url'])).hash.replace('#code=', '');
      const key = String((await post('/pair/exchange', { code })).body['api_key']);
      return { code, key, line: await open(key) };
    };
    const [mine, thiefs, other] = [await session(), await session(), await session()];
    await post('/pair/sign-out', '', { authorization: `Bearer ${mine.key}` });
    expect(await mine.line.closed).toBe(1008);
    expect((await post('/pair/exchange', { code: thiefs.code })).status).toBe(401);
    expect(await thiefs.line.closed).toBe(1008);
    expect(await other.line.client.keys.list()).toHaveLength((await node.client.keys.list()).length);
    other.line.close();
  });

  it('a key of another program signs nobody in', async () => {
    const { key } = await node.client.keys.create({ name: 'other' });
    const headers = { authorization: `Bearer ${key}` };
    expect((await post('/pair/sign-in', '', headers)).status).toBe(403);
    expect((await post('/pair/sign-in', '')).status).toBe(401);
    expect((await post('/pair/exchange', { code: key })).status).toBe(401);
    // Signing out ends sessions, not keys.
    await post('/pair/sign-out', '', headers);
    expect((await post('/pair/sign-in', '', headers)).status).toBe(403);
  });
});
