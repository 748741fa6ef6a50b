import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from '../contract/errors.ts';
import { sampleNote, sampleTask } from '../testing/sample-entities.ts';
import { copyDirectory, filesBelow, startWriter, temporaryDirectory } from '../testing/test-vault.ts';
import { createVault } from './index.ts';

const PAGE = 4096;
const original = temporaryDirectory();
const { dir, dispose } = temporaryDirectory();
afterAll(() => {
  original.dispose();
  dispose();
});

const at = (...parts: string[]) => join(dir, ...parts);
const vaultFile = (name: string) => at('vault', name);

/** What opening answers; whatever it is, no file may have changed by it. */
const tryToOpen = async (): Promise<string> => {
  const before = filesBelow(dir);
  const vault = createVault({ dir });
  try {
    await vault.unlock({ with: 'stored-key' });
    await vault.stop();
    return 'opened';
  } catch (error) {
    const after = filesBelow(dir);
    expect([...after].filter(([name, content]) => !before.get(name)?.equals(content)).map(([name]) => name)).toEqual(
      [],
    );
    expect(after.size).toBe(before.size);
    expect(error).toHaveProperty('message', expect.stringMatching(/.{40}/));
    return errorCode(error) ?? String(error);
  }
};

const flip = (path: string, bit: number) => {
  const content = readFileSync(path);
  const byte = Math.floor(bit / 8);
  content.writeUInt8(content.readUInt8(byte) ^ (1 << (bit % 8)), byte);
  writeFileSync(path, content);
};

/** The same numbers every time, spread over the whole range. */
const spread = (seed: string, count: number, range: number): number[] =>
  Array.from(
    { length: count },
    (_, index) => createHash('sha256').update(`${seed} ${index}`).digest().readUInt32BE() % range,
  );

const write = async (count: number) => {
  const vault = createVault({ dir });
  await vault.start();
  for (let done = 0; done < count; done++) {
    vault.store().transact({ actor: 'user', label: 'Add' }, (tx) => {
      tx.put('task', sampleTask({ title: `Task ${done}` }));
      tx.put('note', sampleNote({ text: `# Note ${done}\n${'words and words '.repeat(50)}` }));
    });
  }
  await vault.stop();
};

beforeAll(async () => {
  await write(30);
  const vault = createVault({ dir });
  await vault.start();
  vault.store().blobs.put('blob', 'attachment', Buffer.alloc(200_000, 'x'));
  await vault.stop();
  copyDirectory(dir, original.dir);
});
const fresh = () => copyDirectory(original.dir, dir);

it('opens what nobody touched', async () => {
  fresh();
  expect(await tryToOpen()).toBe('opened');
});

