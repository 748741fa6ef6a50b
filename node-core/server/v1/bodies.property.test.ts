import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api.ts';

let api: ScriptedApi;
beforeAll(async () => {
  api = await startScriptedApi({
    answer: () => 'Hm.',
    countPrompt: async () => 1,
    tokenize: async () => [1],
    detokenize: async () => 'a',
  });
});
afterAll(() => api.close());

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('user', 'assistant', 'tool', 'text', 'function', 'auto'),
);
const scalar = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom('role', 'content', 'type', 'text', 'function', 'name', 'id', 'schema', 'arguments', '__proto__'),
      tie('any'),
      { maxKeys: 4 },
    ),
  ),
})).any;

const known: Readonly<Record<string, readonly string[]>> = {
  '/chat/completions': [
    'tools',
    'tool_choice',
    'response_format',
    'stop',
    'n',
    'logit_bias',
    'logprobs',
    'metadata',
    'stream_options',
    'seed',
  ],
  '/completions': ['prompt', 'stop', 'n', 'echo', 'logprobs', 'logit_bias', 'seed', 'max_tokens'],
  '/embeddings': ['input', 'dimensions', 'encoding_format'],
  '/messages': [
    'messages',
    'system',
    'tools',
    'tool_choice',
    'thinking',
    'output_config',
    'max_tokens',
    'stop_sequences',
  ],
  '/messages/count_tokens': ['messages', 'system', 'tools'],
  '/responses': [
    'input',
    'instructions',
    'tools',
    'tool_choice',
    'text',
    'reasoning',
    'include',
    'previous_response_id',
  ],
  '/conversations': ['items', 'metadata'],
  '/tokenize': ['content', 'parse_special'],
  '/detokenize': ['tokens'],
};
const started = {
  model: 'scripted',
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 2,
  prompt: 'a',
  content: 'a',
  input: 'a',
  tokens: [1],
};
const fieldsOf: Readonly<Record<string, readonly (keyof typeof started)[]>> = {
  '/chat/completions': ['model', 'messages'],
  '/completions': ['model', 'prompt'],
  '/embeddings': ['model'],
  '/messages': ['model', 'messages', 'max_tokens'],
  '/messages/count_tokens': ['model', 'messages'],
  '/responses': ['model', 'input'],
  '/conversations': [],
  '/tokenize': ['model', 'content'],
  '/detokenize': ['model', 'tokens'],
};

it.each(Object.keys(known))('%s answers or refuses whatever it is sent', async (path) => {
  const base = Object.fromEntries((fieldsOf[path] ?? []).map((field) => [field, started[field]]));
  const fields = fc.dictionary(fc.constantFrom(...(known[path] ?? []), 'model', 'messages', 'stream'), value, {
    maxKeys: 4,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fields.map((given) => ({ ...base, ...given })),
        value,
      ),
      async (body) => {
        const answer = await fetch(`${api.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
        const told = await answer.text();
        expect([200, 400, 403, 404], told).toContain(answer.status);
        if (answer.status >= 400)
          expect(
            z.object({ error: z.object({ message: z.string().min(10) }) }).safeParse(JSON.parse(told)).success,
          ).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
