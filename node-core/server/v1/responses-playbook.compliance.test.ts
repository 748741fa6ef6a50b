import OpenAI from 'openai';
import type { ResponseStreamEvent } from 'openai/resources/responses/responses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, CancellationError } from '../../contract/index.ts';
import type { GenerateRequest, InferenceMetrics } from '../../inference/index.ts';
import { parseMetrics } from '../../testing/parse-metrics.ts';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api.ts';
import { scriptedTool } from '../../testing/scripted-tools.ts';
import { reasonedResponse } from '../../testing/response-events.ts';
import { innerId } from './items.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

/** Reads until there is no more. */
const toTheEnd = async (events: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const event of events) if (event !== undefined) count += 1;
  return count;
};
const tool = scriptedTool('test.send', () => ({ sent: true }), { effect: 'send-out', outside: true });

const brief = `playbook: 1
id: brief
version: 1
name: Brief
inputs:
  - { id: size, title: Size, type: number, required: false }
  - { id: topic, title: Topic, type: text, required: true }
tools: [test.send]
profile: writer
budget: { tokens: 100000, seconds: 600, calls: 50, cost: 0 }
steps:
  - { id: draft, kind: ask, title: Draft it, prompt: 'Write about {{ inputs.topic }}.' }
result:
  - { title: Draft, value: steps.draft }
`;
const sending = brief
  .replace('id: brief', 'id: sending')
  .replace(
    'result:',
    "  - { id: send, kind: tool, title: Send it, tool: test.send, with: { query: '{{ steps.draft }}' } }\nresult:",
  );

const noMetrics: InferenceMetrics = {
  requests: { done: 0, failed: 0, cancelled: 0, refused: 0 },
  tokens: { prompt: 0, cached: 0, output: 0 },
  draft: { proposed: 0, accepted: 0 },
  loads: { count: 0, failed: 0, evicted: 0, seconds: 0 },
  hostRestarts: 0,
  queued: 0,
  active: 0,
  loaded: [],
};

let api: ScriptedApi;
let openai: OpenAI;
let answer: (request: GenerateRequest) => string | Promise<string>;

beforeEach(async () => {
  answer = () => 'A fine text.';
  api = await startScriptedApi({ answer: async (request) => answer(request), tools: [tool], metrics: () => noMetrics });
  openai = new OpenAI({ baseURL: api.url, apiKey: api.apiKey, maxRetries: 0 });
  await api.agents.playbooks.save({ text: brief }, call);
  await api.agents.playbooks.save({ text: sending }, call);
});
afterEach(() => api.close());

const runs = () => api.agents.runs.list({}, call);

