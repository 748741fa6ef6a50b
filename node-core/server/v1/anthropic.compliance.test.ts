import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ApiNode, startApiNode } from '../../testing/api-node.ts';

let node: ApiNode;
let anthropic: Anthropic;
beforeAll(async () => {
  node = await startApiNode();
  // The library adds /v1 itself and sends the key as `x-api-key`.
  anthropic = new Anthropic({ baseURL: node.url, apiKey: node.apiKey, maxRetries: 0 });
});
afterAll(() => node.stop());

const messages = [{ role: 'user' as const, content: 'Hello there' }];
const weather = {
  name: 'weather',
  description: 'The weather at a place',
  strict: true,
  input_schema: {
    type: 'object' as const,
    properties: { place: { enum: ['Oslo', 'Rome'] }, days: { type: 'integer', minimum: 1, maximum: 9 } },
    required: ['place', 'days'],
    additionalProperties: false,
  },
};
const Weather = z.strictObject({ place: z.enum(['Oslo', 'Rome']), days: z.number().int().min(1).max(9) });

describe('the Anthropic package', () => {
  it('lists models', async () => {
    const ids: string[] = [];
    for await (const { id, type, display_name: name } of anthropic.models.list()) {
      ids.push(id);
      expect([type, name === '']).toEqual(['model', false]);
    }
    expect(ids).toContain(node.chatModel);
    expect((await anthropic.models.retrieve(node.chatModel)).id).toBe(node.chatModel);
  });

  it('gets a message', async () => {
    const asked = { model: node.chatModel, max_tokens: 6, messages, system: 'Be brief.', temperature: 0 };
    const message = await anthropic.messages.create(asked);
    expect(message).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'max_tokens' });
    expect(message.content[0]?.type).toBe('text');
    expect(message.usage.output_tokens).toBe(6);
    const again = await anthropic.messages.create(asked);
    expect(again.content).toEqual(message.content);
    expect(again.usage.cache_read_input_tokens).toBeGreaterThan(0);
    const all = (usage: Anthropic.Usage) => usage.input_tokens + (usage.cache_read_input_tokens ?? 0);
    expect(all(again.usage)).toBe(all(message.usage));
  });

  it('gets the same message as a stream', async () => {
    const asked = { model: node.chatModel, max_tokens: 24, messages, temperature: 0 };
    const whole = await anthropic.messages.create(asked);
    const stream = anthropic.messages.stream(asked);
    let text = '';
    stream.on('text', (piece) => {
      text += piece;
    });
    const final = await stream.finalMessage();
    expect(final.content).toEqual(whole.content);
    expect(final.content).toMatchObject([{ type: 'text', text }]);
    expect(final.usage.output_tokens).toBe(whole.usage.output_tokens);
  });

  it('is told which stop sequence ended the message', async () => {
    const asked = { model: node.chatModel, max_tokens: 40, messages, temperature: 0 };
    const [whole] = (await anthropic.messages.create(asked)).content;
    const text = whole?.type === 'text' ? whole.text : '';
    const middle = text.slice(text.length / 2, text.length / 2 + 2);
    const stopped = await anthropic.messages.create({ ...asked, stop_sequences: ['never written', middle] });
    expect(stopped).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: middle });
    expect(stopped.content).toMatchObject([{ type: 'text', text: text.slice(0, text.indexOf(middle)) }]);
  });

  it('counts tokens as they are then read', async () => {
    const counted = await anthropic.messages.countTokens({ model: node.chatModel, messages, tools: [weather] });
    const { usage } = await anthropic.messages.create({
      model: node.chatModel,
      max_tokens: 1,
      messages,
      tools: [weather],
    });
    expect(usage.input_tokens + (usage.cache_read_input_tokens ?? 0)).toBe(counted.input_tokens);
  });

  it('gets a call of a tool that must be called, whole and streamed', async () => {
    const asked = {
      model: node.chatModel,
      max_tokens: 300,
      messages,
      tools: [weather],
      tool_choice: { type: 'tool' as const, name: 'weather', disable_parallel_tool_use: true },
    };
    for (const message of [
      await anthropic.messages.create(asked),
      await anthropic.messages.stream(asked).finalMessage(),
    ]) {
      expect(message.stop_reason).toBe('tool_use');
      const [call] = message.content.filter((block) => block.type === 'tool_use');
      expect(call?.name).toBe('weather');
      expect(Weather.safeParse(call?.input).success).toBe(true);
      const after = await anthropic.messages.create({
        ...asked,
        max_tokens: 4,
        tool_choice: { type: 'none' },
        messages: [
          ...messages,
          { role: 'assistant', content: message.content },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: call?.id ?? '', content: 'rain' }] },
        ],
      });
      expect(after.content.every(({ type }) => type === 'text')).toBe(true);
    }
  });

  it('gets an answer that holds to a schema', async () => {
    const message = await anthropic.messages.create({
      model: node.chatModel,
      max_tokens: 300,
      messages,
      output_config: { format: { type: 'json_schema', schema: weather.input_schema } },
    });
    const [block] = message.content;
    expect(Weather.safeParse(JSON.parse(block?.type === 'text' ? block.text : '')).success).toBe(true);
  });

  it('throws its own errors', async () => {
    const create = (body: Partial<Anthropic.MessageCreateParamsNonStreaming>) =>
      anthropic.messages.create({ model: node.chatModel, max_tokens: 2, messages, ...body });
    await expect(create({ model: 'claude-none' })).rejects.toBeInstanceOf(Anthropic.NotFoundError);
    await expect(create({ messages: [{ role: 'user', content: 'long '.repeat(3_000) }] })).rejects.toBeInstanceOf(
      Anthropic.BadRequestError,
    );
    const stranger = new Anthropic({ baseURL: node.url, apiKey: 'jan_wrong', maxRetries: 0 });
    await expect(stranger.messages.create({ model: node.chatModel, max_tokens: 2, messages })).rejects.toBeInstanceOf(
      Anthropic.AuthenticationError,
    );
  });
});
