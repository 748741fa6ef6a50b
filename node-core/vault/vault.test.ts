import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleTask } from '../testing/sample-entities.ts';
import { filesBelow, startWriter, temporaryDirectory } from '../testing/test-vault.ts';
import type { VaultStatus } from '../contract/index.ts';
import { createVault, type Keychain, type Vault } from './index.ts';

const call = { signal: new AbortController().signal, actor: 'user' } as const;
const withCode = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });

let dir: string;
let dispose: () => void;
const opened: Vault[] = [];
beforeEach(() => {
  ({ dir, dispose } = temporaryDirectory());
});
afterEach(async () => {
  for (const vault of opened.splice(0)) await vault.stop();
  dispose();
});

const vaultHere = (over: Partial<Parameters<typeof createVault>[0]> = {}) => {
  const vault = createVault({ dir, ...over });
  opened.push(vault);
  return vault;
};
const kinds = (status: VaultStatus) => status.slots.map((slot) => slot.kind);

const memoryKeychain = () => {
  const secrets = new Map<string, string>();
  const keychain: Keychain = {
    get: async (name) => secrets.get(name),
    set: async (name, secret) => void secrets.set(name, secret),
    remove: async (name) => void secrets.delete(name),
  };
  return { keychain, secrets };
};

describe('the states of a vault', () => {
  it('is missing, then open, then locked, then open, and says so', async () => {
    const vault = vaultHere();
    const seen: string[] = [];
    vault.onDidChange((status) => seen.push(status.state));
    expect(vault.status()).toEqual({ state: 'missing', slots: [], error: null });
    expect(() => vault.store()).toThrow(withCode('VAULT_MISSING'));
    await expect(vault.unlock({ with: 'stored-key' })).rejects.toThrow(withCode('VAULT_MISSING'));
    await vault.start();
    const task = sampleTask();
    vault.store().transact({ actor: 'user', label: 'Add' }, (tx) => tx.put('task', task));
    const held = vault.store();
    await vault.lock();
    expect(() => vault.store()).toThrow(withCode('VAULT_LOCKED'));
    expect(() => held.get('task', task.id)).toThrow(withCode('VAULT_LOCKED'));
    await vault.unlock({ with: 'stored-key' });
    expect(vault.store().get('task', task.id)).toEqual(task);
    expect(seen).toEqual(['open', 'locked', 'open']);
  });

  it('keeps the key file and all else from other users of the machine', async () => {
    await vaultHere().start();
    const modes = [...filesBelow(dir).keys()].map((name) => [name, statSync(join(dir, name)).mode & 0o077]);
    expect(modes.filter(([, mode]) => mode !== 0)).toEqual([]);
    expect(statSync(join(dir, 'vault')).mode & 0o077).toBe(0);
    expect(statSync(join(dir, 'keys')).mode & 0o077).toBe(0);
  });

  it('refuses to make a second vault over the first', async () => {
    await vaultHere().start();
    await opened[0]?.lock();
    const before = filesBelow(dir);
    await expect(vaultHere().create()).rejects.toThrow(withCode('VAULT_EXISTS'));
    expect(filesBelow(dir)).toEqual(before);
  });

  it('starts over where making the vault was interrupted', async () => {
    const vault = vaultHere();
    await vault.start();
    await vault.lock();
    const half = temporaryDirectory();
    const { cpSync } = await import('node:fs');
    cpSync(join(dir, 'vault'), join(half.dir, 'vault.new'), { recursive: true });
    const again = createVault({ dir: half.dir });
    await again.start();
    expect(again.status().state).toBe('open');
    await again.stop();
    half.dispose();
  });

  it('stays locked at start where no key is kept on the machine', async () => {
    const first = vaultHere();
    await first.create({ passphrase: 'correct horse' });
    await first.lock();
    const vault = vaultHere();
    await vault.start();
    expect(vault.status()).toMatchObject({ state: 'locked', error: null });
    await expect(vault.unlock({ with: 'stored-key' })).rejects.toThrow(withCode('VAULT_LOCKED', /passphrase/));
  });

  it('tells the person at start what is wrong, and lets them mend it', async () => {
    const first = vaultHere();
    await first.start();
    await first.lock();
    const path = join(dir, 'keys', 'vault.key');
    const key = readFileSync(path);
    writeFileSync(path, `jan-key-1:${'0'.repeat(64)}\n`);
    const vault = vaultHere();
    await vault.start();
    expect(vault.status()).toMatchObject({ state: 'locked', error: { code: 'VAULT_WRONG_SECRET' } });
    writeFileSync(path, key);
    expect(await vault.unlock({ with: 'stored-key' })).toMatchObject({ state: 'open', error: null });
  });
});

