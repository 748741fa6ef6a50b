import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findLeaks } from '../testing/scan-for-leaks.ts';
import { sampleAttachment, sampleNote, sampleProject, sampleSection, sampleTask } from '../testing/sample-entities.ts';
import { filesBelow, temporaryDirectory } from '../testing/test-vault.ts';
import { createVault } from './index.ts';

const { dir, dispose } = temporaryDirectory();
const temporary = join(dir, 'tmp');
const before = process.env['TMPDIR'];
beforeAll(() => {
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
});
afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  dispose();
});

const phrases = Array.from(
  { length: 1_000 },
  (_, index) => `secret ${createHash('sha256').update(String(index)).digest('base64url').slice(0, 16)} meeting`,
);
const phrase = (() => {
  let next = 0;
  return () => phrases[next++ % phrases.length] ?? '';
})();

it('finds what it looks for', () => {
  const text = `before ${phrases[7]} after`;
  const files = new Map([
    ['plain', Buffer.from(text)],
    ['wide', Buffer.from(text, 'utf16le')],
    ['packed', Buffer.concat([Buffer.alloc(100, 7), gzipSync(text)])],
    ['base64', Buffer.from(Buffer.from(text).toString('base64'))],
  ]);
  expect(findLeaks(files, phrases).map((leak) => leak.split(':')[0])).toEqual(['plain', 'wide', 'packed', 'base64']);
});

it('keeps 1,000 planted phrases off the disk, while it is open and afterwards', async () => {
  const vault = createVault({ dir });
  await vault.create({ passphrase: 'correct horse' });
  const store = vault.store();
  const { qb } = store;
  const actor = 'user';
  for (let round = 0; round < 40; round++) {
    const project = sampleProject({ name: phrase(), notes: phrase() });
    const note = sampleNote({ title: phrase(), text: `# ${phrase()}\n${phrase()} [[${phrase()}]]`, tags: [phrase()] });
    const attachment = sampleAttachment(note.id, { name: `${phrase()}.txt` });
    const task = sampleTask({
      title: phrase(),
      notes: phrase(),
      tags: [phrase()],
      owner: phrase(),
      source: { noteId: note.id, line: 1, quote: phrase() },
    });
    store.transact({ actor, label: phrase() }, (tx) => {
      tx.put('project', project);
      tx.put('section', sampleSection(project.id, { name: phrase() }));
      tx.put('note', note);
      tx.put('attachment', attachment);
      tx.put('task', task);
    });
    store.blobs.put(attachment.id, 'attachment', Buffer.from(`${phrase()} `.repeat(200)));
    for (let revision = 2; revision < 5; revision++) {
      store.transact({ actor, label: phrase() }, (tx) => tx.put('note', { ...note, text: phrase(), revision }));
    }
    store.write((tx) => {
      const run = {
        id: `run${round}`,
        skill: 'plan',
        title: phrase(),
        input: phrase(),
        options: '{}',
        state: 'done',
        taskId: null,
        modelId: 'm',
        place: 'this-machine',
        createdAt: 1,
        startedAt: null,
        endedAt: null,
        promptTokens: 0,
        outputTokens: 0,
        error: null,
        result: JSON.stringify(phrase()),
        undoneAt: null,
      } as const;
      tx.run(qb.insertInto('run').values(run));
      tx.run(
        qb
          .insertInto('journal')
          .values({ runId: run.id, seq: 1, at: 1, type: 'output', data: JSON.stringify(phrase()) }),
      );
      tx.run(qb.insertInto('setting').values({ key: phrase(), value: JSON.stringify(phrase()) }));
    });
    const words = `"${phrase()}"`;
    store.all(
      sql`select snippet(search, 3, '<', '>', '…', 16) from search where search match ${words} order by rank`.compile(
        qb,
      ),
    );
    if (round % 3 === 0) store.undo();
    if (round % 5 === 0) store.transact({ actor, label: 'Purge' }, (tx) => tx.remove('task', task.id));
  }
  // A sort that would need a temporary file, if such were made.
  store.all(qb.selectFrom('noteVersion').selectAll().orderBy('text'));

  const open = filesBelow(dir);
  expect([...open.keys()].some((name) => name.endsWith('jan.db-wal'))).toBe(true);
  expect(findLeaks(open, phrases)).toEqual([]);
  await vault.lock();
  expect(findLeaks(filesBelow(dir), phrases)).toEqual([]);

  await vault.unlock({ with: 'passphrase', passphrase: 'correct horse' });
  expect(
    vault.store().first(sql`select count(*) as hits from search where search match 'secret'`.compile(vault.store().qb)),
  ).toEqual({ hits: 3 * 40 - 8 });
  expect(filesBelow(temporary).size).toBe(0);
  await vault.stop();
});

it('keeps the names of attachments, and which note they are of, out of file names', async () => {
  const names = [...filesBelow(dir).keys()].filter((name) => name.includes('blobs'));
  expect(names.length).toBeGreaterThan(20);
  expect(names.every((name) => /^vault.blobs.[0-9a-f]{64}$/.test(name))).toBe(true);
});
