import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embed, embedMany, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ApiNode, startApiNode } from '../../testing/api-node.ts';

let node: ApiNode;
let jan: ReturnType<typeof createOpenAICompatible>;
beforeAll(async () => {
  node = await startApiNode();
  jan = createOpenAICompatible({
    name: 'jan',
    baseURL: node.api,
    apiKey: node.apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
  });
});
afterAll(() => node.stop());

const settings = { maxRetries: 0, temperature: 0 } as const;
const Weather = z.object({ place: z.enum(['Oslo', 'Rome']), days: z.int().min(1).max(9) });
const weather = tool({
  description: 'The weather at a place',
  inputSchema: Weather,
  strict: true,
  execute: async ({ place, days }) => `rain in ${place} for ${days} days`,
});

describe('the AI SDK', () => {
  it('generates text', async () => {
    const { text, usage, finishReason, response } = await generateText({
      ...settings,
      model: jan(node.chatModel),
      system: 'Be brief.',
      prompt: 'Hello there',
      maxOutputTokens: 6,
    });
    expect(text).not.toBe('');
    expect(finishReason).toBe('length');
    expect(usage.outputTokens).toBe(6);
    expect(usage.inputTokens).toBeGreaterThan(3);
    expect(response.modelId).toBe(node.chatModel);
  });

  it('streams text', async () => {
    const asked = { ...settings, model: jan(node.chatModel), prompt: 'Tell me a story', maxOutputTokens: 24 };
    const whole = await generateText(asked);
    const stream = streamText(asked);
    const pieces: string[] = [];
    for await (const piece of stream.textStream) pieces.push(piece);
    expect(pieces.join('')).toBe(whole.text);
    expect(pieces.length).toBeGreaterThan(1);
    expect((await stream.usage).outputTokens).toBe(24);
    expect(await stream.finishReason).toBe('length');
  });

  it('calls tools and hands their results back', async () => {
    const asked = {
      ...settings,
      model: jan(node.chatModel),
      prompt: 'What is the weather?',
      tools: { weather },
      maxOutputTokens: 300,
      stopWhen: stepCountIs(2),
      prepareStep: ({ stepNumber }: { stepNumber: number }) => ({
        toolChoice: stepNumber === 0 ? ('required' as const) : ('none' as const),
      }),
    };
    const { steps } = await generateText(asked);
    expect(steps).toHaveLength(2);
    expect(steps[0]?.finishReason).toBe('tool-calls');
    expect(Weather.safeParse(steps[0]?.toolCalls[0]?.input).success).toBe(true);
    expect(steps[0]?.toolResults[0]?.output).toMatch(/^rain in /);
    const streamed = streamText(asked);
    const types = new Set<string>();
    for await (const { type } of streamed.fullStream) types.add(type);
    expect([...types]).toEqual(
      expect.arrayContaining(['tool-input-start', 'tool-input-delta', 'tool-call', 'tool-result']),
    );
    expect(types.has('error')).toBe(false);
    expect((await streamed.steps)[0]?.toolCalls[0]).toMatchObject({ toolName: 'weather' });
  });

  it('gets objects of a schema, whole and streamed', async () => {
    const Verdict = z.object({ verdict: z.enum(['yes', 'no', 'unclear']), urgent: z.boolean() });
    const asked = {
      ...settings,
      model: jan(node.chatModel),
      prompt: 'Judge this',
      output: Output.object({ schema: Verdict }),
    };
    expect(Verdict.safeParse((await generateText(asked)).output).success).toBe(true);
    const stream = streamText(asked);
    let last: unknown;
    for await (const partial of stream.partialOutputStream) last = partial;
    expect(Verdict.safeParse(last).success).toBe(true);
  });

  it('embeds', async () => {
    const model = jan.embeddingModel(node.embeddingModel);
    const { embedding, usage } = await embed({ model, value: 'the harbour', maxRetries: 0 });
    expect(embedding).toHaveLength(64);
    expect(usage.tokens).toBeGreaterThan(1);
    const { embeddings } = await embedMany({ model, values: ['the harbour', 'the bridge'], maxRetries: 0 });
    expect(embeddings).toHaveLength(2);
    expect(embeddings[0]?.[0]).toBeCloseTo(embedding[0] ?? Number.NaN, 4);
  });

  it('completes', async () => {
    const { text } = await generateText({
      ...settings,
      model: jan.completionModel(node.chatModel),
      prompt: 'The harbour',
      maxOutputTokens: 5,
    });
    expect(text).not.toBe('');
  });

  it('is told what went wrong', async () => {
    await expect(generateText({ ...settings, model: jan('gone'), prompt: 'Hi' })).rejects.toMatchObject({
      statusCode: 404,
      message: expect.stringContaining('There is no model "gone"'),
    });
  });
});