describe('a playbook', () => {
  it('is a model: the text is its first text input, the result is the answer', async () => {
    const response = await openai.responses.create({ model: 'playbook/brief', input: 'whales' });
    expect(response.status).toBe('completed');
    expect(response.model).toBe('playbook/brief');
    expect(response.output_text).toBe('## Draft\n\nA fine text.');
    expect(response.usage?.output_tokens).toBeGreaterThan(0);
    expect(JSON.stringify(api.asked[0]?.input)).toContain('whales');
    const [run] = await runs();
    expect(run).toMatchObject({ state: 'done', playbookId: 'brief', title: 'Brief: whales' });
    const again = await openai.responses.retrieve(response.id);
    expect(again.output_text).toBe(response.output_text);
  });

  it('streams its progress and its result as the events of any answer', async () => {
    const events: ResponseStreamEvent[] = [];
    const stream = await openai.responses.create({ model: 'playbook/brief', input: 'whales', stream: true });
    for await (const event of stream) events.push(event);
    expect(events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      ...reasonedResponse,
    ]);
    const progress = events
      .map((event) => (event.type === 'response.reasoning_text.delta' ? event.delta : ''))
      .join('');
    expect(progress).toMatch(/^Run [0-9a-f-]+: Brief: whales\nDraft it\n$/u);
  });

  it('that waits for leave ends incomplete, says where to answer, and goes on then', async () => {
    const response = await openai.responses.create({ model: 'playbook/sending', input: 'whales' });
    expect(response.status).toBe('incomplete');
    expect(response.incomplete_details).toEqual({ reason: 'waiting_for_approval' });
    const [run] = await runs();
    expect(response.output_text).toContain('May it call test.send?');
    expect(response.output_text).toContain(`/#/run/${run?.id}`);
    const detail = await api.agents.runs.get({ id: run?.id ?? '' }, call);
    expect(detail.state).toBe('waiting');
    const ended = toTheEnd(await api.agents.runs.watch({ id: detail.id }, call));
    await api.agents.runs.answer(
      { id: detail.id, questionId: detail.playbook?.questions[0]?.id ?? '', answer: { type: 'approve', allow: true } },
      call,
    );
    await ended;
    expect((await api.agents.runs.get({ id: detail.id }, call)).state).toBe('done');
  });

  it('that waits for leave in the background is stopped by its program, and what it did is taken back', async () => {
    const keeping = sending
      .replace('id: sending', 'id: keeping')
      .replace(
        '  - { id: send,',
        '  - { id: keep, kind: change, title: Keep, change: tasks, with: { tasks: [{ title: Read the draft }] } }\n  - { id: send, needs: [keep],',
      );
    await api.agents.playbooks.save({ text: keeping }, call);
    const { key } = await api.keys.create(
      { name: 'starts', scopes: ['inference', 'conversations', 'workspace'] },
      call,
    );
    const program = new OpenAI({ baseURL: api.url, apiKey: key, maxRetries: 0 });
    const waiting = async (): Promise<string> => {
      const { id } = await program.responses.create({ model: 'playbook/keeping', input: 'whales', background: true });
      for (;;) {
        const { status } = await program.responses.retrieve(id);
        if (status === 'incomplete') return id;
        expect(['queued', 'in_progress']).toContain(status);
      }
    };
    const id = await waiting();
    const [run] = await runs();
    expect(run?.state).toBe('waiting');
    expect(await program.responses.retrieve(id)).toMatchObject({ run_id: run?.id });
    const { key: reads } = await api.keys.create({ name: 'reads', scopes: ['inference', 'conversations'] }, call);
    const reader = new OpenAI({ baseURL: api.url, apiKey: reads, maxRetries: 0 });
    await expect(reader.responses.cancel(id)).rejects.toMatchObject({ status: 403 });
    expect((await runs())[0]?.state).toBe('waiting');

    const cancelled = await program.responses.cancel(id);
    expect(cancelled).toMatchObject({ status: 'cancelled', incomplete_details: null });
    expect(await program.responses.retrieve(id)).toMatchObject({ status: 'cancelled', run_id: run?.id });
    const stopped = await api.agents.runs.get({ id: run?.id ?? '' }, call);
    expect(stopped.state).toBe('cancelled');
    expect(stopped.undoneAt).not.toBeNull();
    expect((await program.responses.cancel(id)).status).toBe('cancelled');

    const other = await waiting();
    const [second] = await runs();
    const detail = await api.agents.runs.get({ id: second?.id ?? '' }, call);
    const ended = toTheEnd(await api.agents.runs.watch({ id: detail.id }, call));
    await api.agents.runs.answer(
      { id: detail.id, questionId: detail.playbook?.questions[0]?.id ?? '', answer: { type: 'approve', allow: true } },
      call,
    );
    await ended;
    expect((await program.responses.cancel(other)).status).toBe('incomplete');
    expect((await api.agents.runs.get({ id: detail.id }, call)).state).toBe('done');
  });

  it('says lists as lists, by their titles', async () => {
    const listing = brief
      .replace('id: brief', 'id: listing')
      .replace(
        'result:',
        "  - { id: both, kind: rule, title: Both, rule: list, with: { items: [[{ title: One, due: '2026-06-30' }], [{ title: Two }, three]], limit: 9 } }\nresult:\n  - { title: Made, value: steps.both }",
      );
    await api.agents.playbooks.save({ text: listing }, call);
    const response = await openai.responses.create({ model: 'playbook/listing', input: 'whales' });
    expect(response.output_text).toContain('## Made\n\n- One (by 2026-06-30)\n- Two\n- three\n\n## Draft');
  });

  it('is found for a goal where none is named, and carried out as it is kept', async () => {
    const asked = (text: string) => openai.responses.create({ model: 'playbook', input: text });
    await api.agents.playbooks.save(
      { text: brief.replace('inputs:', 'description: A brief about whales and dolphins\ninputs:') },
      call,
    );
    const found = await asked('A brief about whales, without a draft');
    expect(found.output_text).toBe('## Draft\n\nA fine text.');
    const none = await asked('Learn to swim by July 31');
    expect(none.output_text).toMatch(
      /^No playbook fits this goal, so it was planned into a project with tasks\.\n\n## Project/u,
    );
    const [second, first] = await runs();
    expect([first?.playbookId, second?.playbookId]).toEqual(['brief', 'plan-goal']);
    const kept = await api.agents.playbooks.get({ id: 'brief' }, call);
    expect((await api.agents.runs.get({ id: first?.id ?? '' }, call)).playbook?.playbook).toEqual(kept.playbook);
    await expect(asked('  ')).rejects.toMatchObject({ status: 400 });
  });

  it('takes all its inputs as an object', async () => {
    await openai.responses.create({ model: 'playbook/brief', input: '{"topic": "bees", "size": 3}' });
    const [run] = await runs();
    expect((await api.agents.runs.get({ id: run?.id ?? '' }, call)).playbook?.inputs).toEqual({
      topic: 'bees',
      size: 3,
    });
  });

  it('refuses what it can not do, before anything begins', async () => {
    const ask = (more: object) => openai.responses.create({ model: 'playbook/brief', input: 'whales', ...more });
    await expect(ask({ input: '{"topic": "bees", "sise": 3}' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('no input “sise”'),
    });
    await expect(ask({ model: 'playbook/none' })).rejects.toMatchObject({ status: 404 });
    await expect(ask({ model: 'playbook/../x' })).rejects.toMatchObject({ status: 404 });
    await expect(ask({ input: ' ' })).rejects.toMatchObject({ status: 400, message: expect.stringContaining('Topic') });
    await expect(
      ask({ tools: [{ type: 'function', name: 'f', parameters: { type: 'object' }, strict: false }] }),
    ).rejects.toMatchObject({ status: 400, param: 'tools' });
    await expect(ask({ text: { format: { type: 'json_object' } } })).rejects.toMatchObject({ status: 400 });
    expect(await runs()).toEqual([]);
  });

  it('is no model of a chat, and is not listed as one', async () => {
    await expect(
      openai.chat.completions.create({ model: 'playbook/brief', messages: [{ role: 'user', content: 'x' }] }),
    ).rejects.toMatchObject({ status: 404 });
    const listed = await openai.models.list();
    expect(listed.data.some(({ id }) => id.startsWith('playbook/'))).toBe(false);
  });

  it('that fails says why', async () => {
    answer = () => {
      throw new AppError('CONTEXT_OVERFLOW', 'That is too long for this model.');
    };
    const { id } = await openai.responses.create({ model: 'playbook/brief', input: 'whales', background: true });
    for (;;) {
      const { status, error } = await openai.responses.retrieve(id);
      if (status === 'queued' || status === 'in_progress') continue;
      expect({ status, message: error?.message }).toEqual({
        status: 'failed',
        message: 'That is too long for this model.',
      });
      break;
    }
    expect((await runs())[0]?.state).toBe('failed');
  });

  it('in the background is cancelled with its response; the reader who leaves leaves it', async () => {
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<string>();
    answer = () => {
      asked.resolve();
      return goOn.promise;
    };
    const away = new AbortController();
    const left = openai.responses.create({ model: 'playbook/brief', input: 'whales' }, { signal: away.signal });
    await asked.promise;
    away.abort();
    await expect(left).rejects.toThrow(/abort/iu);
    const [first] = await runs();
    const ended = toTheEnd(await api.agents.runs.watch({ id: first?.id ?? '' }, call));
    goOn.resolve('Late.');
    await ended;
    expect((await runs())[0]?.state).toBe('done');

    const again = Promise.withResolvers<void>();
    answer = ({ signal }) => {
      again.resolve();
      return new Promise<string>((_, reject) => {
        signal?.addEventListener('abort', () => reject(new CancellationError()));
      });
    };
    const { id } = await openai.responses.create({ model: 'playbook/brief', input: 'bees', background: true });
    await again.promise;
    const [second] = await runs();
    const stopped = toTheEnd(await api.agents.runs.watch({ id: second?.id ?? '' }, call));
    expect((await openai.responses.cancel(id)).status).toBe('cancelled');
    await stopped;
    expect((await runs())[0]?.state).toBe('cancelled');
  });
});

