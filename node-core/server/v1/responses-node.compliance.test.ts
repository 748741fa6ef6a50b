import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../common/index.ts';
import { findLeaks } from '../../testing/scan-for-leaks.ts';
import { startTestNode, type TestNode } from '../../testing/start-test-node.ts';
import { writeTestCatalog } from '../../testing/test-catalog.ts';
import { filesBelow } from '../../testing/test-vault.ts';

const model = 'jan-builtin';
let dir: string;
let node: TestNode;
let openai: OpenAI;
let logged: string[];

const begin = async (): Promise<void> => {
  node = await startTestNode({
    dir,
    components: {
      catalogPath: writeTestCatalog(dir, { contextLength: 2_048 }),
      logger: createLogger((line) => logged.push(line), 'debug'),
    },
  });
  openai = new OpenAI({ baseURL: `${node.url}/v1`, apiKey: node.apiKey, maxRetries: 0 });
};

beforeEach(async () => {
  logged = [];
  dir = mkdtempSync(join(tmpdir(), 'jan-node-'));
  await begin();
});
afterEach(async () => {
  await node.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Random weights: what is said means nothing, how it is said does. */
describe('responses of a whole node', () => {
  it('hold a form, stream what they keep, and outlive the node', async () => {
    const format = {
      type: 'json_schema' as const,
      name: 'pick',
      strict: true,
      schema: {
        type: 'object',
        properties: { pick: { enum: ['a', 'b'] } },
        required: ['pick'],
        additionalProperties: false,
      },
    };
    const conversation = await openai.conversations.create({ items: [{ role: 'user', content: 'Two letters' }] });
    const stream = openai.responses.stream({
      model,
      input: 'Pick one',
      conversation: conversation.id,
      text: { format },
      temperature: 0,
    });
    const final = await stream.finalResponse();
    expect(final.status).toBe('completed');
    expect(['a', 'b']).toContain(JSON.parse(final.output_text).pick);
    expect(final.usage?.output_tokens).toBeGreaterThan(0);
    await node.stop();
    await begin();
    const kept = await openai.responses.retrieve(final.id);
    expect(kept.output_text).toBe(final.output_text);
    const { data } = await openai.conversations.items.list(conversation.id, { order: 'asc' });
    expect(data).toHaveLength(3);
    const next = await openai.responses.create({
      model,
      input: 'And now?',
      previous_response_id: final.id,
      max_output_tokens: 4,
      temperature: 0,
    });
    expect(next.usage?.output_tokens).toBeLessThanOrEqual(4);
  });

  it('leave no word on the disk or in the log, nor do threads', async () => {
    const phrase = (name: string) => `the secret ${name} of Marzipan`;
    const short = { model, temperature: 0 } as const;
    const { id: conversation } = await openai.conversations.create({
      items: [{ role: 'user', content: phrase('item') }],
      metadata: { topic: phrase('topic') },
    });
    await openai.responses.create({ ...short, input: phrase('input'), conversation, max_output_tokens: 4 });
    await openai.chat.completions.create({
      ...short,
      messages: [{ role: 'user', content: phrase('chat') }],
      max_completion_tokens: 4,
      store: true,
    });
    await expect(openai.responses.create({ ...short, input: phrase('overflow').repeat(1_000) })).rejects.toMatchObject({
      status: 400,
    });
    const thread = await node.client.threads.create({ systemPrompt: phrase('system') });
    await node.client.threads.update({ id: thread.id, patch: { params: { maxTokens: 4 } } });
    const events = await node.client.threads.watch({ id: thread.id });
    const attachments = [{ name: 'a.txt', text: phrase('attachment') }];
    const { answer } = await node.client.threads.send({ id: thread.id, text: phrase('question'), attachments });
    for await (const event of events)
      if (event.type === 'message' && event.message.id === answer.id && event.message.state === 'done') break;
    expect(await node.client.threads.list({ query: 'secret question' })).toHaveLength(1);

    const phrases = ['item', 'topic', 'input', 'chat', 'overflow', 'system', 'attachment', 'question'].map(phrase);
    expect(findLeaks(filesBelow(dir), phrases)).toEqual([]);
    await node.stop();
    expect(findLeaks(filesBelow(dir), phrases)).toEqual([]);
    expect(logged).not.toEqual([]);
    expect(logged.join('')).not.toContain('Marzipan');
    await begin();
  });

  it('fail by name where the prompt is too long or the form can not be held', async () => {
    const long = 'word '.repeat(5_000);
    await expect(openai.responses.create({ model, input: long })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
      param: 'input',
    });
    const stream = openai.responses.create({ model, input: long, stream: true });
    await expect(stream).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded' });
    await expect(
      openai.responses.create({
        model,
        input: 'Hi',
        text: { format: { type: 'json_schema', name: 'x', schema: { type: 'object', not: {} } } },
      }),
    ).rejects.toMatchObject({ status: 400, param: 'text.format.schema' });
  });

  it('are counted as they would be read', async () => {
    const { input_tokens: counted } = await openai.responses.inputTokens.count({
      model,
      input: 'Count me',
      instructions: 'Be exact',
    });
    const { usage } = await openai.responses.create({
      model,
      input: 'Count me',
      instructions: 'Be exact',
      max_output_tokens: 1,
    });
    expect(usage?.input_tokens).toBe(counted);
  });
});
