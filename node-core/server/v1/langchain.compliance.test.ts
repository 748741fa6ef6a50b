import { type AIMessageChunk, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ApiNode, startApiNode } from '../../testing/api-node.ts';

let node: ApiNode;
beforeAll(async () => {
  node = await startApiNode();
});
afterAll(() => node.stop());

const connection = () => ({ apiKey: node.apiKey, configuration: { baseURL: node.api }, maxRetries: 0 });
const chat = (maxTokens: number) =>
  new ChatOpenAI({ ...connection(), model: node.chatModel, temperature: 0, maxTokens });
const Weather = z.object({ place: z.enum(['Oslo', 'Rome']), days: z.int().min(1).max(9) });
const weather = tool(async ({ place }) => `rain in ${place}`, {
  name: 'weather',
  description: 'The weather at a place',
  schema: Weather,
});
const question = [new SystemMessage('Be brief.'), new HumanMessage('Hello there')];

describe('LangChain', () => {
  it('invokes and streams', async () => {
    const whole = await chat(20).invoke(question);
    expect(whole.usage_metadata).toMatchObject({ output_tokens: 20 });
    expect(whole.response_metadata).toMatchObject({ finish_reason: 'length' });
    let text = '';
    const usages: unknown[] = [];
    for await (const chunk of await chat(20).stream(question)) {
      text += chunk.text;
      usages.push(chunk.usage_metadata);
    }
    expect(text).toBe(whole.text);
    expect(usages).toContainEqual(expect.objectContaining({ output_tokens: 20 }));
  });

  it('binds tools and takes their results', async () => {
    const bound = chat(300).bindTools([weather], { tool_choice: 'required', strict: true, parallel_tool_calls: false });
    const answer = await bound.invoke(question);
    const [call] = answer.tool_calls ?? [];
    expect(call?.name).toBe('weather');
    expect(Weather.safeParse(call?.args).success).toBe(true);
    const result = new ToolMessage({ content: 'rain', tool_call_id: call?.id ?? '' });
    const after = await chat(4)
      .bindTools([weather], { tool_choice: 'none' })
      .invoke([...question, answer, result]);
    expect(after.tool_calls).toEqual([]);
    const chunks: AIMessageChunk[] = [];
    for await (const chunk of await bound.stream(question)) chunks.push(chunk);
    const [first, ...rest] = chunks;
    const streamed = rest.reduce((sum, chunk) => sum?.concat(chunk), first);
    expect(streamed?.tool_calls?.[0]?.args).toEqual(call?.args);
  });

  it('gets structured output', async () => {
    for (const method of ['jsonSchema', 'functionCalling'] as const) {
      const structured = chat(300).withStructuredOutput(Weather, { method, strict: true, name: 'weather' });
      expect(Weather.safeParse(await structured.invoke(question)).success, method).toBe(true);
    }
  });

  it('embeds', async () => {
    const embeddings = new OpenAIEmbeddings({ ...connection(), model: node.embeddingModel });
    expect(await embeddings.embedQuery('the harbour')).toHaveLength(64);
    const documents = await embeddings.embedDocuments(['the harbour', 'the bridge']);
    expect(documents.map(({ length }) => length)).toEqual([64, 64]);
    const short = new OpenAIEmbeddings({ ...connection(), model: node.embeddingModel, dimensions: 8 });
    expect(await short.embedQuery('the harbour')).toHaveLength(8);
  });

  it('completes, also many prompts at once', async () => {
    const llm = new OpenAI({ ...connection(), model: node.chatModel, temperature: 0, maxTokens: 5 });
    const one = await llm.invoke('The harbour');
    expect(one).not.toBe('');
    const { generations } = await llm.generate(['The harbour', 'The bridge']);
    expect(generations.map(([first]) => first?.text)[0]).toBe(one);
    expect(generations).toHaveLength(2);
    let streamed = '';
    for await (const piece of await llm.stream('The harbour')) streamed += piece;
    expect(streamed).toBe(one);
  });
});
