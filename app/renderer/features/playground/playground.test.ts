import { describe, expect, test } from 'vitest';
import { buildRequest, curlOf, type PlayForm } from './request.ts';
import { createReader, probability } from './response.ts';

const form: PlayForm = {
  modelId: null,
  system: '',
  messages: [{ id: 1, role: 'user', text: 'Hello' }],
  params: {},
  stop: '',
  schema: '',
  tools: '',
  stream: false,
  logprobs: false,
};
const bodyOf = (patch: Partial<PlayForm>): unknown => {
  const built = buildRequest({ ...form, ...patch }, 'm');
  if (!built.ok) throw new Error(built.message);
  return JSON.parse(built.body);
};

describe('the request', () => {
  test('says only what was set', () => {
    expect(bodyOf({})).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hello' }] });
  });

  test('has everything that was set, by the names of the API', () => {
    expect(
      bodyOf({
        system: 'Be brief.',
        params: { temperature: 0.2, top_k: 40, max_completion_tokens: 16, seed: 7 },
        stop: 'END\n\n###',
        schema: '{"type":"object"}',
        tools: '[{"name":"now"},{"type":"function","function":{"name":"then"}}]',
        stream: true,
        logprobs: true,
      }),
    ).toEqual({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      temperature: 0.2,
      top_k: 40,
      max_completion_tokens: 16,
      seed: 7,
      stop: ['END', '###'],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: { type: 'object' } },
      },
      tools: [
        { type: 'function', function: { name: 'now' } },
        { type: 'function', function: { name: 'then' } },
      ],
      logprobs: true,
      top_logprobs: 5,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  test.each([
    [{ messages: [] }, 'messages'],
    [{ messages: [{ id: 1, role: 'user', text: '' }], system: 'x' }, 'messages'],
    [{ schema: '{' }, 'schema'],
    [{ schema: '[]' }, 'schema'],
    [{ tools: '{}' }, 'tools'],
  ] satisfies [Partial<PlayForm>, string][])('%j is refused at its field', (patch, field) => {
    expect(buildRequest({ ...form, ...patch }, 'm')).toMatchObject({ ok: false, field });
  });

  test('for a terminal: quotes survive the shell, the key is not in it', () => {
    expect(curlOf('http://127.0.0.1:1', `{"a":"it's"}`)).toBe(
      String.raw`curl http://127.0.0.1:1/v1/chat/completions \
  -H "Authorization: Bearer $JAN_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"a":"it'\''s"}'`,
    );
  });
});

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const delta = (inner: unknown, more: object = {}) => event({ choices: [{ index: 0, delta: inner, ...more }] });

describe('the response', () => {
  test('a stream reads the same however it is cut', () => {
    const stream =
      delta({ role: 'assistant', content: '' }) +
      delta({ reasoning_content: 'Hm.' }) +
      delta(
        { content: 'Ä' },
        { logprobs: { content: [{ token: 'Ä', logprob: -0.1, top_logprobs: [{ token: 'A', logprob: -2 }] }] } },
      ) +
      delta({ content: ' b' }) +
      delta({ tool_calls: [{ index: 0, function: { name: 'now', arguments: '{"a' } }] }) +
      delta({ tool_calls: [{ index: 0, function: { arguments: '":1}' } }] }) +
      delta({}, { finish_reason: 'tool_calls' }) +
      event({
        choices: [],
        usage: { prompt_tokens: 9, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 5 } },
        timings: { first_token_ms: 12, predicted_per_second: 80.5, draft_n: 8, draft_n_accepted: 3 },
      }) +
      'data: [DONE]\n\n';
    for (const size of [1, 2, 3, 17, stream.length]) {
      const reader = createReader(true);
      for (let from = 0; from < stream.length; from += size) reader.push(stream.slice(from, from + size));
      reader.end();
      expect(reader.reading()).toEqual({
        text: 'Ä b',
        reasoning: 'Hm.',
        toolCalls: [{ name: 'now', arguments: '{"a":1}' }],
        tokens: [{ text: 'Ä', logprob: -0.1, others: [{ text: 'A', logprob: -2 }] }],
        finish: 'tool_calls',
        usage: { prompt: 9, cached: 5, output: 4 },
        timings: { firstTokenMs: 12, speed: 80.5, drafted: 8, accepted: 3 },
        error: null,
      });
    }
  });

  test('a token that is a part of a letter shows its bytes', () => {
    const reader = createReader(false);
    const token = { token: '\ufffd', bytes: [0xe2, 0x9], logprob: -1 };
    reader.push(
      JSON.stringify({
        choices: [
          { message: {}, logprobs: { content: [{ ...token, top_logprobs: [{ token: '\ufffd', logprob: -1 }] }] } },
        ],
      }),
    );
    reader.end();
    expect(reader.reading().tokens).toEqual([
      { text: '<0xE2><0x09>', logprob: -1, others: [{ text: '\ufffd', logprob: -1 }] },
    ]);
  });

  test('a whole answer and an error are read at their end', () => {
    const whole = createReader(false);
    whole.push('{"choices":[{"message":{"content":"Hi"},');
    whole.push('"finish_reason":"stop"}]}');
    whole.end();
    expect(whole.reading()).toMatchObject({ text: 'Hi', finish: 'stop', error: null });
    const failed = createReader(false);
    failed.push('{"error":{"code":"unsupported_schema","message":"No.","type":"invalid_request_error"}}');
    failed.end();
    expect(failed.reading().error).toEqual({ code: 'unsupported_schema', message: 'No.' });
  });

  test('what is no JSON is nothing, not a fault', () => {
    const reader = createReader(true);
    reader.push('data: {broken\n\n: comment\n\n');
    reader.end();
    expect(reader.reading().text).toBe('');
  });

  test('a logprob above zero, as rounding makes them, is certainty', () => {
    expect(probability(1e-9)).toBe(1);
    expect(probability(Math.log(0.25))).toBeCloseTo(0.25);
  });
});
