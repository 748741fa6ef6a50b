import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../common/index.ts';
import { type Answer, chatChunk, type FakeEndpoint, startFakeEndpoint, streamChat } from '../testing/fake-endpoint.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';

let server: FakeEndpoint | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const KEY = 'sk-very-secret';
const open = async (answer: Answer): Promise<Endpoint> => {
  server = await startFakeEndpoint(answer);
  return createEndpoint({ id: 'far', name: 'Far', url: server.url, model: 'qwen', apiKey: KEY }, systemClock);
};
const ask = { input: { messages: [{ role: 'user', content: 'Hello' }] }, maxTokens: 50 } as const;
const status =
  (code: number, body: unknown): Answer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

describe('an OpenAI-compatible endpoint', () => {
  it('streams an answer and reports its tokens', async () => {
    const endpoint = await open((response) => streamChat(response, ['Hé', 'llo', ' 日本']));
    const pieces: string[] = [];
    const result = await endpoint.generate({
      ...ask,
      temperature: 0.5,
      seed: 4,
      stop: ['END'],
      onText: (piece) => pieces.push(piece),
    });
    expect(pieces).toEqual(['Hé', 'llo', ' 日本']);
    expect(result).toMatchObject({
      text: 'Héllo 日本',
      finishReason: 'stop',
      promptTokens: 11,
      outputTokens: 3,
      modelId: 'far',
    });
    expect(server?.requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${KEY}` },
      body: {
        model: 'qwen',
        messages: ask.input.messages,
        max_tokens: 50,
        temperature: 0.5,
        seed: 4,
        stop: ['END'],
        stream: true,
      },
    });
  });

  it('does not read an error to its end where it has none', async () => {
    let sent = 0;
    const endpoint = await open(async (response) => {
      response.writeHead(500, { 'content-type': 'application/json' }).on('error', () => undefined);
      const closed = new Promise<void>((done) => response.once('close', done));
      while (!response.destroyed) {
        const written = new Promise<void>((done) => response.write('x'.repeat(64 * 1024), () => done()));
        await Promise.race([written, closed]);
        sent += 64 * 1024;
      }
    });
    await expect(endpoint.generate(ask)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('puts together what the network cuts in the middle of a line and of a character', async () => {
    const endpoint = await open(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const bytes = Buffer.from(`: comment\r\n\r\n${chatChunk('日本')}${chatChunk('語', 'stop')}data: [DONE]\n\n`);
      for (const byte of bytes) {
        response.write(Buffer.from([byte]));
        if (byte > 0x7f) await new Promise((done) => setImmediate(done));
      }
      response.end();
    });
    expect((await endpoint.generate(ask)).text).toBe('日本語');
  });

  it('asks for the schema and checks what comes back', async () => {
    const schema = {
      type: 'object',
      properties: { n: { type: 'integer' } },
      required: ['n'],
      additionalProperties: false,
    };
    const good = await open((response) => streamChat(response, ['{"n":', '3}']));
    expect((await good.generate({ ...ask, schema })).text).toBe('{"n":3}');
    expect(server?.requests[0]?.body).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { strict: true, schema } },
    });
    await server?.close();
    const prose = await open((response) => streamChat(response, ['Sure! Here is your JSON']));
    await expect(prose.generate({ ...ask, schema })).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringContaining('did not answer in the JSON'),
    });
    await server?.close();
    const other = await open((response) => streamChat(response, ['{"m":1}']));
    expect(await other.generate({ ...ask, schema, unchecked: true })).toMatchObject({ text: '{"m":1}' });
    await expect(other.generate({ ...ask, schema })).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringContaining('another form'),
    });
  });

  it.each([
    [
      'a wrong key',
      status(401, { error: { message: `bad key ${KEY}`, code: 'invalid_api_key' } }),
      /refuses the API key.*right key/u,
    ],
    ['an unknown model', status(404, { error: { message: 'no' } }), /knows no model "qwen"/u],
    ['a busy server', status(429, {}), /too busy \(429\).*try again/u],
    [
      'a refused request',
      status(400, { error: { code: 'unsupported_value', message: KEY } }),
      /refuses the request \(400, unsupported_value\)/u,
    ],
    ['a broken server', status(500, 'oops'), /failed \(500\)/u],
    [
      'a redirect',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      /not followed/u,
    ],
    ['something else', (response) => void response.writeHead(200).end('data: <html>\n\n'), /no OpenAI stream/u],
    [
      'a stream without end',
      (response) => void response.writeHead(200).end(chatChunk('half an ans')),
      /broke off in the middle/u,
    ],
    [
      'a connection that dies',
      (response) => {
        response.writeHead(200);
        response.write(chatChunk('half'), () => response.socket?.resetAndDestroy());
      },
      /broke the connection.*still running/u,
    ],
  ] satisfies [string, Answer, RegExp][])('says what to do about %s, without the key', async (_what, answer, text) => {
    const endpoint = await open(answer);
    const error: unknown = await endpoint.generate(ask).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ENDPOINT_FAILED', message: expect.stringMatching(text) });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(KEY);
  });

  it('can not hold the core up with a text on which an expression tries for ever', async () => {
    const endpoint = await open((response) => streamChat(response, [JSON.stringify(`${'a'.repeat(40)}!`)]));
    const schema = { type: 'string', pattern: '^(a+)+$' };
    await expect(endpoint.generate({ ...ask, schema })).rejects.toMatchObject({ code: 'SCHEMA_UNSUPPORTED' });
  });

  it('says so when nobody listens', async () => {
    const endpoint = await open(() => undefined);
    await server?.close();
    await expect(endpoint.probe()).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringMatching(/does not answer at its address.*Start that server/u),
    });
  });

  it.each([
    ['OpenAI', { error: { code: 'context_length_exceeded' } }],
    ['llama-server', { error: { code: 400, type: 'exceed_context_size_error' } }],
    ['vLLM', { object: 'error', message: "This model's maximum context length is 8 tokens.", code: 400 }],
  ])('names a text that is too long for %s', async (_what, body) => {
    const endpoint = await open(status(400, body));
    await expect(endpoint.generate(ask)).rejects.toMatchObject({ code: 'CONTEXT_OVERFLOW' });
  });

  it('closes the connection when it is cancelled', async () => {
    const closed = Promise.withResolvers<void>();
    const endpoint = await open((response) => {
      response.on('close', () => closed.resolve());
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunk('on and on'));
    });
    const abort = new AbortController();
    const asked = endpoint.generate({ ...ask, signal: abort.signal, onText: () => abort.abort() });
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    await closed.promise;
  });

  it('refuses a grammar, which it could not hold the answer to', async () => {
    const endpoint = await open(() => undefined);
    await expect(endpoint.generate({ ...ask, grammar: 'root ::= "a"' })).rejects.toMatchObject({
      code: 'SCHEMA_UNSUPPORTED',
    });
    expect(server?.requests).toEqual([]);
  });

  it.each([
    ['http://127.0.0.1:1/v1', 'local-endpoint'],
    ['http://localhost:1/v1', 'local-endpoint'],
    ['http://[::1]:1/v1', 'local-endpoint'],
    ['https://127.0.0.1.example.com/v1', 'remote'],
    ['http://192.168.1.4:8080/v1', 'remote'],
  ])('knows where %s is', (url, place) => {
    expect(createEndpoint({ id: 'x', name: 'X', url, model: 'm', apiKey: null }, systemClock).place).toBe(place);
  });
});
