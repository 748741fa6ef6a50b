import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatTemplates, chatTokens } from '../testing/chat-templates.ts';
import { createTestInference, type TestInference } from '../testing/test-inference.ts';
import type { GeneratePart, JsonSchema, ToolDefinition } from './types.ts';

let room: TestInference | undefined;
afterEach(async () => {
  await room?.dispose();
  room = undefined;
});

const Arguments = z.strictObject({
  kind: z.enum(['rain', 'sun', 'say "hi"']),
  days: z.int().min(1).max(9),
  on: z.boolean(),
  tags: z.array(z.enum(['a', 'b'])).max(2),
});
const parameters: JsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(Arguments)));
const tools: readonly ToolDefinition[] = [{ name: 'get_weather', description: 'Weather', parameters, strict: true }];
const names = Object.keys(chatTemplates).filter((name): name is keyof typeof chatTemplates => name in chatTemplates);

describe('calls of a model that knows nothing', () => {
  it.each(names.filter((name) => !name.startsWith('thinking') && name !== 'broken'))(
    'are valid under the schema where a call is required (%s)',
    async (name) => {
      room = createTestInference({
        builtin: { contextLength: 2_048, chatTemplate: chatTemplates[name], layers: 1, width: 32 },
      });
      for (const seed of [1, 2]) {
        const parts: GeneratePart[] = [];
        const result = await room.inference.generate({
          input: { messages: [{ role: 'user', content: 'Weather?' }] },
          tools,
          toolChoice: 'required',
          parallelToolCalls: false,
          maxTokens: 800,
          temperature: 1,
          seed,
          onPart: (part) => parts.push(part),
        });
        expect(result).toMatchObject({ finishReason: 'tool-calls', text: '', reasoning: '' });
        expect(result.toolCalls).toEqual([
          { id: expect.stringMatching(/^call_/u), name: 'get_weather', arguments: expect.any(String) },
        ]);
        expect(Arguments.safeParse(JSON.parse(result.toolCalls[0]?.arguments ?? '')).error).toBeUndefined();
        const streamed = parts.map((part) => (part.type === 'tool-arguments' ? part.delta : '')).join('');
        expect(streamed).toBe(result.toolCalls[0]?.arguments);
        expect(parts.findIndex(({ type }) => type === 'tool-call')).toBeLessThan(
          parts.findIndex(({ type }) => type === 'tool-arguments'),
        );
      }
    },
  );

  it('are calls, too, where they are whole with the last token there was room for', async () => {
    room = createTestInference({ builtin: { contextLength: 2_048, chatTemplate: chatTemplates.hermes } });
    const asked = {
      input: { messages: [{ role: 'user', content: 'Weather?' }] },
      tools,
      toolChoice: 'required',
      parallelToolCalls: false,
      temperature: 1,
      seed: 1,
    } as const;
    const whole = await room.inference.generate({ ...asked, maxTokens: 800 });
    const limited = await room.inference.generate({ ...asked, maxTokens: whole.outputTokens });
    expect(limited).toMatchObject({ finishReason: 'tool-calls', outputTokens: whole.outputTokens });
    const cut = await room.inference.generate({ ...asked, maxTokens: whole.outputTokens - 40 });
    expect(cut.finishReason).toBe('length');
  });

  it.each(['thinking', 'thinkingOpened'] as const)(
    'and answers that are held to a schema come, although the model would end inside of its thoughts (%s)',
    async (name) => {
      // What it writes: thoughts, and the end.
      const script = ['<0x0A>', '<think>', 'Hm', '</s>', '</think>'];
      room = createTestInference({
        builtin: {
          contextLength: 1_024,
          chatTemplate: chatTemplates[name],
          structure: chatTokens,
          words: ['Hm'],
          script,
        },
      });
      const base = { input: { messages: [{ role: 'user', content: 'x' }] }, maxTokens: 600 } as const;
      const free = await room.inference.generate(base);
      expect(free).toMatchObject({ text: '', finishReason: 'stop' });
      const held = await room.inference.generate({ ...base, schema: { enum: ['yes', 'no'] } });
      expect(held.finishReason === 'length' || /^\s*"(?:yes|no)"\s*$/u.test(held.text)).toBe(true);
      const called = await room.inference.generate({ ...base, tools: [{ name: 'now' }], toolChoice: 'required' });
      expect(called.finishReason === 'length' || called.toolCalls.length > 0).toBe(true);
    },
  );

  it('go through the template that the file has for them', async () => {
    const own = '{{ tools[0].function.name }} {{ messages[-1].content }}';
    room = createTestInference({
      builtin: {
        chatTemplate: 'plain {{ messages[-1].content }}',
        metadata: { 'tokenizer.chat_template.tool_use': { type: 'string', value: own } },
      },
    });
    const { inference } = room;
    const input = { messages: [{ role: 'user', content: 'x' }] } as const;
    const tokens = async (text: string) => (await inference.tokenize(text)).length + 1;
    expect(await inference.countPrompt({ input })).toBe(await tokens('plain x'));
    const offered = [{ name: 'wonderful_function' }];
    expect(await inference.countPrompt({ input, tools: offered })).toBe(await tokens('wonderful_function x'));
  });

  it('are of the tool that is named, and only that', async () => {
    room = createTestInference({ builtin: { contextLength: 1_024, chatTemplate: chatTemplates.hermes } });
    const { toolCalls } = await room.inference.generate({
      input: { messages: [{ role: 'user', content: 'x' }] },
      tools: [...tools, { name: 'now' }],
      toolChoice: { name: 'now' },
      parallelToolCalls: false,
      maxTokens: 300,
    });
    expect(toolCalls.every(({ name }) => name === 'now')).toBe(true);
    expect(toolCalls).toHaveLength(1);
  });

  it('say which keyword of a strict tool can not be held to', async () => {
    room = createTestInference({ builtin: { chatTemplate: chatTemplates.hermes } });
    const asked = room.inference.generate({
      input: { messages: [{ role: 'user', content: 'x' }] },
      tools: [{ name: 'f', strict: true, parameters: { type: 'object', properties: { n: { not: {} } } } }],
      toolChoice: 'required',
      maxTokens: 10,
    });
    await expect(asked).rejects.toMatchObject({
      code: 'SCHEMA_UNSUPPORTED',
      data: { keyword: 'not', where: '#/tools/f/parameters/properties/n' },
    });
  });

  it('are refused where a schema is nested without end, before anything else', async () => {
    room = createTestInference();
    const parameters: JsonSchema = { properties: JSON.parse('{"x":'.repeat(9_000) + '1' + '}'.repeat(9_000)) };
    const input = { messages: [{ role: 'user' as const, content: 'x' }] };
    const tooDeep = { code: 'BAD_REQUEST', message: expect.stringMatching(/flatter/u) };
    const named = [{ name: 'f', parameters }];
    await expect(room.inference.generate({ input, tools: named, maxTokens: 1 })).rejects.toMatchObject(tooDeep);
    await expect(room.inference.generate({ input, schema: parameters, maxTokens: 1 })).rejects.toMatchObject(tooDeep);
    await expect(room.inference.countPrompt({ input, tools: named })).rejects.toMatchObject(tooDeep);
  });
});

