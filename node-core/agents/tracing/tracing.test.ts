import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import type { Labels, Profile } from '../../contract/index.ts';
import type { JournalEntry, JournalRow } from '../journal.ts';
import { createTraceExport, type TraceExport } from './export.ts';
import { otlpRequest } from './otlp.ts';
import { spansOf, traceId } from './spans.ts';

const run = {
  id: 'r1',
  skill: 'playbook',
  playbookId: 'brief',
  modelId: 'small',
  place: 'this-machine',
  builtin: false,
} as const;
const none: Labels = { untrusted: false, private: false, model: false, sources: [] };
const writer: Profile = {
  id: 'writer',
  name: 'Writer',
  modelId: null,
  system: 'You write my secret way',
  temperature: 0,
  tools: [],
};
const step = { needs: [], limit: 1, optional: false };
const call = {
  index: 1,
  id: 'c1',
  key: '0',
  tool: 'web.search',
  effect: 'read',
  arguments: { query: 'my secret plan' },
  argumentLabels: {},
  hash: 'h',
  control: none,
} as const;

const journal = (...entries: readonly (readonly [at: number, entry: JournalEntry])[]): JournalRow[] =>
  entries.map(([at, entry]) => ({ at, entry }));

const rows = journal(
  [100, { type: 'created' }],
  [
    100,
    {
      type: 'plan',
      playbook: {
        playbook: 1,
        id: 'brief',
        version: 1,
        name: 'Brief',
        description: '',
        examples: [],
        inputs: [],
        tools: ['web.search'],
        egress: [],
        profile: 'writer',
        budget: { tokens: 1, seconds: 1, calls: 1, cost: 0 },
        steps: [
          { ...step, kind: 'ask', id: 'draft', title: 'Draft my secret', prompt: 'x', maxTokens: 1, checks: [] },
          { ...step, kind: 'tool', id: 'search', title: 'Search', tool: 'web.search', with: {} },
        ],
        result: [],
      },
      inputs: {},
      inputLabels: {},
      profiles: [writer],
      models: {},
    },
  ],
  [110, { type: 'started' }],
  [120, { type: 'step', index: 0, kind: 'generate', title: 'Draft my secret', prompt: 'x', id: 'draft' }],
  [120, { type: 'step', index: 1, kind: 'tool', title: 'Search', prompt: null, id: 'search' }],
  [
    121,
    {
      type: 'ask',
      index: 1,
      id: 'q',
      about: { type: 'approve', call: { ...call, repeatable: true }, reason: 'why' },
    },
  ],
  [150, { type: 'answered', index: 1, id: 'q', answer: { type: 'approve', allow: true } }],
  [151, { ...call, type: 'call', allowedBy: 'you', repeatable: true }],
  [
    200,
    {
      type: 'answer',
      index: 0,
      key: 'a',
      prompt: 'my secret prompt',
      text: 'my secret answer',
      promptTokens: 30,
      outputTokens: 5,
      modelId: 'large',
      cachedTokens: 20,
      startedAt: 130,
    },
  ],
  [201, { type: 'step-done', index: 0, output: null, touched: [] }],
  [251, { type: 'call-failed', index: 1, id: 'c1', error: { code: 'TOOL_FAILED', message: 'my secret failed' } }],
  [252, { type: 'step-failed', index: 1, error: { code: 'TOOL_FAILED', message: 'my secret failed' } }],
  [260, { type: 'ended', state: 'failed', error: { code: 'TOOL_FAILED', message: 'my secret failed' }, result: null }],
);

