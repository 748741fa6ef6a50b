// How fast the calls of all runs are found: the newest page, filters that mean many and few, words, in a vault of 100,000 calls. One line of JSON:
// node bench/calls.ts
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCalls } from '../node-core/agents/calls/index.ts';
import type { CallFilter, Labels } from '../node-core/contract/index.ts';
import { createVault } from '../node-core/vault/index.ts';

const RUNS = 1_000;
const CALLS = 100;
const LOOKS = 60;
const person = { signal: new AbortController().signal, actor: 'user' } as const;
const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
const vault = createVault({ dir });
await vault.start();
const store = vault.store();
const calls = createCalls({ store: () => store });

const labels: Labels = { untrusted: true, private: false, model: true, sources: ['https://example.org/a/page'] };
const tools = ['web.search', 'web.read', 'notes.read', 'text.markdown', 'mail.send'];
let at = Date.UTC(2026, 0, 1);
const fill = (run: number): void =>
  store.write((tx) => {
    const runId = `run-${String(run).padStart(5, '0')}`;
    tx.run(
      store.qb.insertInto('run').values({
        ...{ id: runId, skill: 'playbook', title: `Run ${run}`, input: '', options: '{}', state: 'done', taskId: null },
        ...{ modelId: 'm', place: 'this-machine', createdAt: at, startedAt: at, endedAt: at + 1, promptTokens: 0 },
        ...{ outputTokens: 0, error: null, result: null, undoneAt: null, playbookId: 'p' },
      }),
    );
    let seq = 0;
    const put = (type: string, data: unknown): void => {
      at += 7;
      tx.run(store.qb.insertInto('journal').values({ runId, seq, at, type, data: JSON.stringify(data) }));
      seq += 1;
    };
    for (let number = 0; number < CALLS; number += 1) {
      const tool = tools[number % tools.length] ?? '';
      const id = `${number}.0.0`;
      const isSent = tool === 'mail.send';
      const call = {
        ...{ id, index: number, key: '0', tool, effect: isSent ? 'send-out' : 'read', hash: 'f'.repeat(64) },
        arguments: { query: `what run ${run} asks as number ${number}`, about: 'of the garden '.repeat(12) },
        argumentLabels: { query: labels, about: labels },
        ...{ control: labels, repeatable: !isSent },
      };
      if (isSent)
        put('ask', { index: number, id: `approve ${id}`, about: { type: 'approve', call, reason: 'It sends.' } });
      put('call', { ...call, allowedBy: isSent ? 'you' : 'The playbook names it, and it only reads here.' });
      if (run === 3 && number === 51)
        put('call-failed', { index: number, id, error: { code: 'TOOL_FAILED', message: 'rare' } });
      else put('call-done', { index: number, id, result: { text: 'what was found '.repeat(70) }, labels });
    }
  });
const begun = performance.now();
for (let run = 0; run < RUNS; run += 1) fill(run);
const filled = performance.now() - begun;

const round = (value: number) => Number(value.toFixed(2));
const spread = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const share = (of: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN);
  return { p50: share(0.5), p95: share(0.95), max: share(1) };
};
const list = async (query: CallFilter & { before?: string }) => Promise.resolve(calls.handlers.list(query, person));
/** One answer each. */
const answers = async (query: CallFilter) => {
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const from = performance.now();
    await list(query);
    times.push(performance.now() - from);
  }
  return spread(times);
};
/** From the newest to the oldest: each answer, and all together. */
const throughAll = async (query: CallFilter) => {
  const times: number[] = [];
  let found = 0;
  for (let before: string | null | undefined; before !== null; ) {
    const from = performance.now();
    const page = await list({ ...query, ...(before === undefined ? {} : { before }) });
    times.push(performance.now() - from);
    found += page.calls.length;
    before = page.next;
  }
  return {
    found,
    answers: times.length,
    each: spread(times),
    together: round(times.reduce((sum, one) => sum + one, 0)),
  };
};

const one = performance.now();
const names = await Promise.resolve(calls.handlers.tools(undefined, person));
const figures = {
  bench: 'calls',
  date: new Date().toISOString().slice(0, 10),
  machine: { processor: cpus()[0]?.model, cores: cpus().length, load: round(loadavg()[0] ?? 0) },
  calls: RUNS * CALLS,
  databaseMb: round(statSync(join(dir, 'vault', 'jan.db')).size / 2 ** 20),
  fillMs: round(filled),
  namesOfToolsMs: round(performance.now() - one),
  tools: names.length,
  newestMs: await answers({}),
  ofOneToolMs: await answers({ tool: 'mail.send' }),
  ofOneRunMs: await answers({ runId: 'run-00500' }),
  allowedByPersonMs: await answers({ allowedBy: 'person' }),
  commonWordMs: await answers({ text: 'garden' }),
  throughAllMs: await throughAll({}),
  oneFailedOfAllMs: await throughAll({ state: 'failed' }),
  rareWordOfAllMs: await throughAll({ text: 'run 7 asks as number 42' }),
};
await vault.stop();
rmSync(dir, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify(figures)}\n`);
