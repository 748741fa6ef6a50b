import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError, CancellationError } from '../../contract/index.ts';
import type { GenerateRequest } from '../../inference/index.ts';
import { plainResult } from '../../testing/plain-result.ts';
import { type ScriptedApi, type ScriptedApiOptions, startScriptedApi } from '../../testing/scripted-api.ts';

let api: ScriptedApi;
afterEach(() => api.close());

const start = async (options: ScriptedApiOptions): Promise<OpenAI> => {
  api = await startScriptedApi(options);
  return new OpenAI({ baseURL: api.url, apiKey: api.apiKey, maxRetries: 0 });
};
const chat = { model: 'scripted', messages: [{ role: 'user' as const, content: 'Go on.' }] };
const post = (body: BodyInit, path = '/chat/completions', headers: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

/** Settles when the model is told to stop. */
const stopped = ({ signal }: GenerateRequest): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new CancellationError()), { once: true });
  });

describe('a client that', () => {
  it('sends millions of small values is refused before they are looked at; long lists of tokens are taken', async () => {
    await start({ answer: () => 'Yes.' });
    const list = (value: string, length: number) => `[${Array.from({ length }, () => value).join(',')}]`;
    for (const [path, body] of [
      ['/chat/completions', `{"model":"scripted","messages":${list('1', 5_000_000)}}`],
      ['/completions', `{"model":"scripted","prompt":${list('"a"', 1_000_000)}}`],
      ['/messages', `{"model":"scripted","max_tokens":1,"messages":${list('{}', 1_000_000)}}`],
      ['/responses', `{"model":"scripted","input":${list('[[]]', 500_000)}}`],
    ] as const) {
      const answer = await post(body, path);
      expect(answer.status, path).toBe(413);
      expect(await answer.text()).toContain('other values');
    }
    const tokens = await post(`{"model":"scripted","prompt":${list('7', 300_000)}}`, '/completions');
    expect(tokens.status).toBe(200);
  });

  it('goes away before the first piece ends the work', async () => {
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<unknown>();
    const openai = await start({
      answer: () => '',
      async generate(request) {
        begun.resolve();
        try {
          return await stopped(request);
        } catch (error) {
          ended.resolve(error);
          throw error;
        }
      },
    });
    const controller = new AbortController();
    const asked = openai.chat.completions.create(chat, { signal: controller.signal }).catch((error: unknown) => error);
    await begun.promise;
    controller.abort();
    expect(await ended.promise).toBeInstanceOf(CancellationError);
    expect(await asked).toMatchObject({ message: 'Request was aborted.' });
  });

  it('never reads is given up, and holds only so much', async () => {
    const ended = Promise.withResolvers<number>();
    await start({
      answer: () => '',
      async generate({ onPart, signal }) {
        const piece = 'x'.repeat(10_000);
        let pushed = 0;
        while (!signal?.aborted) {
          onPart?.({ type: 'text', text: piece });
          pushed += piece.length;
          await new Promise((resolve) => setImmediate(resolve));
        }
        ended.resolve(pushed);
        throw new CancellationError();
      },
    });
    const body = JSON.stringify({ ...chat, stream: true });
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.pause();
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    // What the system buffers for a socket comes to it.
    expect(await ended.promise).toBeLessThan(30_000_000);
    socket.destroy();
  });

  it('asks without streaming is answered in one piece with its length', async () => {
    await start({ answer: () => 'Cold.' });
    const answer = await post(JSON.stringify(chat));
    expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(await answer.text()));
  });
});