describe('a vault that someone changed is not opened, nor written to', () => {
  it.each(['jan.db', 'jan.seal', 'vault.json'])('a flipped bit in %s', async (name) => {
    const { size } = statSync(join(original.dir, 'vault', name));
    const answers = new Map<string, number>();
    for (const bit of spread(name, 150, size * 8)) {
      fresh();
      flip(vaultFile(name), bit);
      const answer = await tryToOpen();
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    answers.delete('VAULT_DAMAGED');
    // A format of 3, 5 or 9 is what a newer Jan would write.
    answers.delete('VAULT_NEWER_FORMAT');
    expect([...answers]).toEqual([]);
  });

  it.each(['jan.db', 'jan.seal', 'vault.json'])('%s cut short, anywhere', async (name) => {
    const { size } = statSync(join(original.dir, 'vault', name));
    for (const length of [0, 1, size - 1, size - PAGE, Math.floor(size / 2), ...spread(name, 10, size)]) {
      fresh();
      truncateSync(vaultFile(name), Math.max(0, length));
      expect([length, await tryToOpen()]).toEqual([length, 'VAULT_DAMAGED']);
    }
  });

  it.each(['jan.db', 'jan.seal', 'vault.json'])('%s taken away', async (name) => {
    fresh();
    rmSync(vaultFile(name));
    expect(await tryToOpen()).toBe('VAULT_DAMAGED');
  });

  it('something appended to the database', async () => {
    fresh();
    writeFileSync(vaultFile('jan.db'), Buffer.alloc(PAGE), { flag: 'a' });
    expect(await tryToOpen()).toBe('VAULT_DAMAGED');
  });

  it('two pages swapped', async () => {
    const pages = statSync(join(original.dir, 'vault', 'jan.db')).size / PAGE;
    for (let page = 1; page + 1 < pages; page += 3) {
      fresh();
      const content = readFileSync(vaultFile('jan.db'));
      const first = Buffer.from(content.subarray(page * PAGE, (page + 1) * PAGE));
      content.copyWithin(page * PAGE, (page + 1) * PAGE, (page + 2) * PAGE);
      first.copy(content, (page + 1) * PAGE);
      writeFileSync(vaultFile('jan.db'), content);
      expect(await tryToOpen()).toBe('VAULT_DAMAGED');
    }
  });

  it('a page as it was before, which the cipher alone would take', async () => {
    fresh();
    const old = readFileSync(vaultFile('jan.db'));
    await write(3);
    const later = readFileSync(vaultFile('jan.db'));
    const newest = filesBelow(dir);
    let changed = 0;
    for (let page = 0; page < old.length / PAGE; page++) {
      const [was, is] = [old, later].map((file) => file.subarray(page * PAGE, (page + 1) * PAGE));
      if (!was || !is || was.equals(is)) continue;
      changed += 1;
      for (const [name, content] of newest) writeFileSync(at(name), content);
      const mixed = Buffer.from(later);
      was.copy(mixed, page * PAGE);
      writeFileSync(vaultFile('jan.db'), mixed);
      expect(await tryToOpen()).toBe('VAULT_DAMAGED');
    }
    expect(changed).toBeGreaterThan(3);
  });

  it('old copies: of the database, of it and its seal, of the whole vault', async () => {
    for (const names of [['jan.db'], ['jan.db', 'jan.seal'], ['jan.db', 'jan.seal', 'vault.json']]) {
      fresh();
      await write(1);
      for (const name of names) writeFileSync(vaultFile(name), readFileSync(join(original.dir, 'vault', name)));
      expect([names, await tryToOpen()]).toEqual([names, names.length === 1 ? 'VAULT_DAMAGED' : 'VAULT_ROLLED_BACK']);
    }
  });

  it('an old vault.json, which would let an old passphrase in', async () => {
    fresh();
    const vault = createVault({ dir });
    await vault.start();
    await vault.handlers.createRecovery(undefined, { signal: new AbortController().signal, actor: 'user' });
    await vault.stop();
    writeFileSync(vaultFile('vault.json'), readFileSync(join(original.dir, 'vault', 'vault.json')));
    expect(await tryToOpen()).toBe('VAULT_ROLLED_BACK');
  });

  it('a vault without the record of its last state, unless the person says so', async () => {
    fresh();
    for (const name of filesBelow(at('keys')).keys()) if (name.endsWith('.head')) rmSync(at('keys', name));
    expect(await tryToOpen()).toBe('VAULT_ROLLED_BACK');
    const vault = createVault({ dir });
    expect(await vault.unlock({ with: 'stored-key' }, { acceptRollback: true })).toMatchObject({
      state: 'open',
      error: null,
    });
    await vault.stop();
    expect(await tryToOpen()).toBe('opened');
  });

  it('the key of another vault, and a damaged key', async () => {
    fresh();
    for (const bit of spread('key', 40, 74 * 8)) {
      fresh();
      flip(at('keys', 'vault.key'), bit);
      expect(await tryToOpen()).toMatch(/^VAULT_(DAMAGED|WRONG_SECRET)$/);
    }
  });

  it('an attachment changed, cut, swapped or taken as something else', async () => {
    fresh();
    const vault = createVault({ dir });
    await vault.start();
    const { blobs } = vault.store();
    const [name] = filesBelow(at('vault', 'blobs')).keys();
    const path = vaultFile(join('blobs', name ?? ''));
    const content = readFileSync(path);
    const damaged = expect.objectContaining({ code: 'VAULT_DAMAGED' });
    for (const bit of spread('blob', 100, content.length * 8)) {
      flip(path, bit);
      expect(() => blobs.get('blob', 'attachment')).toThrow(damaged);
      writeFileSync(path, content);
    }
    const frame = 64 * 1024 + 16;
    for (const length of [0, 10, 17, 17 + frame, 17 + 3 * frame, content.length - 1]) {
      writeFileSync(path, content.subarray(0, length));
      expect(() => blobs.get('blob', 'attachment')).toThrow(damaged);
    }
    const swapped = Buffer.concat([
      content.subarray(0, 17),
      content.subarray(17 + frame, 17 + 2 * frame),
      content.subarray(17, 17 + frame),
      content.subarray(17 + 2 * frame),
    ]);
    writeFileSync(path, swapped);
    expect(() => blobs.get('blob', 'attachment')).toThrow(damaged);
    writeFileSync(path, content);
    expect(() => blobs.get('blob', 'model')).toThrow(damaged);
    expect(blobs.get('blob', 'attachment')).toEqual(Buffer.alloc(200_000, 'x'));
    await vault.stop();
  });
});

describe('the log that a crash left behind', () => {
  const crashed = temporaryDirectory();
  afterAll(() => crashed.dispose());
  const afresh = () => copyDirectory(crashed.dir, dir);

  beforeAll(async () => {
    copyDirectory(original.dir, crashed.dir);
    const writer = startWriter(crashed.dir, { size: 2_000 });
    await writer.printed(20);
    writer.process.kill('SIGKILL');
    await writer.ended;
  });

  it('is taken up where nobody touched it', async () => {
    afresh();
    expect(statSync(vaultFile('jan.db-wal')).size).toBeGreaterThan(10 * PAGE);
    expect(await tryToOpen()).toBe('opened');
  });

  it('is refused with a bit flipped, cut short or taken away', async () => {
    const { size } = statSync(join(crashed.dir, 'vault', 'jan.db-wal'));
    // The last transaction may have come after the last word of the head.
    const sure = Math.floor(size * 0.8);
    for (const bit of spread('log', 60, sure * 8)) {
      afresh();
      flip(vaultFile('jan.db-wal'), bit);
      expect(await tryToOpen()).toBe('VAULT_ROLLED_BACK');
    }
    for (const length of [0, 32, 5 * PAGE, sure]) {
      afresh();
      truncateSync(vaultFile('jan.db-wal'), length);
      expect(await tryToOpen()).toBe('VAULT_ROLLED_BACK');
    }
    afresh();
    rmSync(vaultFile('jan.db-wal'));
    expect(await tryToOpen()).toBe('VAULT_ROLLED_BACK');
  });

  it('is refused beside a vault that was closed in order', async () => {
    fresh();
    writeFileSync(vaultFile('jan.db-wal'), readFileSync(join(crashed.dir, 'vault', 'jan.db-wal')));
    expect(await tryToOpen()).toBe('VAULT_DAMAGED');
  });

  it('still does not hide a page changed in the database', async () => {
    afresh();
    const pages = statSync(vaultFile('jan.db')).size / PAGE;
    const answers: string[] = [];
    for (let page = 1; page < pages; page++) {
      afresh();
      flip(vaultFile('jan.db'), (page * PAGE + 100) * 8);
      answers.push(await tryToOpen());
    }
    // Pages that the log replaces are not read from the database any more.
    expect(answers.filter((answer) => answer === 'VAULT_DAMAGED').length).toBeGreaterThan(pages / 3);
    expect(new Set(answers)).toEqual(new Set(['VAULT_DAMAGED', 'opened']));
  });
});

describe('parameters of the passphrase', () => {
  const guarded = temporaryDirectory();
  afterAll(() => guarded.dispose());

  /** As one who edits the file would: checksum and all, but without the key for the MAC. */
  const edit = (change: (slot: { kdf: Record<string, unknown> } & Record<string, unknown>) => void) => {
    const path = join(guarded.dir, 'vault', 'vault.json');
    const { mac, checksum: _checksum, ...content } = JSON.parse(readFileSync(path, 'utf8'));
    change(content.slots[0]);
    const checksum = createHash('sha256')
      .update(JSON.stringify([content, mac]))
      .digest('hex');
    writeFileSync(path, JSON.stringify({ ...content, mac, checksum }));
  };
  const open = async () => {
    try {
      await createVault({ dir: guarded.dir }).unlock({ with: 'passphrase', passphrase: 'correct horse' });
      return 'opened';
    } catch (error) {
      return errorCode(error);
    }
  };

  it.each([
    ['less memory', (slot) => Object.assign(slot.kdf, { memory: 1_024 }), 'VAULT_DAMAGED'],
    ['fewer passes', (slot) => Object.assign(slot.kdf, { passes: 1 }), 'VAULT_DAMAGED'],
    ['no lanes', (slot) => Object.assign(slot.kdf, { lanes: 0 }), 'VAULT_DAMAGED'],
    ['a short salt', (slot) => Object.assign(slot.kdf, { salt: 'ab' }), 'VAULT_DAMAGED'],
    ['ruinous memory', (slot) => Object.assign(slot.kdf, { memory: 2 ** 31 }), 'VAULT_DAMAGED'],
    ['another function', (slot) => Object.assign(slot, { kdf: { name: 'none' } }), 'VAULT_DAMAGED'],
    [
      'more passes than were used',
      (slot) => Object.assign(slot.kdf, { passes: Number(slot.kdf['passes']) + 1 }),
      'VAULT_WRONG_SECRET',
    ],
    ['another id', (slot) => Object.assign(slot, { id: 'other' }), 'VAULT_WRONG_SECRET'],
    ['another date', (slot) => Object.assign(slot, { createdAt: 1 }), 'VAULT_DAMAGED'],
  ] satisfies [string, Parameters<typeof edit>[0], string][])('%s: refused', async (_what, change, code) => {
    copyDirectory(original.dir, guarded.dir);
    rmSync(join(guarded.dir, 'vault'), { recursive: true });
    const vault = createVault({ dir: guarded.dir });
    await vault.create({ passphrase: 'correct horse' });
    await vault.stop();
    edit(change);
    expect(await open()).toBe(code);
  });
});
