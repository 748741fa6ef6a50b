import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatTemplates } from '../testing/chat-templates.ts';
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
