// How much of the research in the shipped playbooks rests on tools, where questions take claims from sources: real search and real pages on
// loopback, of which a fifth fail, and a scripted model. One line of JSON: node bench/research.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
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

const FAULTY = 0.2;
const ROUNDS = 8;
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
const store = openStore({ dir, keys: randomStoreKeys() });

const web = await startWebServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/search')
    return response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        results: scriptedPages.map(({ title }, index) => ({ title, url: `${web.origin}/page-${index}`, content: '' })),
        unresponsive_engines: [],
      }),
    );
  const page = scriptedPages[Number(/^\/page-(\d)$/u.exec(pathname)?.[1] ?? -1)];
  if (!page || Math.random() < FAULTY) return response.writeHead(503).end();
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

/** What each question that takes claims from a source was asked with, and whether a sentence of it came from a call of the run. */
const researched = async (playbookId: string, inputs: Inputs) => {
  const { playbook } = await agents.playbooks.get({ id: playbookId }, call);
  const edited = { ...playbook, egress: [web.host] };
  const { id } = await agents.runs.start({ skill: 'playbook', playbookId, inputs, edited, today: '2026-05-04' }, call);
  for await (const event of await agents.runs.watch({ id }, call))
    if (event.type === 'run' && event.run.state === 'waiting') break;
  const run = await agents.runs.get({ id }, call);
  if (run.state !== 'done') throw new Error(`${playbookId} is ${run.state}: ${run.error?.message ?? ''}`);
  const index = playbook.steps.findIndex((step) => step.id === 'digest');
  const entries = store
    .all(store.qb.selectFrom('journal').select(['type', 'data']).where('runId', '=', id).orderBy('seq'))
    .map(({ type, data }) => ({ type, data: JSON.parse(data) as Readonly<Record<string, unknown>> }));
  const known = entries
    .filter(({ type }) => type === 'call-done')
    .flatMap(({ data }) => textsIn(data['result']).flatMap(sentences));
  const prompts = entries
    .filter(({ type, data }) => type === 'answer' && data['index'] === index)
    .map(({ data }) => String(data['prompt']));
  const calls = run.playbook?.calls ?? [];
  return {
    steps: prompts.length,
    withTool: prompts.filter((prompt) => known.some((sentence) => prompt.includes(sentence))).length,
    calls: calls.length,
    failed: calls.filter(({ state }) => state !== 'done').length,
  };
};

try {
  const all: Awaited<ReturnType<typeof researched>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    all.push(await researched('product-launch', { product: 'a coffee subscription', launch: '2026-06-30' }));
    all.push(await researched('research-and-write', { topic: 'coffee at home', words: 400 }));
  }
  const sum = (of: 'steps' | 'withTool' | 'calls' | 'failed') => all.reduce((total, one) => total + one[of], 0);
  process.stdout.write(
    `${JSON.stringify({
      bench: 'research',
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
      load: loadavg()[0],
      runs: all.length,
      calls: sum('calls'),
      callsFailed: sum('failed'),
      researchSteps: sum('steps'),
      withTool: Number((sum('withTool') / sum('steps')).toFixed(3)),
    })}\n`,
  );
} finally {
  await agents.stop();
  await tools.stop();
  await web.close();
  store.close();
  rmSync(dir, { recursive: true, force: true });
}
