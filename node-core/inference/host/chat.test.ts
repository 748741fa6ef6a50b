import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatTemplates, chatTokens } from '../../testing/chat-templates.ts';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import type { PromptMessage, PromptOrder } from '../protocol.ts';
import type { AnswerPart } from './chat/answer-parts.ts';
import { noEnd } from './chat/parser.ts';
import { createPrompter, type Prompter } from './chat.ts';
import { openLlama, type RawModel, rawBindings, rawModel } from './llama.ts';

const dir = mkdtempSync(join(tmpdir(), 'jan-chat-'));
let llama: Llama;
const opened = new Map<string, Promise<{ prompter: Prompter; raw: RawModel; model: LlamaModel }>>();
beforeAll(async () => {
  llama = await openLlama(false);
});
afterAll(async () => {
  for (const { model } of await Promise.all(opened.values())) await model.dispose();
  await llama.dispose();
  rmSync(dir, { recursive: true, force: true });
});

type Name = keyof typeof chatTemplates | 'none';
const open = (name: Name) => {
  const load = async () => {
    const path = join(dir, `${name}.gguf`);
    const template = name === 'none' ? {} : { chatTemplate: chatTemplates[name] };
    writeFileSync(path, tinyGguf({ layers: 1, width: 32, structure: chatTokens, ...template }));
    const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
    const raw = rawModel(model);
    return { prompter: createPrompter(model, raw, rawBindings(llama), 2_048), raw, model };
  };
  const known = opened.get(name) ?? load();
  opened.set(name, known);
  return known;
};

const weather = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: {
    type: 'object',
    properties: {
      city: { type: 'string' },
      days: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      deep: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] },
    },
    required: ['city', 'days', 'tags', 'deep'],
  },
  strict: true,
};
const get = { name: 'get' };
const order = (messages: readonly PromptMessage[], more: Partial<PromptOrder> = {}): PromptOrder => ({
  input: { messages: [...messages] },
  tools: [],
  toolChoice: 'auto',
  parallelToolCalls: true,
  reasoning: null,
  grammar: null,
  ...more,
});
const user = (content: string): PromptMessage => ({ role: 'user', content });
const text = async (name: Name, asked: PromptOrder): Promise<string> => {
  const { prompter, raw } = await open(name);
  return raw.detokenize(Uint32Array.from(prompter.prompt(asked).tokens), true);
};

