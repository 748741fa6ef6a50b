import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from 'vitest';
import { decryptSqlcipher4 } from '../testing/decrypt-sqlcipher.ts';
import { sampleNote, sampleTask } from '../testing/sample-entities.ts';
import { temporaryDirectory } from '../testing/test-vault.ts';
import { createVault } from './index.ts';

const { dir, dispose } = temporaryDirectory();
afterEach(dispose);

it('keeps a database that any SQLCipher 4 can read with the exported key, and nothing can without', async () => {
  const vault = createVault({ dir });
  await vault.create({ passphrase: 'correct horse battery' });
  const long = sampleNote({ text: `# Long\n${'The quick brown fox. '.repeat(2_000)}` });
  vault.store().transact({ actor: 'user', label: 'Add' }, (tx) => {
    tx.put('task', sampleTask({ title: 'Planted: buy 12 lanterns' }));
    tx.put('note', long);
    for (let count = 0; count < 200; count++) tx.put('task', sampleTask({ title: `Task ${count}` }));
  });
  await vault.lock();

  const raw = await vault.exportRawKey({ with: 'passphrase', passphrase: 'correct horse battery' });
  expect(raw.pragma).toBe(`PRAGMA key = "x'${raw.key}${raw.salt}'";`);
  const encrypted = readFileSync(raw.database);
  expect(() => new DatabaseSync(raw.database, { readOnly: true }).prepare('select count(*) from task').get()).toThrow(
    /not a database/,
  );

  const plainPath = join(dir, 'plain.db');
  writeFileSync(plainPath, decryptSqlcipher4(encrypted, Buffer.from(raw.key, 'hex'), Buffer.from(raw.salt, 'hex')));
  const plain = new DatabaseSync(plainPath);
  expect(plain.prepare("select title from task where title like 'Planted%'").all()).toEqual([
    { title: 'Planted: buy 12 lanterns' },
  ]);
  expect(plain.prepare('select text from note').get()).toEqual({ text: long.text });
  expect(plain.prepare("select id from search where search match 'lant*'").all()).toHaveLength(1);
  expect(plain.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  plain.close();

  const otherKey = Buffer.from(raw.key, 'hex').reverse();
  expect(() => decryptSqlcipher4(encrypted, otherKey, Buffer.from(raw.salt, 'hex'))).toThrow(/page 1 does not hold/);
});
