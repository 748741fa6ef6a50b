import { afterAll, expect, it } from 'vitest';
import { bundleScript } from '../testing/bundle-script.ts';
import { startWriter, temporaryDirectory } from '../testing/test-vault.ts';
import { createVault } from './index.ts';

const ROUNDS = 200;
/** Vaults that are written to side by side: as many as a small machine has cores. */
const LANES = 2;
const lanes = Array.from({ length: LANES }, () => temporaryDirectory());
afterAll(() => {
  for (const lane of lanes) lane.dispose();
});

/** Between 0 and 1, the same sequence every time. */
const createRandom = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

it(`opens after each of ${ROUNDS} kills, with everything that was acknowledged`, async () => {
  const script = await bundleScript('write-to-vault.ts');
  await Promise.all(lanes.map(({ dir }, lane) => killAgainAndAgain(dir, script, ROUNDS / LANES, createRandom(lane))));
}, 900_000);

const killAgainAndAgain = async (dir: string, script: string, rounds: number, random: () => number) => {
  const first = createVault({ dir });
  await first.start();
  await first.stop();
  const acknowledged = new Set<string>();
  let stored = 0;
  let folded = 0;
  let whileWriting = 0;

  for (let round = 0; round < rounds; round++) {
    // Long notes fill the log, so that some kills come while it is folded into the database.
    const writer = startWriter(dir, { script, size: round % 2 === 0 ? 60_000 : 300 });
    // Some die while they start, most while they write.
    const early = round % 5 === 0;
    if (!early) await writer.printed(2 + Math.floor(random() * 8));
    await new Promise((resolve) => setTimeout(resolve, random() * (early ? 150 : 10)));
    writer.process.kill('SIGKILL');
    const lines = await writer.ended;
    expect(writer.process.signalCode).toBe('SIGKILL');
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    const acks = lines.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4));
    for (const id of acks) acknowledged.add(id);
    if (acks.length > 0) whileWriting += 1;

    const vault = createVault({ dir });
    const status = await vault.start().then(() => vault.status());
    expect([round, status.error, status.state]).toEqual([round, null, 'open']);
    const store = vault.store();
    const present = new Set(store.all(store.qb.selectFrom('note').select('id')).map((note) => note.id));
    expect([...acknowledged].filter((id) => !present.has(id))).toEqual([]);
    // What was not acknowledged is there whole or not at all: at most the one note in flight.
    expect(present.size - stored - acks.length).toBeLessThanOrEqual(1);
    stored = present.size;
    folded = store.generation();
    if (round % 20 === 0) store.verify();
    // Small again, so that two hundred rounds stay quick; the chain of operations remembers them all.
    if (stored > 60) {
      store.write((tx) => {
        for (const table of ['note', 'noteVersion', 'search', 'searchDoc'] as const) tx.run(store.qb.deleteFrom(table));
      });
      acknowledged.clear();
      stored = 0;
    }
    await vault.stop();
  }

  const vault = createVault({ dir });
  await vault.start();
  vault.store().verify();
  await vault.stop();
  expect(whileWriting).toBeGreaterThan(rounds / 2);
  expect(folded).toBeGreaterThan(rounds / 2);
};