describe('a vault of a newer Jan', () => {
  it('is refused with a word on what to do, and not written to', async () => {
    const vault = vaultHere();
    await vault.start();
    await vault.lock();
    const path = join(dir, 'vault', 'vault.json');
    writeFileSync(path, JSON.stringify({ format: 2, anything: true }));
    const before = filesBelow(dir);
    await expect(vault.unlock({ with: 'stored-key' })).rejects.toThrow(withCode('VAULT_NEWER_FORMAT', /Update Jan/));
    expect(vault.status()).toMatchObject({ state: 'damaged', error: { code: 'VAULT_NEWER_FORMAT' } });
    expect(filesBelow(dir)).toEqual(before);
  });
});

describe('a passphrase', () => {
  it('opens, is changed, and the old one does not open any more', async () => {
    const vault = vaultHere();
    await vault.start();
    await vault.handlers.addPassphrase({ passphrase: 'first passphrase' }, call);
    expect(kinds(vault.status())).toEqual(['key-file', 'passphrase']);
    await expect(vault.handlers.addPassphrase({ passphrase: 'another one' }, call)).rejects.toThrow(
      withCode('CONFLICT'),
    );
    await expect(
      vault.handlers.changePassphrase({ current: 'wrong', next: 'second passphrase' }, call),
    ).rejects.toThrow(withCode('VAULT_WRONG_SECRET'));
    await vault.handlers.changePassphrase({ current: 'first passphrase', next: 'second passphrase' }, call);
    await vault.lock();
    const before = filesBelow(dir);
    await expect(vault.unlock({ with: 'passphrase', passphrase: 'first passphrase' })).rejects.toThrow(
      withCode('VAULT_WRONG_SECRET', /Caps Lock/),
    );
    expect(filesBelow(dir)).toEqual(before);
    expect(vault.status()).toMatchObject({ state: 'locked', error: null });
    await vault.unlock({ with: 'passphrase', passphrase: 'second passphrase' });
  });

  it('is the same however its accents are encoded', async () => {
    const vault = vaultHere();
    await vault.create({ passphrase: 'pässphräse'.normalize('NFC') });
    await vault.lock();
    await vault.unlock({ with: 'passphrase', passphrase: 'pässphräse'.normalize('NFD') });
  });

  it('is protected by Argon2id with at least 128 MiB and three passes', async () => {
    await vaultHere().create({ passphrase: 'correct horse' });
    const { slots } = JSON.parse(readFileSync(join(dir, 'vault', 'vault.json'), 'utf8'));
    expect(slots[0].kdf).toMatchObject({ name: 'argon2id', memory: 131_072, lanes: 1 });
    expect(slots[0].kdf.passes).toBeGreaterThanOrEqual(3);
  });
});