describe('a model that writes what it was made to write', () => {
  const none: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };
  const said = (script: readonly string[], template: keyof typeof chatTemplates) => {
    room = createTestInference({
      builtin: {
        contextLength: 1_024,
        chatTemplate: chatTemplates[template],
        structure: ['<|im_start|>', '<|im_end|>', ...script],
        // The prompt ends with a line break, which is a byte to this vocabulary.
        script: ['<0x0A>', ...script, '</s>'],
      },
    });
    return room.inference;
  };
  const input = { messages: [{ role: 'user' as const, content: 'x' }] };
  const called = ['<tool_call>', '{"name": "', 'now', '", "arguments": ', '{}}', '</tool_call>'];

  it('thinks, says something and calls, each told apart', async () => {
    const inference = said(['<think>', 'Hm', '</think>', 'Look:', ...called], 'thinking');
    const result = await inference.generate({ input, tools: [{ name: 'now', parameters: none }], maxTokens: 100 });
    expect(result).toMatchObject({
      reasoning: 'Hm',
      text: 'Look:',
      toolCalls: [{ name: 'now', arguments: '{}' }],
      finishReason: 'tool-calls',
    });
    expect(result.reasoningTokens).toBeGreaterThan(0);
    expect(result.reasoningTokens).toBeLessThan(result.outputTokens);
  });

  it('is held to the names of the tools once it begins a call, and to one call where that is asked for', async () => {
    const inference = said(['Look:', ...called, 'and', 'so', 'on'], 'hermes');
    const result = await inference.generate({
      input,
      tools: [{ name: 'later', parameters: none, strict: true }],
      parallelToolCalls: false,
      maxTokens: 100,
    });
    expect(result).toMatchObject({ text: 'Look:', finishReason: 'tool-calls' });
    expect(result.toolCalls.map(({ name, arguments: text }) => [name, JSON.parse(text)])).toEqual([['later', {}]]);
  });

  it('calls after its thoughts where it has to, whatever it would have said', async () => {
    const inference = said(['Hm', '</think>', 'No.'], 'thinkingOpened');
    const result = await inference.generate({
      input,
      tools: [{ name: 'later', parameters: none, strict: true }],
      toolChoice: 'required',
      parallelToolCalls: false,
      maxTokens: 200,
    });
    expect(result).toMatchObject({ reasoning: 'Hm', text: '', finishReason: 'tool-calls' });
    expect(result.toolCalls).toHaveLength(1);
  });

  it('keeps to a schema after its thoughts', async () => {
    const inference = said(['<think>', 'Hm', '</think>', 'No.'], 'thinking');
    const schema: JsonSchema = { type: 'object', properties: { yes: { const: true } }, required: ['yes'] };
    const result = await inference.generate({ input, schema, reasoning: true, maxTokens: 400 });
    expect(result).toMatchObject({ reasoning: 'Hm', finishReason: 'stop' });
    expect(JSON.parse(result.text)).toEqual({ yes: true });
  });

  it('ends at a stop text of its answer, not of its thoughts', async () => {
    const inference = said(['<think>', 'END', '</think>', 'One', 'END.', 'two'], 'thinking');
    // Five tokens lead to the stop text: the limit is reached with it, or not at all.
    for (const maxTokens of [5, 100])
      expect(await inference.generate({ input, stop: ['END'], maxTokens })).toMatchObject({
        reasoning: 'END',
        text: 'One',
        finishReason: 'stop',
        stopSequence: 'END',
      });
  });
});

describe('probabilities', () => {
  it.each([
    ['a chat', chatTemplates.hermes, []],
    ['a chat whose marks are control tokens', chatTemplates.hermes.replaceAll('<tool_call>', '<s>'), [{ name: 'now' }]],
  ] as const)('of %s are those of the tokens in its text', async (_, chatTemplate, offered) => {
    const script = ['<0x0A>', 'one', '<unk>', 'two', '</s>'];
    room = createTestInference({
      builtin: { chatTemplate, structure: ['<tool_call>'], words: ['one', 'two'], script },
    });
    const { text, logprobs } = await room.inference.generate({
      input: { messages: [{ role: 'user', content: 'x' }] },
      ...(offered.length > 0 ? { tools: offered } : {}),
      logprobs: 0,
      maxTokens: 20,
    });
    expect(text).toBe('onetwo');
    expect(logprobs?.map((told) => told.text)).toEqual(['one', 'two']);
  });
});
