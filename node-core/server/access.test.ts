import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, localDay } from '../common/index.ts';
import type { Contract, NewKey } from '../contract/index.ts';
import type { z } from 'zod';
import { type FakeEndpoint, chatChunk, startFakeEndpoint, streamChat } from '../testing/fake-endpoint.ts';
import { startTestNode, type TestNode } from '../testing/start-test-node.ts';
import { writeTestCatalog } from '../testing/test-catalog.ts';

const phrase = 'xylophone-quarrel-7431';
let root: string;
let node: TestNode;
let endpoint: FakeEndpoint;
let logged = '';
let model: string;
let other: string;
/** An answer that has begun and does not end by itself. */
let held: ((response: ServerResponse) => void) | undefined;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-access-'));
  node = await startTestNode({
    dir: join(root, 'data'),
    components: {
      catalogPath: writeTestCatalog(root),
      logger: createLogger((line) => (logged += line), 'debug'),
    },
  });
  endpoint = await startFakeEndpoint((response) => {
    if (!held) return streamChat(response, ['An ', 'answer with ', phrase]);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chatChunk('It begins '));
    held(response);
  });
  const add = (name: string) => node.client.models.addEndpoint({ name, url: endpoint.url, model: name });
  model = (await add('first')).id;
  other = (await add('second')).id;
});

afterAll(async () => {
  await node.stop();
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

const keyWith = (asked: Omit<z.output<typeof NewKey>, 'name'> = {}) =>
  node.client.keys.create({ name: 'editor', ...asked });
const chat = (key: string, more: object = {}, signal?: AbortSignal) =>
  fetch(`${node.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: `Say ${phrase}.` }], ...more }),
    ...(signal ? { signal } : {}),
  });
const errorOf = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as object) });

describe('a key with limits, over HTTP', () => {
  it('is told what is left, then to wait', async () => {
    const { key } = await keyWith({ limits: { requestsPerMinute: 2 } });
    const first = await chat(key);
    expect(first.status).toBe(200);
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    await chat(key, { stream: true }).then((answer) => answer.text());
    const refused = await chat(key);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0');
    expect(await errorOf(refused)).toMatchObject({ status: 429, error: { code: 'rate_limit_exceeded' } });
  });

  it('stops once its tokens are spent', async () => {
    const { key } = await keyWith({ limits: { tokensInAll: 14 } });
    expect((await chat(key)).status).toBe(200);
    const refused = await chat(key);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(await errorOf(refused)).toMatchObject({ status: 429, error: { code: 'insufficient_quota' } });
  });

  it('uses its models alone', async () => {
    const { key } = await keyWith({ models: [model] });
    const asked = endpoint.requests.length;
    expect((await chat(key)).status).toBe(200);
    expect(await errorOf(await chat(key, { model: other }))).toMatchObject({ status: 403 });
    expect(await errorOf(await chat(key, { model: other, stream: true }))).toMatchObject({ status: 403 });
    const look = (id: string) => fetch(`${node.url}/v1/models/${id}`, { headers: { authorization: `Bearer ${key}` } });
    expect((await look(model)).status).toBe(200);
    expect((await look(other)).status).toBe(403);
    expect(endpoint.requests.length).toBe(asked + 1);
  });

  it('does what its scopes say', async () => {
    const { key } = await keyWith({ scopes: ['workspace'] });
    expect(await errorOf(await chat(key))).toMatchObject({
      status: 403,
      error: { message: expect.stringContaining('"inference"') },
    });
  });
});

describe('a key that may only ask models', () => {
  const respond = (key: string, body: object) =>
    fetch(`${node.url}/v1/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, input: 'Hello', ...body }),
    });
  const scopeError = { status: 403, error: { message: expect.stringContaining('"conversations"') } };

  it('has its answers, of which nothing is kept, and reaches nothing that was', async () => {
    const { key } = await keyWith({ scopes: ['inference'] });
    const owner = await keyWith();
    const kept = (await (await respond(owner.key, {})).json()) as { id: string; store: boolean };
    expect(kept.store).toBe(true);
    const answer = await respond(key, {});
    const { id, store } = (await answer.json()) as { id: string; store: boolean };
    expect({ status: answer.status, store }).toEqual({ status: 200, store: false });
    const get = (response: string, by: string) =>
      fetch(`${node.url}/v1/responses/${response}`, { headers: { authorization: `Bearer ${by}` } });
    expect((await get(id, owner.key)).status).toBe(404);
    expect(await errorOf(await get(kept.id, key))).toMatchObject(scopeError);
    for (const body of [
      { previous_response_id: kept.id },
      { conversation: 'conv_1' },
      { store: true },
      { background: true },
      { input: [{ type: 'item_reference', id: 'msg_1' }] },
    ]) {
      expect(await errorOf(await respond(key, body)), JSON.stringify(body)).toMatchObject(scopeError);
    }
    expect(await errorOf(await chat(key, { store: true }))).toMatchObject(scopeError);
    expect((await respond(owner.key, { previous_response_id: kept.id })).status).toBe(200);
  });
});

describe('a key that is revoked while its answer is written', () => {
  it('ends the answer at once, and the work behind it', async () => {
    const { key, entry } = await keyWith();
    const begun = Promise.withResolvers<ServerResponse>();
    held = begun.resolve;
    const answering = chat(key, { stream: true });
    const far = await begun.promise;
    held = undefined;
    const stopped = once(far, 'close');
    await node.client.keys.revoke({ id: entry.id });
    // With a status of its own where no piece was sent yet.
    const text = await (await answering).text();
    expect(text).toContain('revoked');
    expect(text).not.toContain('[DONE]');
    await stopped;
    expect((await chat(key)).status).toBe(401);
    const [last] = await node.client.requests.list({ limit: 1 });
    expect(last).toMatchObject({ keyId: entry.id, errorCode: 'UNAUTHORIZED', keyName: 'editor' });
  });
});