describe('a recovery code', () => {
  it('counts only after it was typed back, and replaces the one before', async () => {
    const vault = vaultHere();
    await vault.start();
    const first = await vault.handlers.createRecovery(undefined, call);
    await vault.lock();
    await expect(vault.unlock({ with: 'recovery', code: first.code })).rejects.toThrow(withCode('VAULT_WRONG_SECRET'));
    await vault.unlock({ with: 'stored-key' });

    const mistyped = first.code.slice(0, -1) + (first.code.endsWith('0') ? '1' : '0');
    await expect(vault.handlers.confirmRecovery({ slotId: first.slotId, code: mistyped }, call)).rejects.toThrow(
      withCode('VAULT_WRONG_SECRET', /typing error/),
    );
    await vault.handlers.confirmRecovery(
      { slotId: first.slotId, code: first.code.toLowerCase().replaceAll('-', ' ') },
      call,
    );
    await vault.lock();
    await vault.unlock({ with: 'recovery', code: first.code });

    const second = await vault.handlers.createRecovery(undefined, call);
    await expect(vault.handlers.confirmRecovery({ slotId: second.slotId, code: first.code }, call)).rejects.toThrow(
      withCode('VAULT_WRONG_SECRET'),
    );
    await vault.handlers.confirmRecovery({ slotId: second.slotId, code: second.code }, call);
    expect(kinds(vault.status())).toEqual(['key-file', 'recovery']);
    await vault.lock();
    await expect(vault.unlock({ with: 'recovery', code: first.code })).rejects.toThrow(withCode('VAULT_WRONG_SECRET'));
    await vault.unlock({ with: 'recovery', code: second.code });
  });
});

describe('slots', () => {
  it('never lets the last one go, nor the last that counts', async () => {
    const vault = vaultHere();
    await vault.start();
    await vault.handlers.createRecovery(undefined, call);
    const [keyFile] = vault.status().slots;
    await expect(vault.handlers.removeSlot({ slotId: keyFile?.id ?? '' }, call)).rejects.toThrow(
      withCode('VAULT_LAST_SLOT'),
    );
    await expect(vault.handlers.removeSlot({ slotId: 'none' }, call)).rejects.toThrow(withCode('NOT_FOUND'));
    await vault.lock();
    await vault.unlock({ with: 'stored-key' });
  });

  it('takes the key off the machine, and puts one back', async () => {
    const vault = vaultHere();
    await vault.start();
    await vault.handlers.addPassphrase({ passphrase: 'correct horse' }, call);
    const [keyFile] = vault.status().slots;
    await vault.handlers.removeSlot({ slotId: keyFile?.id ?? '' }, call);
    expect(existsSync(join(dir, 'keys', 'vault.key'))).toBe(false);
    await vault.lock();
    await vault.unlock({ with: 'passphrase', passphrase: 'correct horse' });
    expect(kinds(await vault.handlers.addStoredKey(undefined, call))).toEqual(['passphrase', 'key-file']);
    await vault.lock();
    await vault.unlock({ with: 'stored-key' });
  });

  it('can not be changed while locked', async () => {
    const vault = vaultHere();
    await vault.start();
    await vault.lock();
    await expect(vault.handlers.addPassphrase({ passphrase: 'correct horse' }, call)).rejects.toThrow(
      withCode('VAULT_LOCKED'),
    );
    await expect(vault.handlers.createRecovery(undefined, call)).rejects.toThrow(withCode('VAULT_LOCKED'));
  });
});

