// How playbooks run: the commit of a journal entry, eight tools at once, the way through a graph, faults repaired, and how much of the
// prompts the model has read already. One line of JSON: node bench/agents.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createAgents } from '../node-core/agents/index.ts';
import { silentLogger, systemClock } from '../node-core/common/index.ts';
import { AppError, type Playbook, type RunDetail } from '../node-core/contract/index.ts';
import { createInference, forkHost, type Inference } from '../node-core/inference/index.ts';
import { openStore } from '../node-core/storage/index.ts';
import { randomStoreKeys } from '../node-core/testing/open-test-store.ts';
import { scriptedInference } from '../node-core/testing/scripted-inference.ts';
import { scriptedPlaybook, startOf } from '../node-core/testing/scripted-playbook.ts';
import { scriptedTool, scriptedToolbox } from '../node-core/testing/scripted-tools.ts';

const TOOL_MS = 500;
const COMMITS = 1_000;
const FAULTY = 0.2;
const ROUNDS = 5;
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
const store = openStore({ dir, keys: randomStoreKeys() });

const round = (value: number) => Number(value.toFixed(3));
const at = (values: readonly number[], share: number) =>
  round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN);

const slow = scriptedTool('bench.slow', async ({ ms }) => {
  await setTimeout(Number(ms));
  return ms ?? null;
});

const timed = async (inference: Pick<Inference, 'generate' | 'model' | 'slots'>, playbook: Playbook, inputs = {}) => {
  const agents = createAgents({
    store: () => store,
    inference,
    tools: scriptedToolbox([slow]),
    clock: systemClock,
    logger: silentLogger,
  });
  await agents.start();
  const begun = performance.now();
  const { id } = await agents.runs.start(startOf(playbook, inputs), call);
  for await (const event of await agents.runs.watch({ id }, call)) void event;
  const ms = performance.now() - begun;
  const run = await agents.runs.get({ id }, call);
  await agents.stop();
  if (run.error) throw new Error(run.error.message);
  return { ms, run };
};

const silent = scriptedInference({ answer: () => 'fine', builtin: false });
const waiting = (id: string, ms: number, needs: readonly string[] = []) => ({
  id,
  kind: 'tool' as const,
  title: id,
  tool: 'bench.slow',
  with: { ms },
  needs: [...needs],
});

/** Eight that need nothing, and a graph whose longest way is three calls of 400 ms. */
const parallel = async () => {
  const eight = scriptedPlaybook({
    tools: ['bench.slow'],
    steps: Array.from({ length: 8 }, (_, step) => waiting(`step-${step}`, TOOL_MS)),
  });
  const graph = scriptedPlaybook({
    tools: ['bench.slow'],
    steps: [
      waiting('a', 400),
      waiting('b', 200),
      waiting('c', 400, ['a']),
      waiting('d', 300, ['b']),
      waiting('e', 400, ['c', 'd']),
      waiting('f', 100, ['b']),
    ],
  });
  const speedups: number[] = [];
  const overheads: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    speedups.push((8 * TOOL_MS) / (await timed(silent, eight)).ms);
    overheads.push((await timed(silent, graph)).ms / 1_200);
  }
  return { eightToolsSpeedup: at(speedups, 0.5), wallByCriticalPath: at(overheads, 0.5) };
};

/** What one entry of 4 KB costs, as the runs write them. */
const commits = () => {
  const id = store.first(store.qb.selectFrom('run').select('id'))?.id ?? '';
  const data = JSON.stringify({ index: 0, output: 'x'.repeat(4_000), touched: [] });
  const seq = 1_000_000;
  const took = Array.from({ length: COMMITS }, (_, more) => {
    const begun = performance.now();
    store.write((tx) =>
      tx.run(store.qb.insertInto('journal').values({ runId: id, seq: seq + more, at: 0, type: 'step-done', data })),
    );
    return performance.now() - begun;
  });
  return { journalCommitMs: { p50: at(took, 0.5), p95: at(took, 0.95), max: at(took, 1) } };
};

/** A fifth of all answers is no JSON, names nobody, has no such day or tool, or does not come. */
const repairs = async () => {
  const good = { person: 'ada', day: '2026-05-04', tool: 'web.search' };
  const faults = [
    () => 'Sure!',
    () => JSON.stringify({ ...good, person: 'charles' }),
    () => JSON.stringify({ ...good, day: '2026-02-31' }),
    () => JSON.stringify({ ...good, tool: 'web.destroy' }),
    () => {
      throw new AppError('ENDPOINT_FAILED', 'The model server did not answer in time.');
    },
  ];
  let given = 0;
  const inference = scriptedInference({
    builtin: false,
    answer: () => {
      if (Math.random() >= FAULTY) return JSON.stringify(good);
      given += 1;
      return faults[given % faults.length]?.() ?? '';
    },
  });
  const asking = scriptedPlaybook({
    steps: Array.from({ length: 50 }, (_, step) => ({
      id: `step-${step}`,
      kind: 'ask' as const,
      title: `Step ${step}`,
      optional: true,
      prompt: `Question ${step}`,
      answer: {
        type: 'object',
        properties: {
          person: { enum: ['ada', 'grace'] },
          day: { type: 'string', format: 'date' },
          tool: { enum: ['web.search', 'web.read'] },
        },
        required: ['person', 'day', 'tool'],
        additionalProperties: false,
      },
    })),
  });
  let left = 0;
  let met = 0;
  for (let turn = 0; turn < 2 * ROUNDS; turn += 1) {
    const { run } = await timed(inference, asking);
    left += run.steps.filter(({ state }) => state === 'skipped').length;
    met += repaired(run);
  }
  return { stepsWithFaults: met, repairedWithinTwoTries: round((met - left) / met) };
};

