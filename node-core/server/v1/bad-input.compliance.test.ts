import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../common/index.ts';
import { forkHost, type HostProcess } from '../../inference/index.ts';
import { type ApiNode, startApiNode } from '../../testing/api-node.ts';
import { tinyGguf } from '../../testing/tiny-gguf.ts';

const hosts: HostProcess[] = [];
/** Milliseconds by which the clock of the machine was set. */
let clockSet = 0;
let root: string;
let node: ApiNode;
let openai: OpenAI;
let anthropic: Anthropic;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-bad-input-'));
  node = await startApiNode({
    clock: { now: () => systemClock.now() + clockSet, monotonic: systemClock.monotonic },
    spawnInferenceHost() {
      const host = forkHost();
      hosts.push(host);
      return host;
    },
  });
  openai = new OpenAI({ baseURL: node.api, apiKey: node.apiKey, maxRetries: 0 });
  anthropic = new Anthropic({ baseURL: node.url, apiKey: node.apiKey, maxRetries: 0 });
});
afterAll(async () => {
  await node.stop();
  rmSync(root, { recursive: true, force: true });
});

const messages = [{ role: 'user' as const, content: 'Hello there' }];
const post = (path: string, body: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${node.api}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${node.apiKey}`, 'content-type': 'application/json' },
    body,
  });
const alive = async () => {
  const { choices } = await openai.chat.completions.create({ model: node.chatModel, messages, max_tokens: 2 });
  expect(choices).toHaveLength(1);
  expect(await node.client.models.status()).toMatchObject({ active: 0, queued: 0 });
};

describe('every address', () => {
  it.each([
    'chat/completions',
    'completions',
    'embeddings',
    'responses',
    'responses/input_tokens',
    'conversations',
    'tokenize',
    'detokenize',
    'messages',
    'messages/count_tokens',
  ])('%s refuses what is no UTF-8, no JSON and no object, under an id', async (path) => {
    const bytes = new TextEncoder().encode(`{"model":"${node.chatModel}","input":"x"}`);
    bytes[bytes.length - 3] = 0xff;
    for (const body of [bytes, '{"model":', '"a text"']) {
      const answer = await post(path, body);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
      const told: unknown = await answer.json();
      expect(told).toMatchObject(
        path.startsWith('messages')
          ? { type: 'error', error: { type: 'invalid_request_error' } }
          : { error: { type: 'invalid_request_error', message: expect.any(String) } },
      );
    }
  });

  it('tells a prompt that is longer than the context apart from what else can be wrong', async () => {
    const long = 'word '.repeat(5_000);
    await expect(
      openai.completions.create({ model: node.chatModel, prompt: long, stream: true }),
    ).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded', param: 'prompt' });
    await expect(
      anthropic.messages.create({ model: node.chatModel, max_tokens: 4, messages: [{ role: 'user', content: long }] }),
    ).rejects.toMatchObject({ status: 400, error: { error: { type: 'invalid_request_error' } } });
    await alive();
  });

  it('says which keyword of a schema can not be held', async () => {
    const schema = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
    await expect(
      openai.responses.create({
        model: node.chatModel,
        input: 'Hi',
        text: { format: { type: 'json_schema', name: 'x', schema } },
      }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('$ref') });
    await expect(
      anthropic.messages.create({
        model: node.chatModel,
        max_tokens: 8,
        messages,
        output_config: { format: { type: 'json_schema', schema: { type: 'array', items: {}, uniqueItems: true } } },
      }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('uniqueItems') });
  });

  it('splits a text into tokens and puts it together again', async () => {
    const content = 'The harbour, the bridge: ü, 漢字.';
    const split = await openai.post<{ tokens: number[]; count: number }>('/tokenize', {
      body: { model: node.chatModel, content },
    });
    expect(split.tokens).toHaveLength(split.count);
    expect(await openai.post('/detokenize', { body: { model: node.chatModel, tokens: split.tokens } })).toMatchObject({
      content,
    });
    await expect(
      openai.post('/detokenize', { body: { model: node.chatModel, tokens: [99_999_999] } }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it('tells how much of a prompt was in memory', async () => {
    const prompt = 'A long beginning that two requests share, word for word, and then some more of it.';
    const complete = () => openai.completions.create({ model: node.chatModel, prompt, max_tokens: 2 });
    await complete();
    expect((await complete()).usage?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(0);
    const respond = () => openai.responses.create({ model: node.chatModel, input: prompt, max_output_tokens: 2 });
    await respond();
    expect((await respond()).usage?.input_tokens_details.cached_tokens).toBeGreaterThan(0);
  });
});

describe('the file of a model', () => {
  const loads = async (): Promise<string[]> => {
    const answer = await fetch(`${node.url}/metrics`, { headers: { authorization: `Bearer ${node.apiKey}` } });
    return (await answer.text()).split('\n').filter((line) => line.startsWith('jan_model_loads'));
  };
  const good = tinyGguf();
  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is cut short', good.subarray(0, Math.floor(good.length / 2))],
    ['is cut in its header', good.subarray(0, 40)],
    ['is something else', Buffer.from('<!doctype html><title>Sign in</title>')],
    ['is of an architecture that is not known', tinyGguf({ architecture: 'unheard-of' })],
  ])('that %s is refused by name, when it is added and when it came to be so later', async (name, bytes) => {
    const bad = join(root, 'bad.gguf');
    writeFileSync(bad, bytes);
    await expect(node.client.models.addFile({ path: bad })).rejects.toMatchObject({ code: 'MODEL_FILE_INVALID' });
    const later = join(root, `${name.replaceAll(' ', '-')}.gguf`);
    writeFileSync(later, good);
    const { id } = await node.client.models.addFile({ path: later });
    writeFileSync(later, bytes);
    const asking = openai.chat.completions.create({ model: id, messages, max_tokens: 2 });
    await expect(asking).rejects.toMatchObject({ status: 400, code: 'model_file_invalid' });
    await alive();
    await node.client.models.remove({ id });
  });

  it('that is larger than the memory is refused before it is loaded, with numbers', async () => {
    const path = join(root, 'huge.gguf');
    writeFileSync(path, good);
    // Holes: it takes no room on the disk.
    truncateSync(path, 2 ** 40);
    const { id } = await node.client.models.addFile({ path });
    const before = await loads();
    await expect(openai.chat.completions.create({ model: id, messages })).rejects.toMatchObject({
      code: 'model_too_large',
      message: expect.stringMatching(/\d.*GB.*\d/),
    });
    expect(await loads()).toEqual(before);
    expect(before).not.toEqual([]);
    await alive();
    await node.client.models.remove({ id });
  });
});

describe('the end of the model process', () => {
  const endless = { type: 'array', items: { enum: ['a'] }, minItems: 900 };

  it('in the middle of a streamed response is told as its failure', async () => {
    const stream = await openai.responses.create({
      model: node.chatModel,
      input: 'Hi',
      stream: true,
      text: { format: { type: 'json_schema', name: 'x', schema: endless } },
    });
    const seen: string[] = [];
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta' && !seen.includes(event.type)) hosts.at(-1)?.kill();
      seen.push(event.type);
      if (event.type === 'response.failed') expect(event.response.error?.code).toBe('server_error');
    }
    expect(seen.at(-1)).toBe('response.failed');
    await alive();
  });

  it('in the middle of a streamed message is an error that the library throws', async () => {
    const stream = anthropic.messages.stream({
      model: node.chatModel,
      max_tokens: 1_900,
      messages,
      output_config: { format: { type: 'json_schema', schema: endless } },
    });
    stream.once('text', () => hosts.at(-1)?.kill());
    await expect(stream.finalMessage()).rejects.toThrow(/model process/);
    await alive();
  });

  it('is a status where the answer is not streamed, and others that ask then are answered', async () => {
    const asked = openai.chat.completions.create({
      model: node.chatModel,
      messages,
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: endless } },
    });
    const failed = asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    await expect.poll(async () => (await node.client.models.status()).active).toBe(1);
    hosts.at(-1)?.kill();
    expect(await failed).toMatchObject({ status: 503, code: 'inference_crashed' });
    await alive();
  });
});

describe('a clock that is set', () => {
  it('forward and back loses nothing, ends no answer and gives no key more than it has', async () => {
    const { key, entry } = await node.client.keys.create({
      name: 'editor',
      limits: { requestsPerMinute: 3, tokensInAll: 100_000 },
    });
    const limited = new OpenAI({ baseURL: node.api, apiKey: key, maxRetries: 0 });
    const kept = await limited.responses.create({ model: node.chatModel, input: 'Keep this', max_output_tokens: 4 });
    const stream = await limited.chat.completions.create({
      model: node.chatModel,
      messages,
      max_tokens: 200,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    });
    let pieces = 0;
    let total = 0;
    for await (const { usage } of stream) {
      pieces += 1;
      if (pieces === 3) clockSet = 20 * 86_400_000;
      if (pieces === 6) clockSet = -400 * 86_400_000;
      total = usage?.total_tokens ?? total;
    }
    expect(total).toBeGreaterThan(pieces / 2);
    await limited.completions.create({ model: node.chatModel, prompt: 'Once', max_tokens: 2 });
    await expect(limited.completions.create({ model: node.chatModel, prompt: 'x' })).rejects.toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
    });
    clockSet = 0;
    expect((await openai.responses.retrieve(kept.id)).output_text).toBe(kept.output_text);
    const today = new Date();
    const far = (years: number) => new Date(today.getFullYear() + years, 0, 1).toISOString().slice(0, 10);
    const { rows } = await node.client.usage.report({ from: far(-3), to: far(3) });
    const own = rows.filter(({ keyId }) => keyId === entry.id);
    expect(own.reduce((sum, { requests }) => sum + requests, 0)).toBe(4);
    expect(own.reduce((sum, row) => sum + row.promptTokens + row.outputTokens, 0)).toBeGreaterThan(total);
    await alive();
  });
});
