// How fast the calls of all runs are found: the newest page, filters that mean many and few, words, in a vault of 100,000 calls. One line of JSON:
// node bench/calls.ts
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCalls } from '../node-core/agents/calls/index.ts';
import type { CallFilter } from '../node-core/contract/index.ts';
import { fillCalls } from '../node-core/testing/fill-calls.ts';
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

const begun = performance.now();
fillCalls(store, RUNS, CALLS);
const filled = performance.now() - begun;

const round = (value: number) => Number(value.toFixed(2));
const spread = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const share = (of: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN);
  return { p50: share(0.5), p95: share(0.95), max: share(1) };
};
const list = async (query: CallFilter & { before?: string }) => Promise.resolve(calls.handlers.list(query, person));
/** One answer each: of the clock, and of the processor, which is what counts where other programs keep the machine busy. */
const answers = async (query: CallFilter) => {
  const times: number[] = [];
  const busy: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const before = process.cpuUsage();
    const from = performance.now();
    await list(query);
    times.push(performance.now() - from);
    const { user, system } = process.cpuUsage(before);
    busy.push((user + system) / 1_000);
  }
  return { ...spread(times), processor: spread(busy) };
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