describe('a response in the background that Jan was stopped under', () => {
  let goOn: PromiseWithResolvers<string>;
  /** In progress after a stop and a start; its run is at its question again. */
  const left = async (stream = false): Promise<string> => {
    let asked = Promise.withResolvers<void>();
    goOn = Promise.withResolvers<string>();
    answer = ({ signal }) => {
      asked.resolve();
      const stopped = new Promise<string>((_, reject) => {
        signal?.addEventListener('abort', () => reject(new CancellationError()));
      });
      return Promise.race([goOn.promise, stopped]);
    };
    const ask = { model: 'playbook/brief', input: 'whales', background: true } as const;
    let id = '';
    if (stream) {
      const events = await openai.responses.create({ ...ask, stream: true });
      for await (const event of events) {
        if (event.type === 'response.created') id = event.response.id;
        if (event.type === 'response.reasoning_text.delta') break;
      }
    } else ({ id } = await openai.responses.create(ask));
    await asked.promise;
    asked = Promise.withResolvers<void>();
    await Promise.all([api.threads.stop(), api.agents.stop()]);
    await api.agents.start();
    await asked.promise;
    return id;
  };
  const ended = async (id: string) => {
    for (;;) {
      const response = await openai.responses.retrieve(id);
      if (response.status !== 'in_progress') return response;
    }
  };

  it('follows its run, which goes on, and has its result', async () => {
    const id = await left();
    const [run] = await runs();
    expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'in_progress', error: null, run_id: run?.id });
    goOn.resolve('A late text.');
    const response = await ended(id);
    expect(response).toMatchObject({ status: 'completed', error: null, run_id: run?.id });
    expect(response.output_text).toBe('## Draft\n\nA late text.');
    expect(response.usage?.output_tokens).toBeGreaterThan(0);
    expect(await runs()).toHaveLength(1);
    expect(await openai.responses.retrieve(id)).toEqual(response);
  });

  it('tells how it began, and the rest when its run has ended, also from where the stream broke off', async () => {
    const id = await left(true);
    const events: ResponseStreamEvent[] = [];
    for await (const event of await openai.responses.retrieve(id, { stream: true })) {
      if (event.type === 'response.in_progress') goOn.resolve('A late text.');
      events.push(event);
    }
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index));
    const [created, ...others] = reasonedResponse;
    expect(events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      created,
      'response.queued',
      ...others,
    ]);
    expect(events.at(-1)).toMatchObject({
      type: 'response.completed',
      response: { status: 'completed', output: [{ type: 'reasoning' }, { type: 'message' }] },
    });
    const rest: ResponseStreamEvent[] = [];
    for await (const event of await openai.responses.retrieve(id, { stream: true, starting_after: 4 }))
      rest.push(event);
    expect(rest).toEqual(events.slice(5));
  });

  it('fails as its run fails', async () => {
    const id = await left();
    goOn.reject(new AppError('CONTEXT_OVERFLOW', 'That is too long for this model.'));
    expect(await ended(id)).toMatchObject({
      status: 'failed',
      error: { message: 'That is too long for this model.' },
    });
  });

  it('is cancelled with its run', async () => {
    const id = await left();
    expect((await openai.responses.cancel(id)).status).toBe('cancelled');
    expect((await runs())[0]?.state).toBe('cancelled');
    expect((await openai.responses.retrieve(id)).status).toBe('cancelled');
  });

  it('that has noted no run tells nobody to ask again before they have looked', async () => {
    const { id } = await openai.responses.create({ model: 'playbook/brief', input: 'whales', background: true });
    await ended(id);
    const inner = innerId(id);
    const row = api.threads.responses.get(inner);
    if (!row) throw new Error('It is not kept.');
    const body: object = { ...JSON.parse(row.body), status: 'in_progress', run_id: undefined };
    api.threads.responses.put({ ...row, status: 'in_progress', body: JSON.stringify(body), output: '[]' });
    expect(await openai.responses.retrieve(id)).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('Look under Runs') },
    });
  });
});

