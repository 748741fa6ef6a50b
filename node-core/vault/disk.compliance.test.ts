import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesBelow, startWriter, temporaryDirectory } from '../testing/test-vault.ts';
import { createVault } from './index.ts';

let dir: string;
let dispose: () => void;
beforeEach(() => {
  ({ dir, dispose } = temporaryDirectory());
});
afterEach(() => {
  spawnSync('chmod', ['-R', 'u+rwX', dir]);
  dispose();
});

const notesIn = async (data: string): Promise<number> => {
  const vault = createVault({ dir: data });
  await vault.start();
  expect(vault.status()).toMatchObject({ state: 'open', error: null });
  const store = vault.store();
  store.verify();
  const notes = store.all(store.qb.selectFrom('note').select('id')).length;
  await vault.stop();
  return notes;
};

/** Root may write anywhere, so as root the writer runs as somebody else. */
const asSomebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const giveAway = (path: string) => {
  if ('uid' in asSomebody) spawnSync('chown', ['-R', '65534:65534', path]);
};

describe.skipIf(process.platform === 'win32')('a folder that can not be written to', () => {
  it('is named as such when a vault is to be made in it', async () => {
    const data = join(dir, 'data');
    mkdirSync(data);
    chmodSync(dir, 0o755);
    giveAway(data);
    chmodSync(data, 0o555);
    expect(await startWriter(data, { count: 1, ...asSomebody }).ended).toEqual(['error STORAGE_READ_ONLY']);
    expect(filesBelow(data).size).toBe(0);
  });

  it('is named as such when a vault in it is to be opened, and nothing is lost', async () => {
    const data = join(dir, 'data');
    mkdirSync(data);
    await startWriter(data, { count: 3 }).ended;
    chmodSync(dir, 0o755);
    giveAway(data);
    spawnSync('chmod', ['-R', 'a-w', data]);
    const before = filesBelow(data);
    expect(await startWriter(data, { count: 1, ...asSomebody }).ended).toEqual(['error STORAGE_READ_ONLY']);
    expect(filesBelow(data)).toEqual(before);
    spawnSync('chmod', ['-R', 'u+w', data]);
    expect(await notesIn(data)).toBe(3);
  });
});

/** Runs the rest of its arguments in a mount namespace of its own, where `$1` is a disk of `$2` KiB. */
const smallDisk = 'mount -t tmpfs -o size=$2k tmpfs "$1" && shift 2 && exec "$@"';
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-rm', 'sh', '-c', smallDisk, 'sh', '/mnt', '64', 'true']).status === 0;

describe('a full disk', () => {
  it.skipIf(!canMount)('fails the change that does not fit, at whatever write that is, and loses nothing', async () => {
    const script = fileURLToPath(new URL('../testing/fill-disk.ts', import.meta.url));
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', smallDisk, 'sh', dir, '8192', process.execPath, script, dir],
      {
        encoding: 'utf8',
        timeout: 240_000,
      },
    );
    const report = JSON.parse(stdout || JSON.stringify({ stderr }));
    expect(report).toMatchObject({ codes: ['STORAGE_FULL'], lost: 0, unexpected: 0, unopenable: 0 });
    expect(report.failures).toBeGreaterThan(30);
  });

  it.skipIf(process.platform === 'win32')('that only refuses longer files keeps what was saved before', async () => {
    const limited = ['sh', '-c', 'trap \'\' XFSZ; ulimit -f 8192; exec "$@"', 'sh'];
    const lines = await startWriter(dir, { size: 60_000, spawnWith: limited }).ended;
    const acks = lines.filter((line) => line.startsWith('ack '));
    expect(acks.length).toBeGreaterThan(2);
    expect(lines.at(-1)).toMatch(/^error STORAGE_(FULL|FAILED)$/);
    expect(await notesIn(dir)).toBe(acks.length);
  });
});