/** What one who looks on is sent of a run with two hundred calls that find 10 KB each, and two hundred answers of 1 KB. */
const looking = async () => {
  const agents = createAgents({
    store: () => store,
    inference: scriptedInference({ answer: () => 'word '.repeat(200), builtin: false }),
    tools: scriptedToolbox([
      scriptedTool('bench.list', () => Array.from({ length: 200 }, (_, item) => item)),
      scriptedTool('bench.find', ({ item }) => ({ item: item ?? null, text: 'found '.repeat(1_700) })),
    ]),
    clock: systemClock,
    logger: silentLogger,
  });
  await agents.start();
  const each = { each: 'steps.list', limit: 200 };
  const playbook = scriptedPlaybook({
    tools: ['bench.list', 'bench.find'],
    steps: [
      { id: 'list', kind: 'tool', title: 'List', tool: 'bench.list' },
      { id: 'find', kind: 'tool', title: 'Find', ...each, tool: 'bench.find', with: { item: '{{ item }}' } },
      { id: 'write', kind: 'ask', title: 'Write', ...each, prompt: 'About {{ item }}', needs: ['find'] },
    ],
  });
  const { id } = await agents.runs.start(startOf(playbook), call);
  let bytes = 0;
  let largest = 0;
  for await (const event of await agents.runs.watch({ id }, call)) {
    const size = Buffer.byteLength(JSON.stringify(event));
    bytes += size;
    largest = Math.max(largest, size);
  }
  const snapshot = Buffer.byteLength(JSON.stringify(await agents.runs.get({ id }, call)));
  await agents.stop();
  return { watchedMb: round(bytes / 1e6), largestEventKb: round(largest / 1e3), snapshotKb: round(snapshot / 1e3) };
};

const entriesOf = (run: RunDetail) =>
  store
    .all(store.qb.selectFrom('journal').select(['type', 'data']).where('runId', '=', run.id).orderBy('seq'))
    .map(({ type, data }) => ({ type, data: JSON.parse(data) as Readonly<Record<string, unknown>> }));

const repaired = (run: RunDetail): number => entriesOf(run).filter(({ data }) => data['key'] === '0/1').length;

const page = Array.from(
  { length: 22 },
  (_, line) => `Line ${line}: the group met, talked about the garden, and left ${line} things open for next time.`,
).join('\n');

/** On the built-in model, with a page of notes given: what matters is how much is read anew, not what it answers. */
const cached = async () => {
  const inference = createInference({
    store: () => store,
    spawnHost: forkHost,
    runtimes: [{ kind: 'llama', idleMinutes: 0 }],
    downloads: { dir: join(dir, 'models'), modelMirror: 'http://127.0.0.1:9' },
    clock: systemClock,
    logger: silentLogger,
  });
  const answer = {
    type: 'object',
    properties: { met: { type: 'boolean' } },
    required: ['met'],
    additionalProperties: false,
  };
  const ask = (id: string, prompt: string, needs: string[] = []) => ({
    id,
    kind: 'ask' as const,
    title: id,
    prompt,
    answer,
    maxTokens: 32,
    needs,
  });
  try {
    await inference.models.load({ id: inference.defaultModelId() }, call);
    const { run } = await timed(
      inference,
      scriptedPlaybook({
        inputs: [{ id: 'notes', title: 'Notes', type: 'long-text' }],
        steps: [
          ask('first', 'Is anything open?'),
          ask('second', 'Is it urgent?', ['first']),
          ask('third', 'Was anything decided?', ['second']),
          ask('fourth', 'Is a date named?', ['second']),
          ask('fifth', 'Is a person named?', ['third', 'fourth']),
        ],
      }),
      { notes: page },
    );
    const answers = entriesOf(run).filter(({ type }) => type === 'answer');
    const sum = (key: string) => answers.slice(1).reduce((total, { data }) => total + Number(data[key]), 0);
    return {
      promptTokensFromStepTwo: sum('promptTokens'),
      cachedShareFromStepTwo: round(sum('cachedTokens') / sum('promptTokens')),
    };
  } finally {
    await inference.stop();
  }
};

try {
  const figures = {
    bench: 'agents',
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    load: loadavg()[0],
    ...(await parallel()),
    ...commits(),
    ...(await repairs()),
    ...(await looking()),
    ...(await cached()),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  store.close();
  rmSync(dir, { recursive: true, force: true });
}