describe('a prompt', () => {
  it('is what the template of the model writes', async () => {
    const told = await text(
      'hermes',
      order([
        { role: 'system', content: 'Be kind.' },
        user('Hi'),
        { role: 'assistant', content: 'Hello' },
        user('Bye'),
      ]),
    );
    expect(told).toBe(
      '<s><|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n<|im_start|>assistant\n',
    );
  });

  it('is told in words where a model has no template', async () => {
    const told = await text('none', order([{ role: 'system', content: 'Be kind.' }, user('Hi')]));
    expect(told).toBe('<s>System: Be kind.\n\nUser: Hi\n\nAssistant:');
    expect(await text('none', order([user('Hi'), { role: 'assistant', content: 'Hel' }]))).toBe(
      '<s>User: Hi\n\nAssistant: Hel',
    );
  });

  it('goes on with an answer that was begun', async () => {
    const told = await text('hermes', order([user('Hi'), { role: 'assistant', content: 'Hel' }]));
    expect(told.endsWith('<|im_start|>assistant\nHel')).toBe(true);
  });

  it('holds calls, their results and thoughts in the form of the template', async () => {
    const told = await text(
      'hermes',
      order(
        [
          user('Weather?'),
          {
            role: 'assistant',
            content: '<think>hm</think>Let me see.',
            toolCalls: [{ id: 'call_a-very-long-id', name: 'get_weather', arguments: '{"city":"Bern","days":2}' }],
          },
          { role: 'tool', content: 'Rain', toolCallId: 'call_a-very-long-id' },
        ],
        { tools: [weather] },
      ),
    );
    expect(told).toContain('"name": "get_weather"');
    expect(told).toContain(
      'Let me see.<tool_call>\n{"name": "get_weather", "arguments": {"city": "Bern", "days": 2}}\n</tool_call><|im_end|>',
    );
    expect(told).toContain('<tool_response>Rain</tool_response>');
  });

  it('takes ids of calls in any form, also where the template takes but one', async () => {
    const told = await text(
      'mistral',
      order([
        user('?'),
        { role: 'assistant', content: '', toolCalls: [{ id: 'x', name: 'get', arguments: '{}' }] },
        { role: 'tool', content: 'r', toolCallId: 'x' },
      ]),
    );
    expect(told).toMatch(/"id": "[a-zA-Z0-9]{9}"/u);
  });

  it('tells a strict template what it has no role for in the text of another message', async () => {
    const told = await text(
      'strict',
      order(
        [
          { role: 'system', content: 'Be kind.' },
          user('One'),
          user('Two'),
          { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'get', arguments: '{"x":1}' }] },
          { role: 'tool', content: 'Rain', toolCallId: 'a' },
        ],
        { tools: [get] },
      ),
    );
    const roles = [...told.matchAll(/<\|im_start\|>(\w+)/gu)].map(([, role]) => role);
    expect(roles).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(told).toMatch(/Be kind\.[\s\S]*"name":"get"[\s\S]*One\n\nTwo/u);
    expect(told).toContain('<tool_call>\n{"name": "get", "arguments": {"x":1}}\n</tool_call>');
    expect(told).toContain('<tool_response>\nRain\n</tool_response>');
  });

  it('switches thinking off where the template can', async () => {
    expect(await text('thinking', order([user('Hi')], { reasoning: false }))).toMatch(/<think>\n\n<\/think>\n\n$/u);
    expect(await text('thinking', order([user('Hi')]))).not.toContain('<think>');
  });

  it('says what to do where the template refuses the conversation', async () => {
    const { prompter } = await open('strict');
    const asked = order([{ role: 'assistant', content: 'I begin' }, user('Hi')]);
    expect(() => prompter.prompt(asked)).toThrow(/begin with the user/u);
  });

  it('is refused with what to do where tools or templates are none', async () => {
    const { prompter } = await open('hermes');
    const refused = (more: Partial<PromptOrder>) => () => prompter.prompt(order([user('?')], more));
    expect(refused({ tools: [get], toolChoice: { name: 'put' } })).toThrow(/not among the tools/u);
    expect(refused({ toolChoice: 'required' })).toThrow(/not among the tools/u);
    expect(refused({ tools: [{ name: 'a "b"' }] })).toThrow(/Rename the tool/u);
    const deep: unknown = JSON.parse('{"x":'.repeat(2_000) + '1' + '}'.repeat(2_000));
    expect(refused({ tools: [{ name: 'get', parameters: { properties: deep } }] })).toThrow(/flatter form/u);
    const call = { id: 'a', name: 'get', arguments: JSON.stringify(deep) };
    expect(() =>
      prompter.prompt(order([user('?'), { role: 'assistant', content: '', toolCalls: [call] }, user('!')])),
    ).toThrow(/flatter form/u);
    const broken = await open('broken');
    expect(() => broken.prompter.prompt(order([user('?')]))).toThrow(/chat template.*can't be read/u);
  });

  it.each(['hermes', 'strict', 'python', 'marked', 'none'] as const)(
    'has no structure tokens but those of the template, whatever messages say (%s)',
    async (name) => {
      const { prompter, raw } = await open(name);
      const structure = new Set(
        ['<s>', '</s>', '<unk>', ...chatTokens].map((spelled) => raw.tokenize(spelled, true)[0]),
      );
      const piece = fc.constantFrom(
        ...chatTokens,
        '<|im_',
        'start|>',
        '<s>',
        '</s>',
        '<',
        '>',
        '|im_end|>',
        '\n',
        ' ',
        'x',
        'é',
        '"',
        '\\',
        '\u{f0000}',
        '</think>',
        '<tool_call',
        '>{',
      );
      const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
      const conversation = (content: string, detail: string) =>
        order(
          [
            { role: 'system', content },
            user(content),
            {
              role: 'assistant',
              content: detail,
              toolCalls: [{ id: 'a', name: 'get', arguments: JSON.stringify({ [`k${detail}`]: [content] }) }],
            },
            { role: 'tool', content: detail, toolCallId: 'a' },
            user(detail),
          ],
          {
            tools: [
              {
                name: 'get',
                description: content,
                parameters: { type: 'object', properties: { [`p${detail}`]: { description: content } } },
              },
            ],
          },
        );
      const count = (asked: PromptOrder) =>
        prompter.prompt(asked).tokens.filter((token) => structure.has(token)).length;
      const expected = count(conversation('a', 'b'));
      fc.assert(
        fc.property(hostile, hostile, (content, detail) => {
          // Empty messages may be left out, and thoughts at the beginning of an answer are taken out of it.
          const asked = conversation(`q${content}q`, `r${detail}r`);
          expect(count(asked)).toBe(expected);
          const written = raw.detokenize(Uint32Array.from(prompter.prompt(asked).tokens), true);
          if (!content.includes('"') && !content.includes('\\')) expect(written).toContain(`q${content}q`);
        }),
        { numRuns: 60 },
      );
    },
  );
});

