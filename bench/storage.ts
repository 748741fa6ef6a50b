// How fast the vault is: an addition acknowledged and on disk, full text over 100,000 notes, a project of 10,000 tasks. One line of JSON:
// node bench/storage.ts
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../node-core/common/index.ts';
import { sampleNote, sampleProject, sampleTask } from '../node-core/testing/sample-entities.ts';
import { createVault } from '../node-core/vault/index.ts';
import { createWorkspace } from '../node-core/workspace/index.ts';

const NOTES = 100_000;
const TASKS = 10_000;
const ADDS = 1_000;
const QUERIES = 400;
const call = { signal: new AbortController().signal, actor: 'user' } as const;
const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));

let seed = 7;
const random = () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const syllables = [
  'ka',
  'lo',
  'mi',
  'ren',
  'tas',
  'vo',
  'shi',
  'per',
  'dun',
  'gal',
  'bex',
  'or',
  'ist',
  'fa',
  'wen',
  'cru',
];
const vocabulary = Array.from(
  { length: 20_000 },
  (_, rank) =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)]).join(
      '',
    ) + (rank % 7 === 0 ? 's' : ''),
);
/** Few words often, most words seldom, as in any language. */
const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? 'ka';
const words = (count: number) => Array.from({ length: count }, word).join(' ');

const round = (value: number) => Number(value.toFixed(2));
const spread = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
};
const time = async (work: () => unknown): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};
/** Of the clock, and of the processor: the second is what counts where other programs keep the machine busy. */
const timed = async (count: number, work: () => unknown) => {
  const times: number[] = [];
  const busy: number[] = [];
  for (let index = 0; index < count; index++) {
    const before = process.cpuUsage();
    times.push(await time(work));
    const { user, system } = process.cpuUsage(before);
    busy.push((user + system) / 1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...spread(times), processor: spread(busy) };
};

const vault = createVault({ dir });
const create = round(await time(() => vault.start()));
const { handlers } = createWorkspace({ store: () => vault.store() });

const project = sampleProject();
vault.store().transact({ actor: 'user', label: 'Fill' }, (tx) => {
  tx.put('project', project);
  for (let position = 0; position < TASKS; position++) {
    tx.put('task', sampleTask({ id: newId(), title: words(6), projectId: project.id, position, tags: [word()] }));
  }
});
for (let done = 0; done < NOTES; done += 1_000) {
  vault.store().write((tx) => {
    for (let index = 0; index < 1_000; index++) {
      const title = words(5);
      tx.putUnrecorded('note', sampleNote({ id: newId(), title, text: `# ${title}\n\n${words(60)}` }));
    }
  });
}

const add = await timed(ADDS, () => handlers.quickAdd.save({ text: `Call ${words(3)} tomorrow #home` }, call));
const searches = {
  word: await timed(QUERIES, () => handlers.search({ query: word(), limit: 20 }, call)),
  words: await timed(QUERIES, () => handlers.search({ query: words(2), limit: 20 }, call)),
  prefix: await timed(QUERIES, () =>
    handlers.search({ query: word().slice(0, 2 + Math.floor(random() * 3)), limit: 20 }, call),
  ),
};
const list = await timed(30, () => handlers.tasks.list({ view: 'project', projectId: project.id }, call));
const lock = round(await time(() => vault.lock()));
const unlock = round(await time(() => vault.unlock({ with: 'stored-key' })));
await vault.stop();
const megabytes = round(statSync(join(dir, 'vault', 'jan.db')).size / 2 ** 20);
rmSync(dir, { recursive: true });

const [cpu] = cpus();
process.stdout.write(
  `${JSON.stringify({
    bench: 'storage',
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model,
    cores: cpus().length,
    load: round(loadavg()[0] ?? Number.NaN),
    node: process.version,
    milliseconds: { create, quickAdd: add, search: searches, listOf10kTasks: list, lock, unlock },
    notes: NOTES,
    megabytes,
  })}\n`,
);
