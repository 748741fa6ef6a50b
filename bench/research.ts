// How much of the research in the shipped playbooks rests on tools: of all that a researcher was due to do (decide what to look for, search,
// read each source, take claims from it), what a tool was used for that answered. Real search and real pages on loopback, which never fail or
// fail a fifth of the time, and a scripted model. One line of JSON: node bench/research.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createAgents } from '../node-core/agents/index.ts';
import { silentLogger, systemClock } from '../node-core/common/index.ts';
import type { StartRun } from '../node-core/contract/index.ts';
import { openStore } from '../node-core/storage/index.ts';
import { randomStoreKeys } from '../node-core/testing/open-test-store.ts';
import { scriptedInference } from '../node-core/testing/scripted-inference.ts';
import { scriptedPages, scriptedWriter } from '../node-core/testing/scripted-writer.ts';
import { startWebServer } from '../node-core/testing/web-server.ts';
import { createTools } from '../node-core/tools/index.ts';

type Inputs = Extract<StartRun, { skill: 'playbook' }>['inputs'];

const FAULTY = [0, 0.2] as const;
const ROUNDS = 8;
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
const store = openStore({ dir, keys: randomStoreKeys() });

let faulty = 0;
const web = await startWebServer((request, response) => {
  if (Math.random() < faulty) return response.writeHead(503).end();
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/search')
    return response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        results: scriptedPages.map(({ title }, index) => ({ title, url: `${web.origin}/page-${index}`, content: '' })),
        unresponsive_engines: [],
      }),
    );
  const page = scriptedPages[Number(/^\/page-(\d)$/u.exec(pathname)?.[1] ?? -1)];
  if (!page) return response.writeHead(404).end();
  const paragraphs = `<p>${page.text}</p>`.repeat(3);
  return response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><title>${page.title}</title><article><h1>${page.title}</h1>${paragraphs}</article>`);
});

const tools = createTools({ store: () => store, clock: systemClock, logger: silentLogger });
await tools.handlers.set({ tool: 'web.search', setting: 'searxng', value: web.origin }, call);
const agents = createAgents({
  store: () => store,
  tools: tools.box,
  inference: scriptedInference({ answer: scriptedWriter, builtin: false }),
  clock: systemClock,
  logger: silentLogger,
});
await agents.start();

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
const sentences = (text: string): string[] => text.split(/(?<=[.!?])\s+|\n+/u).filter((part) => part.length >= 30);

const Journalled = z.looseObject({
  index: z.number().optional(),
  id: z.string().optional(),
  key: z.string().optional(),
});

/** What was due in one run, and for how much of it a tool brought something. */
const researched = async (playbookId: string, inputs: Inputs) => {
  const { playbook } = await agents.playbooks.get({ id: playbookId }, call);
  const edited = { ...playbook, egress: [web.host] };
  const { id } = await agents.runs.start({ skill: 'playbook', playbookId, inputs, edited, today: '2026-05-04' }, call);
  for await (const event of await agents.runs.watch({ id }, call))
    if (event.type === 'run' && event.run.state === 'waiting') break;
  const run = await agents.runs.get({ id }, call);
  if (run.state !== 'done') throw new Error(`${playbookId} is ${run.state}: ${run.error?.message ?? ''}`);
  const entries = store
    .all(store.qb.selectFrom('journal').select(['type', 'data']).where('runId', '=', id).orderBy('seq'))
    .map(({ type, data }) => ({ type, data: Journalled.parse(JSON.parse(data)) }));
  const known = entries
    .filter(({ type }) => type === 'call-done')
    .flatMap(({ data }) => textsIn(data['result']).flatMap(sentences));
  const indexOf = (step: string) => playbook.steps.findIndex((one) => one.id === step);
  /** Items for which the step made a call; those of which one was answered. A call is named by its step, item and try. */
  const calledFor = (step: string, ended: boolean): number =>
    new Set(
      entries
        .filter(({ type }) => type === (ended ? 'call-done' : 'call'))
        .map(({ data }) => (data.id ?? '').split('.'))
        .filter(([index]) => Number(index) === indexOf(step))
        .map(([, item]) => item),
    ).size;
  /** Questions of the step, by item; of `queries` there is one. */
  const asked = (step: string, isOfTool: boolean): number =>
    new Set(
      entries
        .filter(({ type, data }) => type === 'answer' && data.index === indexOf(step))
        .filter(({ data }) => !isOfTool || known.some((sentence) => String(data['prompt']).includes(sentence)))
        .map(({ data }) => data.key?.split('/')[0]),
    ).size;
  const calls = run.playbook?.calls ?? [];
  return {
    // Each source that the search knows should be read and asked about, whether it was found or not.
    due: 1 + calledFor('search', false) + 2 * scriptedPages.length,
    withTool: asked('queries', true) + calledFor('search', true) + calledFor('read', true) + asked('digest', true),
    questions: asked('digest', false),
    questionsWithTool: asked('digest', true),
    calls: calls.length,
    failed: calls.filter(({ state }) => state !== 'done').length,
  };
};

const figuresAt = async (rate: number) => {
  faulty = rate;
  const all: Awaited<ReturnType<typeof researched>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    all.push(await researched('product-launch', { product: 'a coffee subscription', launch: '2026-06-30' }));
    all.push(await researched('research-and-write', { topic: 'coffee at home', words: 400 }));
  }
  const sum = (of: keyof (typeof all)[number]) => all.reduce((total, one) => total + one[of], 0);
  return {
    runs: all.length,
    calls: sum('calls'),
    callsFailed: sum('failed'),
    stepsDue: sum('due'),
    stepsWithTool: sum('withTool'),
    share: Number((sum('withTool') / sum('due')).toFixed(3)),
    questionsAboutSources: sum('questions'),
    questionsWithTool: sum('questionsWithTool'),
  };
};

try {
  const [without, withFaults] = [await figuresAt(FAULTY[0]), await figuresAt(FAULTY[1])];
  process.stdout.write(
    `${JSON.stringify({
      bench: 'research',
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
      load: loadavg()[0],
      withoutFaults: without,
      aFifthFaulty: withFaults,
    })}\n`,
  );
} finally {
  await agents.stop();
  await tools.stop();
  await web.close();
  store.close();
  rmSync(dir, { recursive: true, force: true });
}