describe('a key that is revoked after it began a response in the background', () => {
  it('ends the response and the work behind it', async () => {
    const [owner, { key, entry }] = [await keyWith(), await keyWith()];
    const begun = Promise.withResolvers<ServerResponse>();
    held = begun.resolve;
    const answer = await fetch(`${node.url}/v1/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, input: 'Hello', background: true }),
    });
    const { id } = (await answer.json()) as { id: string };
    const far = await begun.promise;
    held = undefined;
    const stopped = once(far, 'close');
    await node.client.keys.revoke({ id: entry.id });
    await stopped;
    const asked = async () => {
      const response = await fetch(`${node.url}/v1/responses/${id}`, {
        headers: { authorization: `Bearer ${owner.key}` },
      });
      return ((await response.json()) as { status: string }).status;
    };
    await expect.poll(asked).toBe('cancelled');
  });
});

describe('a key that is revoked after it began a chat or a run over a socket', () => {
  const lineOf = async (key: string) => {
    const socket = new WebSocket(`${node.url.replace('http', 'ws')}/rpc`, ['jan.rpc', `bearer.${key}`]);
    await once(socket, 'open');
    return createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ websocket: socket }));
  };
  /** Begins something that the model does not get through with, and resolves once that is asked. */
  const holding = async <T>(begin: () => Promise<T>): Promise<{ begun: T; stopped: Promise<unknown> }> => {
    const asked = Promise.withResolvers<ServerResponse>();
    held = asked.resolve;
    const begun = await begin();
    const far = await asked.promise;
    held = undefined;
    return { begun, stopped: once(far, 'close') };
  };

  it('ends the answer and keeps what was written; that of a person goes on', async () => {
    const { key, entry } = await keyWith();
    const line = await lineOf(key);
    const thread = await line.threads.create({ modelId: model });
    const own = await node.client.threads.create({ modelId: model });
    const { begun, stopped } = await holding(() => line.threads.send({ id: thread.id, text: 'Hello' }));
    const other = await holding(() => node.client.threads.send({ id: own.id, text: 'Hello' }));
    await node.client.keys.revoke({ id: entry.id });
    await stopped;
    const stateOf = async (id: string, message: string) =>
      (await node.client.threads.get({ id })).messages.find((one) => one.id === message)?.state;
    await expect.poll(() => stateOf(thread.id, begun.answer.id)).toBe('stopped');
    expect(await stateOf(own.id, other.begun.answer.id)).toBe('writing');
    await node.client.threads.stop({ messageId: other.begun.answer.id });
  });

  it('ends the answer written anew', async () => {
    const { key, entry } = await keyWith();
    const line = await lineOf(key);
    const thread = await line.threads.create({ modelId: model });
    const { question } = await line.threads.send({ id: thread.id, text: 'Hello' });
    const { stopped } = await holding(() => line.threads.regenerate({ messageId: question.id }));
    await node.client.keys.revoke({ id: entry.id });
    await stopped;
  });

  it('cancels the run, also where its time is over', async () => {
    const { key, entry } = await keyWith({ expiresAt: Date.now() + 60 * 60_000 });
    const line = await lineOf(key);
    const { begun, stopped } = await holding(() => line.runs.start({ skill: 'plan', goal: 'A party', modelId: model }));
    await node.client.keys.update({ id: entry.id, patch: { expiresAt: Date.now() + 200 } });
    await stopped;
    await expect.poll(async () => (await node.client.runs.get({ id: begun.id })).state).toBe('cancelled');
  });
});

describe('what is kept of requests', () => {
  it('is figures alone: nothing that was asked, answered, named in an address or as a model', async () => {
    const { key, entry } = await keyWith();
    await chat(key);
    await chat(key, { stream: true }).then((answer) => answer.text());
    await chat(key, { model: phrase });
    await chat(key, { temperature: phrase });
    await chat(key, { [phrase]: 1 });
    const headers = { authorization: `Bearer ${key}`, 'x-request-id': phrase, 'user-agent': phrase };
    await fetch(`${node.url}/v1/models/${phrase}?q=${phrase}`, { headers });
    await fetch(`${node.url}/v1/${phrase}`, { headers });
    await fetch(`${node.url}/v1/completions`, { method: 'POST', headers, body: `{"${phrase}` });

    const today = localDay(Date.now());
    const requests = await node.client.requests.list({ keyId: entry.id });
    const usage = await node.client.usage.report({ from: today, to: today });
    expect(requests.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(requests[requests.length - 1]).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      modelId: model,
      status: 200,
      promptTokens: 11,
      outputTokens: 3,
      stream: false,
    });
    expect(usage.rows.find(({ keyId, modelId }) => keyId === entry.id && modelId === model)).toMatchObject({
      promptTokens: 22,
      outputTokens: 6,
    });
    expect(JSON.stringify({ requests, usage })).not.toContain(phrase);
    const metrics = await fetch(`${node.url}/metrics`, { headers: { authorization: `Bearer ${node.apiKey}` } });
    const text = await metrics.text();
    expect(text).not.toContain(phrase);
    expect(text).not.toContain(entry.id);
    expect(logged).not.toContain(phrase);
    expect(logged).not.toContain(key);
  });

  it('is there after the node was stopped', async () => {
    const before = await node.client.requests.list({});
    expect(before.length).toBeGreaterThan(0);
    await node.runtime.stop();
    node = await startTestNode({ dir: join(root, 'data'), components: { catalogPath: writeTestCatalog(root) } });
    expect(await node.client.requests.list({})).toEqual(before);
  });
});