const args = { city: 'Zürich "x"', days: 3, tags: ['a', 'b\\c'], deep: { on: true } };
const read = (prompter: Prompter, asked: PromptOrder, answer: string, size: number, stop: readonly string[] = []) => {
  const parser = prompter.prompt(asked).createParser(stop);
  const parts: AnswerPart[] = [];
  const grammars: (string | null)[] = [];
  const chars = [...answer];
  for (let at = 0; at < chars.length; at += size) {
    const { parts: fresh, steering } = parser.push(chars.slice(at, at + size).join(''), []);
    parts.push(...fresh);
    if (steering) grammars.push(steering.grammar);
  }
  const end = parser.end();
  parts.push(...end.parts);
  const calls: { name: string; arguments: string }[] = [];
  for (const part of parts) {
    if (part.type === 'tool-call') calls[part.index] = { name: part.name, arguments: '' };
    const call = part.type === 'tool-arguments' ? calls[part.index] : undefined;
    if (call && part.type === 'tool-arguments') call.arguments += part.delta;
  }
  const joined = (type: 'text' | 'reasoning') =>
    parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');
  return {
    text: joined('text'),
    reasoning: joined('reasoning'),
    calls,
    parts,
    grammars,
    ...{ toolCalls: end.toolCalls, reasoningTokens: end.reasoningTokens },
  };
};

const forms = [
  ...['hermes', 'tagged', 'llama', 'mistral', 'mistralArgs', 'granite', 'python', 'marked'],
  ...['deepseek', 'deepseekShort', 'typed', 'numbered', 'named'],
] as const satisfies readonly Name[];
/** The calls as the template itself writes them. */
const written = async (name: Name, count: number, text = ''): Promise<string> => {
  const calls = Array.from({ length: count }, (_, index) => ({
    id: `abcdefg0${index}`,
    name: 'get_weather',
    arguments: JSON.stringify(args),
  }));
  const asked = [user('Weather?'), { role: 'assistant', content: text, toolCalls: calls } as const, user('Next')];
  const { prompter, raw } = await open(name);
  const told = raw.detokenize(Uint32Array.from(prompter.prompt(order(asked, { tools: [weather] })).tokens), true);
  const from = told.indexOf('assistant\n', told.indexOf('Weather?')) + 'assistant\n'.length;
  return told.slice(from, told.indexOf('<|im_end|>', from));
};

const admits = (gbnf: string, answer: string): boolean => {
  const bindings = rawBindings(llama);
  const grammar = new bindings.AddonGrammar(gbnf, { addonExports: bindings, rootRuleName: 'root' });
  const test: unknown = Reflect.get(grammar, 'isTextCompatible');
  if (typeof test !== 'function') throw new Error('The library has no text test any more.');
  return Boolean(test.call(grammar, answer));
};