describe('a body', () => {
  it('of 100 MB is refused without being read', async () => {
    await start({ answer: () => '' });
    const answer = await new Promise<{ status: number; body: string; sent: number }>((resolve, reject) => {
      const request = httpRequest(`${api.url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 100_000_000 },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          body += piece;
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body, sent: 1 });
          request.destroy();
        });
      });
      request.write('{');
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'payload_too_large' } });
    expect(api.asked).toHaveLength(0);
  });

  it('that is no UTF-8, no JSON or no object is refused', async () => {
    await start({ answer: () => '' });
    for (const body of [new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), '', '{', '[]', 'null', '"x"']) {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    }
  });
});

describe('an error', () => {
  it('before the first piece has its own status; after it, it is an event', async () => {
    let pieces = 0;
    await start({
      answer: () => '',
      async generate({ onPart }) {
        for (let index = 0; index < pieces; index += 1) onPart?.({ type: 'text', text: 'x' });
        throw new AppError('INFERENCE_CRASHED', 'The model crashed.');
      },
    });
    const body = JSON.stringify({ ...chat, stream: true });
    const early = await post(body);
    expect(early.status).toBe(503);
    expect(await early.json()).toMatchObject({ error: { code: 'inference_crashed', type: 'server_error' } });
    pieces = 2;
    const late = await post(body);
    expect(late.status).toBe(200);
    const text = await late.text();
    expect(text).toContain('"content":"x"');
    expect(text).toMatch(/data: \{"error":\{"message":"The model crashed\.".*\}\n\n$/);
    expect(text).not.toContain('[DONE]');
  });

  it('that time heals says when to come back', async () => {
    await start({
      answer: () => {
        throw new AppError('INFERENCE_BUSY', 'Too much waits.', { data: { retryAfter: 2.2 } });
      },
    });
    const answer = await post(JSON.stringify(chat));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
  });

  it('names the method that would do, and the id of the request', async () => {
    await start({ answer: () => '' });
    const answer = await post('{}', '/files/x');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, DELETE']);
    expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
    const nowhere = await post('{}', '/nowhere');
    expect([nowhere.status, await nowhere.json()]).toMatchObject([404, { error: { code: 'not_found' } }]);
  });

  it('of Jan itself does not tell what it was about', async () => {
    await start({
      answer: () => {
        throw new Error('secret words');
      },
    });
    const answer = await post(JSON.stringify(chat));
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
  });
});

describe('a call over RPC', () => {
  const call = async (body: object, signal = new AbortController().signal) => {
    const pieces: { type: string; status?: number; text?: string }[] = [];
    const path = '/v1/chat/completions';
    const stream = await api.v1.call({ method: 'POST', path, body: JSON.stringify(body) }, { actor: 'user', signal });
    for await (const piece of stream) pieces.push(piece);
    return pieces;
  };

  it('brings the same as a request over HTTP', async () => {
    await start({ answer: () => 'Cold as ice, they say.' });
    const [head, ...pieces] = await call({ ...chat, stream: true });
    expect(head).toMatchObject({ type: 'head', status: 200, headers: { 'content-type': 'text/event-stream' } });
    const text = pieces.map((piece) => piece.text).join('');
    const neutral = (events: string) => events.replace(/chatcmpl-\w+|"created":\d+/g, '');
    const http = await post(JSON.stringify({ ...chat, stream: true }));
    expect(neutral(text)).toBe(neutral(await http.text()));
    expect((await call({ ...chat, model: 'gone' }))[0]).toMatchObject({ type: 'head', status: 404 });
  });

  it('ends the work when the window closes', async () => {
    const ended = Promise.withResolvers<void>();
    await start({
      answer: () => '',
      async generate(request) {
        request.onPart?.({ type: 'text', text: 'x' });
        await stopped(request).finally(() => ended.resolve());
        return plainResult('');
      },
    });
    const path = '/v1/chat/completions';
    const body = JSON.stringify({ ...chat, stream: true });
    const stream = await api.v1.call(
      { method: 'POST', path, body },
      { actor: 'user', signal: new AbortController().signal },
    );
    for await (const piece of stream) if (piece.type === 'body') break;
    await ended.promise;
  });

  it('is not for programs', async () => {
    await start({ answer: () => '' });
    const stream = await api.v1.call(
      { method: 'GET', path: '/v1/models', body: null },
      { actor: 'api', signal: new AbortController().signal },
    );
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
