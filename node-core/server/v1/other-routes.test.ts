import OpenAI, { toFile } from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { parseMetrics } from '../../testing/parse-metrics.ts';
import { plainResult } from '../../testing/plain-result.ts';
import { type ScriptedApi, type ScriptedApiOptions, startScriptedApi } from '../../testing/scripted-api.ts';

let api: ScriptedApi;
afterEach(() => api.close());

const start = async (options: Partial<ScriptedApiOptions> = {}): Promise<OpenAI> => {
  api = await startScriptedApi({
    answer: ({ input }) => ('prompt' in input ? `<${input.prompt}>` : '<tokens>'),
    ...options,
  });
  return new OpenAI({ baseURL: api.url, apiKey: api.apiKey, maxRetries: 0 });
};
const model = 'scripted';

describe('a completion', () => {
  it('answers one prompt or many, each as often as asked', async () => {
    const openai = await start();
    const one = await openai.completions.create({ model, prompt: 'a' });
    expect(one).toMatchObject({
      object: 'text_completion',
      choices: [{ index: 0, text: '<a>', logprobs: null, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10 },
    });
    expect(api.asked[0]).toMatchObject({ input: { prompt: 'a' }, maxTokens: 16 });
    const many = await openai.completions.create({ model, prompt: ['a', 'b'], n: 2, seed: 5 });
    expect(many.choices.map(({ index, text }) => [index, text])).toEqual([
      [0, '<a>'],
      [1, '<a>'],
      [2, '<b>'],
      [3, '<b>'],
    ]);
    expect(many.usage).toMatchObject({ prompt_tokens: 20, completion_tokens: 4 });
    expect(api.asked.slice(1).map(({ seed }) => seed)).toEqual([5, 6, 5, 6]);
  });

  it('takes tokens and repeats what it was given', async () => {
    const openai = await start({ detokenize: async (tokens) => `[${tokens.join(' ')}]` });
    const { choices } = await openai.completions.create({ model, prompt: [[1, 2], [3]], echo: true });
    expect(choices.map(({ text }) => text)).toEqual(['[1 2]<tokens>', '[3]<tokens>']);
    expect(api.asked.map(({ input }) => input)).toEqual([{ tokens: [1, 2] }, { tokens: [3] }]);
    await openai.completions.create({ model, prompt: [4, 5] });
    expect(api.asked.at(-1)?.input).toEqual({ tokens: [4, 5] });
  });

  it('tells probabilities in the older form, whole and streamed', async () => {
    const token = (text: string) => ({
      token: 7,
      text,
      bytes: [],
      logprob: -0.5,
      top: [{ token: 8, text: 'x', bytes: [], logprob: -1 }],
    });
    const told = [token('Co'), token('ld')];
    const openai = await start({
      async generate({ onPart }) {
        for (const each of told) onPart?.({ type: 'text', text: each.text, logprobs: [each] });
        return plainResult('Cold', { logprobs: told });
      },
    });
    const { choices } = await openai.completions.create({ model, prompt: 'a', logprobs: 1 });
    const expected = {
      tokens: ['Co', 'ld'],
      token_logprobs: [-0.5, -0.5],
      top_logprobs: [{ x: -1 }, { x: -1 }],
      text_offset: [0, 2],
    };
    expect(choices[0]?.logprobs).toEqual(expected);
    const offsets: number[] = [];
    for await (const chunk of await openai.completions.create({ model, prompt: 'a', logprobs: 1, stream: true }))
      offsets.push(...(chunk.choices[0]?.logprobs?.text_offset ?? []));
    expect(offsets).toEqual(expected.text_offset);
  });

  it('is streamed with its end and usage', async () => {
    const openai = await start({ answer: () => 'a longer answer in pieces' });
    const chunks: OpenAI.Completion[] = [];
    for await (const chunk of await openai.completions.create({
      model,
      prompt: ['a', 'b'],
      echo: true,
      stream: true,
      stream_options: { include_usage: true },
    }))
      chunks.push(chunk);
    const textOf = (wanted: number) =>
      chunks
        .flatMap(({ choices }) => choices.filter(({ index }) => index === wanted))
        .map(({ text }) => text)
        .join('');
    expect([textOf(0), textOf(1)]).toEqual(['aa longer answer in pieces', 'ba longer answer in pieces']);
    expect(chunks.flatMap(({ choices }) => choices.map((choice) => choice.finish_reason)).filter(Boolean)).toHaveLength(
      2,
    );
    expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 20, completion_tokens: 6 });
  });

  it.each([
    ['suffix', { suffix: 'end' }],
    ['best_of', { best_of: 3 }],
    ['n', { n: 33 }],
    ['echo', { echo: true, logprobs: 1 }],
    ['prompt', { prompt: [] }],
  ])('refuses %s by its name', async (param, body) => {
    const openai = await start();
    await expect(openai.completions.create({ model, prompt: 'a', ...body })).rejects.toMatchObject({
      status: 400,
      param,
    });
  });
});