describe('a trace', () => {
  it('says what ran in what, for how long, and with the GenAI names', () => {
    const spans = spansOf(run, rows, { content: 0 });
    const names = new Map(spans.map(({ id, name }) => [id, name]));
    expect(
      spans.map(({ name, parentId, startedAt, endedAt, error }) => [
        name,
        parentId === null ? null : names.get(parentId),
        startedAt,
        endedAt,
        error,
      ]),
    ).toEqual([
      ['invoke_workflow brief', null, 100, 260, 'TOOL_FAILED'],
      ['plan planner', 'invoke_workflow brief', 100, 100, null],
      ['invoke_agent writer', 'invoke_workflow brief', 120, 201, null],
      ['tool search', 'invoke_workflow brief', 120, 252, 'TOOL_FAILED'],
      ['wait approve', 'tool search', 121, 150, null],
      ['execute_tool web.search', 'tool search', 151, 251, 'TOOL_FAILED'],
      ['chat small', 'invoke_agent writer', 130, 200, null],
    ]);
    expect(spans.at(-1)?.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'jan',
      'gen_ai.conversation.id': 'r1',
      'gen_ai.request.model': 'small',
      'gen_ai.request.temperature': 0,
      'gen_ai.request.max_tokens': 1,
      'gen_ai.output.type': 'text',
      'gen_ai.response.model': 'large',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 30,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cache_read.input_tokens': 20,
    });
    expect(spans[0]?.attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 30, 'jan.run.state': 'failed' });
    expect(spans[5]?.attributes).toMatchObject({
      'gen_ai.tool.name': 'web.search',
      'error.type': 'TOOL_FAILED',
      'jan.tool.allowed_by': 'you',
    });
  });

  it('holds nothing that anyone wrote, unless it is asked for', () => {
    expect(JSON.stringify(spansOf(run, rows, { content: 0 }))).not.toContain('secret');
    const shown = JSON.stringify(spansOf(run, rows, { content: 2_000 }));
    for (const text of [
      'my secret plan',
      'my secret prompt',
      'my secret answer',
      'Draft my secret',
      'my secret failed',
    ])
      expect(shown).toContain(text);
  });

  it('has what was asked and answered in the form of the conventions, no longer than is wanted', () => {
    const [chat] = spansOf(run, rows, { content: 9 }).slice(-1);
    expect(JSON.parse(String(chat?.attributes['gen_ai.input.messages']))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'my secret' }] },
    ]);
    expect(JSON.parse(String(chat?.attributes['gen_ai.output.messages']))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'my secret' }], finish_reason: 'stop' },
    ]);
    expect(spansOf(run, rows, { content: 2_000 })[5]?.attributes['gen_ai.tool.call.arguments']).toBe(
      '{"query":"my secret plan"}',
    );
  });

  it('says of a question to the built-in model nothing of what that is not asked', () => {
    const [chat] = spansOf({ ...run, builtin: true }, rows, { content: 0 }).slice(-1);
    expect(chat?.attributes).not.toHaveProperty('gen_ai.request.max_tokens');
    expect(chat?.attributes).toMatchObject({ 'gen_ai.request.model': 'small' });
  });

  it('says of which model an answer was wanted, and that it was cut off or did not come', () => {
    const [, , ...others] = rows;
    const asked = (models: Record<string, string>): JournalRow[] => {
      const [created, plan] = rows;
      if (!created || plan?.entry.type !== 'plan') throw new Error('a plan was expected');
      return [
        created,
        { ...plan, entry: { ...plan.entry, models } },
        ...others.map((row) => (row.entry.type === 'answer' ? { ...row, entry: { ...row.entry, cutOff: true } } : row)),
        ...journal([
          270,
          {
            type: 'answer-failed',
            index: 0,
            key: 'b',
            modelId: 'forked',
            error: { code: 'ENDPOINT_FAILED', message: 'x' },
          },
        ]),
      ];
    };
    const chats = spansOf(run, asked({ draft: 'forked' }), { content: 0 }).filter(({ name }) => name === 'chat forked');
    expect(chats.map(({ attributes }) => attributes['gen_ai.response.finish_reasons'])).toEqual([
      ['length'],
      ['error'],
    ]);
    expect(chats[1]?.attributes).toMatchObject({ 'error.type': 'ENDPOINT_FAILED' });
    expect(chats[1]?.attributes).not.toHaveProperty('gen_ai.response.model');
  });

  it('of a run under way is open, and goes on with the same ids', () => {
    const now = spansOf(run, rows.slice(0, 8), { content: 0 });
    const then = spansOf(run, rows, { content: 0 });
    expect(now.filter(({ endedAt }) => endedAt === null).map(({ name }) => name)).toEqual([
      'invoke_workflow brief',
      'invoke_agent writer',
      'tool search',
      'execute_tool web.search',
    ]);
    expect(then.map(({ id }) => id).slice(0, now.length)).toEqual(now.map(({ id }) => id));
  });

  it('of the skill that plans is a plan; without a playbook the skill is the agent', () => {
    const spans = spansOf(
      { ...run, skill: 'plan', playbookId: null },
      journal(
        [1, { type: 'created' }],
        [2, { type: 'step', index: 0, kind: 'generate', title: 'Plan', prompt: null }],
        [3, { type: 'step', index: 1, kind: 'rule', title: 'Order', prompt: null }],
      ),
      { content: 0 },
    );
    expect(spans.map(({ name }) => name)).toEqual(['invoke_workflow plan', 'plan plan', 'rule 1']);
    expect(spans[1]?.attributes['gen_ai.operation.name']).toBe('plan');
  });

  it('is an OTLP request as the specification has it', () => {
    const spans = spansOf(run, rows, { content: 0 });
    const request = JSON.parse(otlpRequest(traceId(run.id), spans, '1.2.3'));
    const [{ resource, scopeSpans }] = request.resourceSpans;
    expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'jan-node' } });
    const sent = scopeSpans[0].spans;
    expect(sent).toHaveLength(spans.length);
    expect(sent[0]).toMatchObject({
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      startTimeUnixNano: '100000000',
      endTimeUnixNano: '260000000',
      status: { code: 2, message: 'TOOL_FAILED' },
    });
    expect(sent[0].parentSpanId).toBeUndefined();
    expect(sent.at(-1)).toMatchObject({ kind: 3, parentSpanId: sent[2].spanId });
    expect(sent.at(-1).attributes).toContainEqual({ key: 'gen_ai.usage.input_tokens', value: { intValue: '30' } });
    expect(sent.at(-1).attributes).toContainEqual({
      key: 'gen_ai.response.finish_reasons',
      value: { arrayValue: { values: [{ stringValue: 'stop' }] } },
    });
  });
});

