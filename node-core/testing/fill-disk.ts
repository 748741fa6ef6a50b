import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../contract/errors.ts';
import { createVault } from '../vault/index.ts';
import { sampleNote } from './sample-entities.ts';

/**
 * On a small disk of its own (its argument): leaves more and more room, one block at a time, and each time writes until
 * the disk is full. Then checks what is there, with the disk still full and with room again. Prints a JSON report.
 */
const [dir] = process.argv.slice(2);
if (!dir) throw new Error('Name the small disk to fill.');
const BLOCK = 4096;
const ballast = join(dir, 'ballast');

const fill = (leave: number) => {
  const file = openSync(ballast, 'w');
  const { bavail, bsize } = statfsSync(dir);
  const block = Buffer.alloc(BLOCK, 1);
  for (let left = bavail * bsize; left > leave; left -= BLOCK) writeSync(file, block);
  closeSync(file);
};

const saved = new Set<string>();
const codes = new Set<string>();
const report = { failures: 0, lost: 0, unexpected: 0, unopenable: 0 };

const open = async () => {
  const vault = createVault({ dir });
  await vault.start();
  return vault;
};
const check = (vault: Awaited<ReturnType<typeof open>>) => {
  const { error } = vault.status();
  if (error) {
    report.unopenable += 1;
    codes.add(error.code);
    return;
  }
  const store = vault.store();
  const present = new Set(store.all(store.qb.selectFrom('note').select('id')).map((note) => note.id));
  report.lost += [...saved].filter((id) => !present.has(id)).length;
  report.unexpected += [...present].filter((id) => !saved.has(id)).length;
  store.verify();
};

await (await open()).stop();
for (let blocks = 0; blocks < 40; blocks++) {
  const vault = await open();
  fill(blocks * BLOCK);
  try {
    for (let count = 0; count < 20; count++) {
      const note = sampleNote({ text: `# Note\n${'words '.repeat(400)}` });
      vault.store().transact({ actor: 'user', label: 'Add' }, (tx) => tx.put('note', note));
      saved.add(note.id);
    }
  } catch (error) {
    report.failures += 1;
    codes.add(errorCode(error) ?? String(error));
  }
  check(vault);
  await vault.stop();
  // A full disk must not keep anyone from reading.
  const still = await open();
  check(still);
  await still.stop();
  rmSync(ballast);
  const again = await open();
  check(again);
  await again.stop();
}
process.stdout.write(JSON.stringify({ ...report, codes: [...codes] }));