describe('files', () => {
  it('are kept, listed, read and deleted', async () => {
    const openai = await start();
    const bytes = Buffer.from([0, 255, 1, 254, 10]);
    const file = await openai.files.create({ purpose: 'user_data', file: await toFile(bytes, '../../etc/päss.bin') });
    expect(file).toMatchObject({
      object: 'file',
      bytes: 5,
      filename: 'päss.bin',
      purpose: 'user_data',
      status: 'processed',
    });
    const other = await openai.files.create({ purpose: 'batch', file: await toFile(Buffer.alloc(3_000_000, 7), 'b') });
    expect((await openai.files.list()).data.map(({ id }) => id)).toEqual([other.id, file.id]);
    expect((await openai.files.list({ purpose: 'batch' })).data.map(({ id }) => id)).toEqual([other.id]);
    expect((await openai.files.list({ limit: 1, after: other.id })).data.map(({ id }) => id)).toEqual([file.id]);
    expect(await openai.files.retrieve(file.id)).toEqual(file);
    const content = await openai.files.content(file.id);
    expect(Buffer.from(await content.arrayBuffer()).equals(bytes)).toBe(true);
    expect(content.headers.get('content-disposition')).toBe('attachment');
    expect(await openai.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
    await expect(openai.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
    await expect(openai.files.content(file.id)).rejects.toMatchObject({ status: 404 });
  });

  it('are refused where they are no form, too large or of no purpose', async () => {
    await start();
    const post = (body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(`${api.url}/files`, { method: 'POST', body, headers });
    expect((await post('{}', { 'content-type': 'application/json' })).status).toBe(400);
    const broken = await post('no form', { 'content-type': 'multipart/form-data; boundary=x' });
    expect(broken.status).toBe(400);
    const form = new FormData();
    form.set('file', new File(['x'], 'x.txt'));
    form.set('purpose', 'fun');
    expect(await (await post(form)).json()).toMatchObject({ error: { param: 'purpose' } });
    form.set('purpose', 'batch');
    form.set('expires_after[anchor]', 'created_at');
    expect(await (await post(form)).json()).toMatchObject({ error: { param: 'expires_after[anchor]' } });
    form.delete('expires_after[anchor]');
    form.set('file', 'only text');
    expect(await (await post(form)).json()).toMatchObject({ error: { param: 'file' } });
    form.set('file', new File([new Uint8Array(65 * 1024 * 1024)], 'large'));
    expect((await post(form)).status).toBe(413);
  });
});

describe('metrics', () => {
  it('are numbers that a scraper reads', async () => {
    const openai = await start({
      metrics: () => ({
        requests: { done: 3, failed: 1, cancelled: 0, refused: 2 },
        tokens: { prompt: 30, cached: 10, output: 9 },
        draft: { proposed: 8, accepted: 5 },
        loads: { count: 1, failed: 0, evicted: 0, seconds: 0.25 },
        hostRestarts: 0,
        queued: 4,
        active: 1,
        loaded: [{ id: 'a "model"\n', memory: 1_000, active: 1, queued: 4 }],
      }),
    });
    await openai.completions.create({ model, prompt: 'never told' });
    await expect(openai.models.retrieve('also-never-told')).rejects.toMatchObject({ status: 404 });
    const answer = await fetch(api.url.replace('/v1', '/metrics'));
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    const lines = text.trimEnd().split('\n');
    const families = parseMetrics(text);
    expect(families.get('jan_model_memory_bytes')).toMatchObject({
      type: 'gauge',
      samples: [{ labels: { model: 'a "model"\n' }, value: 1_000 }],
    });
    expect(families.get('jan_http_first_token_seconds')).toMatchObject({
      type: 'summary',
      samples: [{ value: expect.any(Number) }, { name: 'jan_http_first_token_seconds_count', value: 1 }],
    });
    expect(lines).toContain('jan_http_requests_total{method="POST",path="/v1/completions",status="200"} 1');
    expect(lines).toContain('jan_http_requests_total{method="GET",path="/v1/models/:id",status="404"} 1');
    expect(lines).toContain('jan_http_tokens_total{kind="prompt"} 10');
    expect(lines).toContain('jan_inference_requests_total{result="refused"} 2');
    expect(lines).toContain('jan_model_memory_bytes{model="a \\"model\\"\\n"} 1000');
    expect(text).not.toContain('never');
  });
});

describe('models', () => {
  it('say what they can do, and are not deleted by programs', async () => {
    const openai = await start();
    expect(await openai.models.retrieve(model)).toMatchObject({
      id: model,
      object: 'model',
      kind: 'chat',
      context_length: null,
    });
    await expect(openai.models.delete(model)).rejects.toMatchObject({ status: 403 });
    await expect(openai.embeddings.create({ model, input: 'x' })).rejects.toMatchObject({
      status: 400,
      param: 'model',
    });
  });
});