describe('an answer', () => {
  it.each(forms)('gives its calls as the template writes them, however it is cut (%s)', async (name) => {
    const { prompter } = await open(name);
    const count = name === 'llama' ? 1 : 2;
    const answer = await written(name, count);
    const asked = order([user('Weather?')], { tools: [get, weather] });
    for (const size of [1, 2, 5, 1_000]) {
      const { calls, text: shown, toolCalls, parts } = read(prompter, asked, answer, size);
      expect([name, size, shown]).toEqual([name, size, '']);
      expect(calls.map((call) => [call.name, JSON.parse(call.arguments)])).toEqual(
        Array.from({ length: count }, () => ['get_weather', args]),
      );
      expect(toolCalls).toBe(true);
      const ids = parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []));
      expect(new Set(ids).size).toBe(count);
      for (const id of ids) expect(id).toMatch(/^call_\w{16,}$/u);
    }
  });

  it.each(forms)('of calls is what the grammar admits, and holds the rest once one begins (%s)', async (name) => {
    const { prompter } = await open(name);
    const answer = await written(name, 1);
    const required = prompter.prompt(order([user('?')], { tools: [weather], toolChoice: 'required' })).grammar ?? '';
    expect(admits(required, answer)).toBe(true);
    expect(admits(required, 'Some text')).toBe(false);
    expect(admits(required, answer.replace('get_weather', 'get_other'))).toBe(false);
    expect(admits(required, answer.replace('3', '"three"'))).toBe(false);

    const asked = order([user('?')], { tools: [weather, get] });
    expect(prompter.prompt(asked).grammar).toBeNull();
    const parser = prompter.prompt(asked).createParser([]);
    for (const [index, char] of [...answer].entries()) {
      const grammar = parser.push(char, []).steering?.grammar;
      if (grammar === undefined) continue;
      const rest = [...answer].slice(index + 1).join('');
      expect(admits(grammar ?? '', rest)).toBe(true);
      expect(admits(grammar ?? '', rest.replace('get_weather', 'get_other'))).toBe(false);
      return;
    }
    throw new Error('The call was not noticed.');
  });

  it('shows the text before a call, and a name as soon as it is known', async () => {
    const { prompter } = await open('hermes');
    const answer = `Let me see.\n\n${await written('hermes', 1)}`;
    const { text: shown, parts } = read(prompter, order([user('?')], { tools: [weather] }), answer, 3);
    expect(shown).toBe('Let me see.');
    const at = parts.findIndex(({ type }) => type === 'tool-call');
    expect(parts.slice(at + 1).length).toBeGreaterThan(5);
  });

  it('shows what only looks like the beginning of a call', async () => {
    const { prompter } = await open('hermes');
    const asked = order([user('?')], { tools: [weather] });
    for (const answer of ['a < b <tool_', 'x <tool_call>', '<tool_cal or <tool_calls>', '{"name": "get_weather"'])
      for (const size of [1, 4]) expect(read(prompter, asked, answer, size).text).toBe(answer);
    const llamaForm = await open('llama');
    for (const answer of ['{"name": "x"}', '{"na', ' {"other": 1}'])
      expect(read(llamaForm.prompter, asked, answer, 1).text).toBe(answer);
  });

  it('offers no tools where none are to be used, and one where it is named', async () => {
    const { prompter } = await open('hermes');
    const none = order([user('?')], { tools: [weather], toolChoice: 'none' });
    expect(await text('hermes', none)).not.toContain('get_weather');
    const answer = await written('hermes', 1);
    expect(read(prompter, none, answer, 2)).toMatchObject({ text: answer, calls: [] });
    const named = prompter.prompt(order([user('?')], { tools: [weather, get], toolChoice: { name: 'get' } }));
    expect(named.grammar).not.toContain('get_weather');
  });

  it('tells thoughts from text, also where the prompt began them', async () => {
    const byItself = await open('thinking');
    const asked = order([user('?')]);
    for (const size of [1, 3, 100]) {
      const own = read(byItself.prompter, asked, '<think>\nHm, so.\n</think>\n\nYes </think>', size);
      expect(own).toMatchObject({ reasoning: 'Hm, so.', text: 'Yes </think>' });
      expect(own.reasoningTokens).toBeGreaterThan(0);
      const { prompter } = await open('thinkingOpened');
      expect(read(prompter, asked, 'Hm.\n</think>\n\nYes', size)).toMatchObject({ reasoning: 'Hm.', text: 'Yes' });
    }
    expect(read(byItself.prompter, asked, 'No thoughts', 1)).toMatchObject({ reasoning: '', text: 'No thoughts' });
  });

  it('keeps to a schema once its thoughts have ended', async () => {
    const grammar = 'root ::= "{" digit "}"\ndigit ::= [0-9]';
    const asked = order([user('?')], { grammar });
    const { prompter } = await open('thinkingOpened');
    // Thoughts are free, but for ending the answer.
    expect(prompter.prompt(asked).grammar).toBe(noEnd);
    expect(prompter.prompt({ ...asked, grammar: null }).grammar).toBeNull();
    const { grammars } = read(prompter, asked, 'root or not.</think>', 1);
    expect(grammars).toEqual([expect.stringMatching(/text-root ::= "\{" text-digit "\}"/u)]);

    const byItself = await open('thinking');
    const first = byItself.prompter.prompt(asked).grammar ?? '';
    expect(first).toMatch(/^root ::= .*"<think>"/u);
    expect(read(byItself.prompter, asked, '<think>x</think>', 1).grammars).toEqual([noEnd, expect.any(String)]);
    expect(byItself.prompter.prompt({ ...asked, reasoning: false }).grammar).toBe(grammar);
  });

  it('ends before a stop text of its own, not before one in thoughts or calls', async () => {
    const { prompter } = await open('thinking');
    const asked = order([user('?')], { tools: [weather] });
    const stopped = read(prompter, asked, '<think>a STOP b</think>one STOP two', 2, ['STOP']);
    expect(stopped).toMatchObject({ reasoning: 'a STOP b', text: 'one ' });
    expect(stopped.grammars).toEqual(['root ::= ""']);
    const called = read(prompter, asked, (await written('thinking', 1)).replace('Zürich', 'STOP'), 2, ['STOP']);
    expect(called.calls).toHaveLength(1);
    expect(called.text).toBe('');
  });
});