describe("the system's keychain", () => {
  it('holds the key of a new vault, and no key file is written', async () => {
    const { keychain, secrets } = memoryKeychain();
    const vault = vaultHere({ keychain });
    await vault.start();
    expect(kinds(vault.status())).toEqual(['keychain']);
    expect(existsSync(join(dir, 'keys', 'vault.key'))).toBe(false);
    await vault.lock();
    await vault.unlock({ with: 'stored-key' });
    await vault.lock();
    secrets.clear();
    await expect(vault.unlock({ with: 'stored-key' })).rejects.toThrow(withCode('VAULT_WRONG_SECRET', /keychain/));
  });

  it('gives way to a key file where it does not work', async () => {
    const broken = async () => {
      throw new Error('no keyring');
    };
    const vault = vaultHere({ keychain: { get: broken, set: broken, remove: broken } });
    await vault.start();
    expect(kinds(vault.status())).toEqual(['key-file']);
  });

  it('is asked for where only the desktop can reach it', async () => {
    const { keychain } = memoryKeychain();
    const first = vaultHere({ keychain });
    await first.start();
    await first.lock();
    await expect(vaultHere().unlock({ with: 'stored-key' })).rejects.toThrow(
      withCode('KEYCHAIN_UNAVAILABLE', /passphrase/),
    );
  });

  it('notices an old copy of the whole data folder', async () => {
    const { keychain } = memoryKeychain();
    const vault = vaultHere({ keychain });
    await vault.start();
    await vault.lock();
    const old = filesBelow(dir);
    await vault.unlock({ with: 'stored-key' });
    vault.store().transact({ actor: 'user', label: 'Add' }, (tx) => tx.put('task', sampleTask()));
    await vault.lock();
    for (const [name, content] of old) writeFileSync(join(dir, name), content);
    await expect(vault.unlock({ with: 'stored-key' })).rejects.toThrow(withCode('VAULT_ROLLED_BACK'));
    expect(await vault.unlock({ with: 'stored-key' }, { acceptRollback: true })).toMatchObject({ state: 'open' });
  });
});

describe('two programs', () => {
  it('can not have the same vault open', async () => {
    const vault = vaultHere();
    await vault.start();
    const before = filesBelow(join(dir, 'vault'));
    await expect(vaultHere().unlock({ with: 'stored-key' })).rejects.toThrow(withCode('VAULT_IN_USE'));
    await expect(vaultHere().start()).rejects.toThrow(withCode('VAULT_IN_USE'));

    expect(await startWriter(dir, { count: 1 }).ended).toEqual(['error VAULT_IN_USE']);
    expect(filesBelow(join(dir, 'vault'))).toEqual(before);
    vault.store().transact({ actor: 'user', label: 'Add' }, (tx) => tx.put('task', sampleTask()));
  });
});

describe('a program that ends without closing the vault', () => {
  it.each(['exit', 'throw'] as const)('by %s: leaves it sound', async (end) => {
    const lines = await startWriter(dir, { count: 5, end }).ended;
    expect(lines.filter((line) => line.startsWith('ack '))).toHaveLength(5);
    const vault = vaultHere();
    await vault.start();
    expect(vault.status()).toMatchObject({ state: 'open', error: null });
    expect(vault.store().history(10)).toHaveLength(5);
  });
});

describe('time', () => {
  it('may go backwards', async () => {
    let now = Date.parse('2027-06-01');
    const clock = { now: () => now, monotonic: () => performance.now() };
    const vault = vaultHere({ clock });
    await vault.start();
    const add = () => vault.store().transact({ actor: 'user', label: 'Add' }, (tx) => tx.put('task', sampleTask()));
    add();
    await vault.lock();
    now = Date.parse('1999-01-01');
    await vault.unlock({ with: 'stored-key' });
    add();
    expect(
      vault
        .store()
        .history(2)
        .map((entry) => entry.at),
    ).toEqual([Date.parse('1999-01-01'), Date.parse('2027-06-01')]);
    vault.store().undo();
    vault.store().verify();
    expect(vault.status().state).toBe('open');
  });
});

describe('the raw key', () => {
  it('is given for a secret that opens the vault, and for no other', async () => {
    const vault = vaultHere();
    await vault.create({ passphrase: 'correct horse' });
    const raw = await vault.exportRawKey({ with: 'passphrase', passphrase: 'correct horse' });
    expect(raw).toMatchObject({
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      salt: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    await expect(vault.exportRawKey({ with: 'passphrase', passphrase: 'wrong' })).rejects.toThrow(
      withCode('VAULT_WRONG_SECRET'),
    );
    await expect(vault.exportRawKey({ with: 'stored-key' })).rejects.toThrow(withCode('VAULT_LOCKED'));
  });
});