it('a key needs the scope of the workspace, and no limits', async () => {
  const { key: asks } = await api.keys.create({ name: 'asks', scopes: ['inference'] }, call);
  const { key: limited } = await api.keys.create(
    { name: 'limited', scopes: ['inference', 'workspace'], limits: { tokensPerDay: 10 } },
    call,
  );
  for (const apiKey of [asks, limited]) {
    const program = new OpenAI({ baseURL: api.url, apiKey, maxRetries: 0 });
    await expect(program.responses.create({ model: 'playbook/brief', input: 'x' })).rejects.toMatchObject({
      status: 403,
    });
  }
  expect(await runs()).toEqual([]);
});

it('metrics count what runs did', async () => {
  await openai.responses.create({ model: 'playbook/sending', input: 'never told' });
  const text = await (await fetch(api.url.replace('/v1', '/metrics'))).text();
  const lines = z.array(z.string()).parse(text.split('\n'));
  const families = parseMetrics(text);
  expect(families.get('jan_run_duration_seconds')?.type).toBe('histogram');
  expect(families.get('jan_run_tool_call_duration_seconds')?.type).toBe('histogram');
  expect(lines).toContain('jan_runs_started_total{skill="playbook"} 1');
  expect(lines).toContain('jan_run_steps_total{kind="generate",state="done"} 1');
  expect(lines.some((line) => line.startsWith('jan_run_tokens_total{kind="output"} '))).toBe(true);
  expect(text).not.toContain('never told');
});