describe('an answer of several messages on channels', () => {
  const thought = '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant';
  const json = JSON.stringify(args);
  const call = `<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>${json}`;
  const asked = order([user('?')], { tools: [weather, get] });

  it.each([
    [`${thought}${call}`, 'Hm.', ''],
    [`${thought} to=functions.get_weather<|channel|>commentary json<|message|>${json}`, 'Hm.', ''],
    [`<|channel|>commentary to=functions.get_weather<|message|>${json}`, '', ''],
    [`${thought}<|channel|>commentary<|message|>I look. <|end|><|start|>assistant${call}`, 'Hm.', 'I look.'],
    [`<|channel|>commentary<|message|>I look.<|end|><|start|>assistant${thought}${call}`, 'Hm.', 'I look.'],
  ])('gives its thoughts, its text and its call: %s', async (answer, reasoning, shown) => {
    const { prompter } = await open('harmony');
    for (const size of [1, 3, 1_000]) {
      const found = read(prompter, asked, answer, size);
      expect(found).toMatchObject({ reasoning, text: shown, toolCalls: true });
      expect(found.calls.map(({ name, arguments: text }) => [name, JSON.parse(text)])).toEqual([['get_weather', args]]);
    }
  });

  it('gives its text', async () => {
    const { prompter } = await open('harmony');
    for (const size of [1, 4, 1_000])
      for (const question of [asked, order([user('?')])]) {
        const final = '<|channel|>final<|message|>Yes, to=functions.get_weather.';
        const text = 'Yes, to=functions.get_weather.';
        expect(read(prompter, question, thought + final, size)).toMatchObject({ reasoning: 'Hm.', text, calls: [] });
        const two = `<|channel|>commentary<|message|>First.<|end|><|start|>assistant${thought}${thought}${final}`;
        expect(read(prompter, question, two, size)).toMatchObject({
          reasoning: 'Hm.\n\nHm.',
          text: `First.\n\n${text}`,
        });
        expect(
          read(prompter, question, `${thought}<|channel|>final<|message|>One STOP<|end|>`, size, ['STOP']).text,
        ).toBe('One ');
      }
  });

  it('is held to a call where one is required, and to the rest of one that was begun', async () => {
    const { prompter } = await open('harmony');
    const required = order([user('?')], { tools: [weather], toolChoice: 'required' });
    const first = prompter.prompt(required).grammar ?? '';
    expect(admits(first, call)).toBe(true);
    expect(admits(first, call.replace('get_weather', 'get_other'))).toBe(false);
    expect(admits(first, '<|channel|>final<|message|>No')).toBe(false);
    const { grammars } = read(prompter, required, '<|channel|>analysis<|message|>Hm.<|end|>', 1);
    expect(grammars[0]).toBe(noEnd);
    expect(admits(grammars[1] ?? '', `<|start|>assistant${call}`)).toBe(true);
    expect(admits(grammars[1] ?? '', '<|start|>assistant<|channel|>final<|message|>No')).toBe(false);

    const begun = read(prompter, asked, '<|channel|>commentary to=functions.', 1).grammars.at(-1) ?? '';
    expect(admits(begun, `get_weather <|constrain|>json<|message|>${json}`)).toBe(true);
    expect(admits(begun, `get_other <|constrain|>json<|message|>${json}`)).toBe(false);
  });

  it('keeps to a schema on the channel of answers', async () => {
    const { prompter } = await open('harmony');
    const schema = order([user('?')], { grammar: 'root ::= "{}"' });
    const { grammars } = read(prompter, schema, '<|channel|>analysis<|message|>Hm.<|end|>', 1);
    for (const grammar of [prompter.prompt(schema).grammar, grammars.at(-1)]) {
      expect(admits(grammar ?? '', '<|channel|>final<|message|>{}')).toBe(true);
      expect(admits(grammar ?? '', '<|channel|>final<|message|>[]')).toBe(false);
    }
    expect(admits(grammars.at(-1) ?? '', '<|start|>assistant<|channel|>final<|message|>{}')).toBe(true);
  });
});