describe('a collector', () => {
  const open: { close(): void }[] = [];
  const exports: TraceExport[] = [];
  afterEach(async () => {
    await Promise.all(exports.splice(0).map((one) => one.stop()));
    for (const one of open.splice(0)) one.close();
  });

  /** Says what came, and answers with the status that `answer` says: never, where it does not. */
  const collector = async (answer: (count: number) => number | null) => {
    const bodies: string[] = [];
    const waiting: { count: number; resolve(): void }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push(`${request.url} ${Buffer.concat(chunks).toString()}`);
        const status = answer(bodies.length);
        if (status !== null) response.writeHead(status).end('{}');
        for (const one of waiting) if (bodies.length >= one.count) one.resolve();
      });
    });
    const listening = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', () => listening.resolve());
    await listening.promise;
    open.push({
      close() {
        server.closeAllConnections();
        server.close();
      },
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a port was expected');
    return {
      endpoint: `http://127.0.0.1:${address.port}`,
      bodies,
      came(count: number): Promise<void> {
        if (bodies.length >= count) return Promise.resolve();
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push({ count, resolve });
        return promise;
      },
    };
  };
  const exporting = (endpoint: () => string | null): TraceExport => {
    const made = createTraceExport({ endpoint, logger: silentLogger, pauses: [0, 0] });
    exports.push(made);
    return made;
  };

  it('gets traces at the address of the specification', async () => {
    const { endpoint, bodies, came } = await collector(() => 200);
    exporting(() => endpoint).add(() => 'one');
    exporting(() => `${endpoint}/otel/v1/traces`).add(() => 'two');
    await came(2);
    expect(bodies.toSorted()).toEqual(['/otel/v1/traces two', '/v1/traces one']);
  });

  it('that fails is asked three times, and the next trace goes its way', async () => {
    const { endpoint, bodies, came } = await collector((count) => (count <= 3 ? 503 : 200));
    const made = exporting(() => endpoint);
    made.add(() => 'one');
    made.add(() => 'two');
    await came(4);
    expect(bodies).toEqual(['one', 'one', 'one', 'two'].map((body) => `/v1/traces ${body}`));
  });

  it('is sent by a second try what is to be sent then, and nothing once it is switched off', async () => {
    const { endpoint, bodies, came } = await collector((count) => (count === 3 ? 200 : 503));
    let content = 'with words';
    let address: string | null = endpoint;
    const looked = Promise.withResolvers<void>();
    const made = exporting(() => {
      if (bodies.length === 4) {
        address = null;
        looked.resolve();
      }
      return address;
    });
    made.add(() => {
      const body = content;
      content = 'bare';
      return body;
    });
    made.add(() => 'another');
    await came(4);
    await looked.promise;
    await made.stop();
    expect(bodies).toEqual(['with words', 'bare', 'bare', 'another'].map((body) => `/v1/traces ${body}`));
  });

  it('that refuses a trace is not asked again', async () => {
    const { endpoint, bodies, came } = await collector((count) => (count === 1 ? 400 : 200));
    const made = exporting(() => endpoint);
    made.add(() => 'one');
    made.add(() => 'two');
    await came(2);
    expect(bodies).toEqual(['/v1/traces one', '/v1/traces two']);
  });

  it('that never answers keeps nobody waiting, and only the newest traces', async () => {
    const { endpoint, came } = await collector(() => null);
    const made = exporting(() => endpoint);
    const computed: number[] = [];
    for (let number = 0; number < 300; number += 1)
      made.add(() => {
        computed.push(number);
        return String(number);
      });
    await came(1);
    await made.stop();
    // The first of those that were kept was under way: 200 had been dropped for newer ones.
    expect(computed).toEqual([200]);
  });

  it('that is gone, or none, changes nothing', async () => {
    const gone = exporting(() => 'http://127.0.0.1:1');
    const made = Promise.withResolvers<void>();
    gone.add(() => {
      made.resolve();
      return 'one';
    });
    await made.promise;
    const asked = Promise.withResolvers<void>();
    const off = exporting(() => {
      asked.resolve();
      return null;
    });
    off.add(() => {
      throw new Error('nobody asked for a trace');
    });
    await asked.promise;
    await off.stop();
  });
});
