// How fast the agents are on the built-in model: a plan, and a meeting of 40 lines. One line of JSON: node bench/plan.ts
// Another model's catalog.json may be named as the argument.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgents } from '../node-core/agents/index.ts';
import { silentLogger, systemClock } from '../node-core/common/index.ts';
import type { StartRun } from '../node-core/contract/index.ts';
import { createInference, forkHost } from '../node-core/inference/index.ts';
import { openStore } from '../node-core/storage/index.ts';
import { randomStoreKeys } from '../node-core/testing/open-test-store.ts';

const goals = [
  'Plan Q2 product launch by June 30 #marketing',
  'Organise the street festival in our quarter by 12 September',
  'Move the archive of the choir into the new cellar by the end of October',
  'Prepare the annual report for the board by 20 November',
  'Set up a bicycle repair day at the school next month',
];

const talk = [
  'Marta: good morning, shall we begin?',
  'Joel: yes, the others come later.',
  'Marta: first the roof of the greenhouse.',
  'Joel: two panes broke in the storm on Sunday.',
  'Ines: I measured them, they are a standard size.',
  'Marta: can you order the panes by Thursday, Ines?',
  'Ines: I can, I will use the shop in town.',
  'Joel: the gutter is full of leaves as well.',
  'Marta: then you clean it on Saturday, Joel.',
  'Joel: fine, if it does not rain.',
  'Marta: next is the harvest market.',
  'Ines: last year we had too few tables.',
  'Joel: we could borrow some from the parish.',
  'Marta: we decided that we take ten tables this time.',
  'Ines: agreed, ten is right.',
  'Joel: I will ask the parish about the tables by the end of the week.',
  'Marta: who makes the posters?',
  'Ines: not me, I did them twice.',
  'Joel: my daughter might have an idea.',
  'Marta: I will make the posters myself, by the 20th.',
  'Ines: put the opening hours on them.',
  'Joel: from ten to four, as always?',
  'Marta: yes, we keep the hours from ten to four.',
  'Ines: the coffee machine leaks.',
  'Joel: it has leaked since spring.',
  'Marta: do we repair it or buy a new one?',
  'Ines: a new one costs more than we have.',
  'Marta: then we have it repaired, that is settled.',
  'Joel: I know a man in the harbour street.',
  'Marta: please bring it to him tomorrow, Joel.',
  'Joel: all right.',
  'Ines: what about the keys of the shed?',
  'Marta: three people have one, that is enough.',
  'Ines: Olga lost hers.',
  'Marta: Ines, tell Olga to come to me on Monday.',
  'Ines: I will.',
  'Joel: anything else?',
  'Marta: the bill for the water, I pay it today.',
  'Ines: thank you, see you next week.',
  'Joel: see you.',
].join('\n');

const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
const store = openStore({ dir, keys: randomStoreKeys() });
const inference = createInference({
  store: () => store,
  spawnHost: forkHost,
  runtimes: [{ kind: 'llama', idleMinutes: 0 }],
  downloads: { dir: join(dir, 'models'), modelMirror: 'http://127.0.0.1:9' },
  clock: systemClock,
  logger: silentLogger,
  ...(process.argv[2] === undefined ? {} : { catalogPath: process.argv[2] }),
});
const agents = createAgents({ store: () => store, inference, clock: systemClock, logger: silentLogger });
const call = { signal: new AbortController().signal, actor: 'user' } as const;

const timed = async (request: StartRun) => {
  const begun = performance.now();
  let firstText: number | null = null;
  const { id } = await agents.runs.start(request, call);
  for await (const event of await agents.runs.watch({ id }, call)) {
    if (event.type === 'text') firstText ??= performance.now() - begun;
  }
  const whole = performance.now() - begun;
  const run = await agents.runs.get({ id }, call);
  if (run.error) throw new Error(run.error.message);
  const { promptTokens, outputTokens, result } = run;
  return { firstText: firstText ?? whole, whole, promptTokens, outputTokens, result };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const seconds = (millis: number): number => Number((millis / 1_000).toFixed(2));

try {
  await inference.models.load({ id: inference.defaultModelId() }, call);
  await agents.start();
  const plan = (goal: string) => timed({ skill: 'plan', goal, today: '2026-05-04' });
  const first = await plan('Plan a picnic for the whole house');
  const plans: Awaited<ReturnType<typeof plan>>[] = [];
  for (const goal of goals) plans.push(await plan(goal));
  const meetings: Awaited<ReturnType<typeof timed>>[] = [];
  for (const name of ['one', 'two', 'three']) {
    // A different first line each time, so that nothing read before helps.
    const transcript = talk.replace('good morning', `good morning from room ${name}`);
    meetings.push(await timed({ skill: 'extract', transcript, date: '2026-05-04' }));
  }
  const { result } = meetings[0] ?? {};
  const { calibration } = inference.model();
  const figures = {
    bench: 'plan',
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    load: loadavg()[0],
    decodeThreads: calibration?.decodeThreads ?? null,
    firstTokenMs: Math.round(median(plans.map(({ firstText }) => firstText))),
    firstTokenAfterLoadMs: Math.round(first.firstText),
    planSeconds: seconds(median(plans.map(({ whole }) => whole))),
    planOutputTokens: median(plans.map(({ outputTokens }) => outputTokens)),
    extractionLines: talk.split('\n').length,
    extractionSeconds: seconds(median(meetings.map(({ whole }) => whole))),
    extractionPromptTokens: meetings[0]?.promptTokens ?? null,
    extractionOutputTokens: meetings[0]?.outputTokens ?? null,
    actionsFound: result?.skill === 'extract' ? result.actions.length : null,
    decisionsFound: result?.skill === 'extract' ? result.decisions.length : null,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await agents.stop();
  await inference.stop();
  store.close();
  rmSync(dir, { recursive: true, force: true });
}