describe('calls in a conversation', () => {
  const called = (id: string, content = ''): PromptMessage[] => [
    {
      role: 'assistant',
      content,
      ...(content === '' ? {} : { reasoning: 'Hm.' }),
      toolCalls: [{ id, name: 'get', arguments: '{"x":1}' }],
    },
    { role: 'tool', content: 'Rain', toolCallId: id },
  ];

  it('have the ids that the template tells functions by', async () => {
    const told = await text('named', order([user('?'), ...called('a'), ...called('b')], { tools: [get] }));
    expect(told).toContain('<|call_begin|>functions.get:0<|argument_begin|>{"x": 1}');
    expect(told).toContain('<|call_begin|>functions.get:1<|argument_begin|>');
    expect(told.match(/Return of functions\.get:\d/gu)).toEqual([
      'Return of functions.get:0',
      'Return of functions.get:1',
    ]);
  });

  it.each(['harmony', 'llama'] as const)(
    'come one by one, each with its result, where the template takes no more (%s)',
    async (name) => {
      const several = order(
        [
          user('?'),
          {
            role: 'assistant',
            content: '',
            toolCalls: ['one', 'two', 'three', 'four'].map((city) => ({
              id: city,
              name: `get_${city}`,
              arguments: '{}',
            })),
          },
          { role: 'tool', content: 'rain', toolCallId: 'one' },
          { role: 'tool', content: 'snow', toolCallId: 'three' },
          { role: 'tool', content: 'wind', toolCallId: 'two' },
          user('Next'),
        ],
        { tools: [get] },
      );
      const told = await text(name, several);
      const words = /(?:get_\w+(?=<\|channel|", "p))|rain|snow|wind|Next/gu;
      expect(told.match(words)).toEqual([
        ...['get_one', 'rain', 'get_three', 'snow', 'get_two', 'wind', 'get_four', 'Next'],
      ]);
    },
  );

  it.each(['harmony', 'deepseek', 'llama'] as const)(
    'stand apart from the text where the template has no room for both (%s)',
    async (name) => {
      const told = await text(name, order([user('?'), ...called('a', 'I look.'), user('Next')], { tools: [get] }));
      const [at, call] = [told.indexOf('I look.'), told.search(/"x": ?1/u)];
      expect(at).toBeGreaterThan(0);
      expect(call).toBeGreaterThan(at);
    },
  );
});

describe('a model with a template of its own for tools', () => {
  const both = async () => {
    const { raw, model } = await open('python');
    const { ggml } = model.fileInfo.metadata.tokenizer;
    const tokenizer = { ggml, chat_template: chatTemplates.strict, tool_template: chatTemplates.python };
    const prompter = createPrompter({ fileInfo: { metadata: { tokenizer } } }, raw, rawBindings(llama), 2_048);
    return (asked: PromptOrder) => raw.detokenize(Uint32Array.from(prompter.prompt(asked).tokens), true);
  };

  it('uses it where there are tools, or were', async () => {
    const told = await both();
    const system: PromptMessage = { role: 'system', content: 'Be kind.' };
    const [plain, withTools] = [
      await text('strict', order([system, user('Hi')])),
      order([user('Hi')], { tools: [get] }),
    ];
    expect(told(order([system, user('Hi')]))).toBe(plain);
    expect(told({ ...order([system, user('Hi')], { tools: [get], toolChoice: 'none' }) })).toBe(plain);
    expect(told(withTools)).toBe(await text('python', withTools));
    const called = order([
      user('?'),
      { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'get', arguments: '{}' }] },
      { role: 'tool', content: 'Rain', toolCallId: 'a' },
    ]);
    expect(told(called)).toBe(await text('python', called));
  });
});
