import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../common/index.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { scriptedAnswer } from '../../testing/scripted-answers.ts';
import { scriptedInference } from '../../testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../../testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../../testing/scripted-tools.ts';
import { createAgents } from '../index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;

/** Reads until there is no more. */
const toTheEnd = async (events: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const event of events) if (event !== undefined) count += 1;
  return count;
};
let opened: ReturnType<typeof openTestStore>;
const ends: (() => unknown)[] = [];

beforeEach(() => {
  opened = openTestStore();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  opened.dispose();
});

/** A collector on a real socket, and what it was sent; `isSilent`: it never answers. */
const startCollector = async ({ isSilent = false } = {}) => {
  const bodies: string[] = [];
  const arrivals: { resolve(): void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      if (!isSilent) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      arrivals.shift()?.resolve();
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  return {
    traceEndpoint: `http://127.0.0.1:${address.port}`,
    bodies,
    /** Resolves with the next trace that arrives. */
    next: (): Promise<void> => {
      const arrived = Promise.withResolvers<void>();
      arrivals.push(arrived);
      return arrived.promise;
    },
  };
};

it('a run ends while the collector does not answer, is told of without its words, shown with them, and counted', async () => {
  const { traceEndpoint, bodies, next } = await startCollector({ isSilent: true });
  const came = next();
  const agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer: scriptedAnswer }),
    settings: () => ({ learnFacts: true, traceEndpoint, traceContent: false }),
    version: '1.2.3',
    clock: systemClock,
    logger: silentLogger,
  });
  ends.push(() => agents.stop());
  await agents.start();

  const go = async () => {
    const { id } = await agents.runs.start({ skill: 'plan', goal: 'Plan Q2 product launch by June 30' }, call);
    const ended = await toTheEnd(await agents.runs.watch({ id }, call));
    return { id, ended };
  };
  const first = await go();
  await came;
  const told = bodies[0];
  // The collector still holds the first trace: the second run ends all the same.
  const second = await go();
  expect((await agents.runs.get({ id: second.id }, call)).state).toBe('done');

  expect(told).toContain('invoke_workflow plan');
  expect(told).not.toMatch(/launch/iu);
  const spans = await agents.runs.trace({ id: first.id }, call);
  expect(spans[0]).toMatchObject({ name: 'invoke_workflow plan', attributes: { 'jan.run.state': 'done' } });
  expect(spans.some(({ name }) => name === 'chat scripted')).toBe(true);
  expect(JSON.stringify(spans)).toMatch(/launch/iu);

  const counters = new Map(agents.counters().map(({ name, samples }) => [name, samples]));
  expect(counters.get('jan_runs_total')).toEqual([{ labels: { skill: 'plan', state: 'done' }, value: 2 }]);
  expect(counters.get('jan_runs_started_total')).toEqual([{ labels: { skill: 'plan' }, value: 2 }]);
  expect(counters.get('jan_run_steps_total')).toContainEqual({ labels: { kind: 'generate', state: 'done' }, value: 2 });
  const [output] = agents
    .counters()
    .flatMap((metric) => (metric.type === 'counter' && metric.name === 'jan_run_tokens_total' ? metric.samples : []))
    .filter(({ labels }) => labels['kind'] === 'output');
  expect(output?.value).toBeGreaterThan(0);
  const [took] = agents
    .counters()
    .flatMap((metric) =>
      metric.type === 'histogram' && metric.name === 'jan_run_duration_seconds' ? metric.samples : [],
    );
  expect(took).toMatchObject({ labels: { skill: 'plan' }, count: 2 });
  expect(took?.buckets.at(-1)).toEqual({ seconds: 7_200, count: 2 });
});

it('a collector is told the words of a run where that is switched on, and not a word more once it is off', async () => {
  const { traceEndpoint, bodies, next } = await startCollector();
  let traceContent = false;
  const agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer: scriptedAnswer }),
    settings: () => ({ learnFacts: true, traceEndpoint, traceContent }),
    version: '1.2.3',
    clock: systemClock,
    logger: silentLogger,
  });
  ends.push(() => agents.stop());
  await agents.start();
  const told = async (): Promise<string> => {
    const arrived = next();
    await agents.runs.start({ skill: 'plan', goal: 'Plan Q2 product launch by June 30' }, call);
    await arrived;
    return bodies.at(-1) ?? '';
  };
  expect(await told()).not.toMatch(/launch|june/iu);
  traceContent = true;
  const words = await told();
  expect(words).toMatch(/launch/iu);
  const spans = JSON.parse(words).resourceSpans[0].scopeSpans[0].spans;
  const chat = spans.find(({ name }: { name: string }) => name === 'chat scripted');
  const text = (key: string): string =>
    chat.attributes.find((attribute: { key: string }) => attribute.key === key).value.stringValue;
  expect(JSON.parse(text('gen_ai.input.messages'))).toMatchObject([{ role: 'user', parts: [{ type: 'text' }] }]);
  expect(JSON.parse(text('gen_ai.output.messages'))).toMatchObject([
    { role: 'assistant', parts: [{ type: 'text', content: expect.any(String) }], finish_reason: 'stop' },
  ]);
  traceContent = false;
  expect(await told()).not.toMatch(/launch|june/iu);
});

it('a collector is told of a run that was stopped after it had changed something, and once', async () => {
  const { traceEndpoint, bodies, next } = await startCollector();
  const hangs = Promise.withResolvers<void>();
  const agents = createAgents({
    store: () => opened.store,
    inference: scriptedInference({ answer: scriptedAnswer }),
    tools: scriptedToolbox([
      scriptedTool('test.hang', () => {
        hangs.resolve();
        return new Promise(() => undefined);
      }),
    ]),
    settings: () => ({ learnFacts: true, traceEndpoint, traceContent: false }),
    version: '1.2.3',
    clock: systemClock,
    logger: silentLogger,
  });
  ends.push(() => agents.stop());
  await agents.start();
  const stopped = next();
  const { id } = await agents.runs.start(
    startOf(
      scriptedPlaybook({
        tools: ['test.hang'],
        inputs: [],
        steps: [
          { id: 'note', kind: 'change', title: 'Note', change: 'note', with: { text: '# Kept' } },
          { id: 'hang', kind: 'tool', title: 'Hang', tool: 'test.hang', needs: ['note'] },
        ],
        result: [],
      }),
    ),
    call,
  );
  await hangs.promise;
  expect(await agents.runs.cancel({ id }, call)).toMatchObject({ state: 'cancelled' });
  await stopped;
  expect((await agents.runs.get({ id }, call)).undoneAt).not.toBeNull();
  expect(bodies).toEqual([expect.stringContaining('cancelled')]);

  const done = next();
  const other = await agents.runs.start({ skill: 'plan', goal: 'Plan Q2 product launch by June 30' }, call);
  await done;
  await agents.runs.undo({ id: other.id }, call);
  const last = next();
  await agents.runs.start({ skill: 'plan', goal: 'Plan Q2 product launch by June 30' }, call);
  await last;
  expect(bodies).toHaveLength(3);
});
