import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FlakyHub, startFlakyHub } from '../../testing/flaky-hub.ts';
import { catalogModel, createTestDownloads, type TestDownloads, testPace } from '../../testing/test-downloads.ts';
import { sha256, tinyGguf } from '../../testing/tiny-gguf.ts';
import { AppError } from '../../contract/index.ts';
import type { CatalogModel } from '../catalog.ts';
import { createDownloadRows } from './download-rows.ts';

const whole = tinyGguf({ width: 256, layers: 4, feedForward: 512, heads: 8 });
const root = 'nobody/tiny/resolve/main';
const model = catalogModel('tiny', [{ path: 'tiny.gguf' }]);

let hub: FlakyHub | undefined;
let room: TestDownloads | undefined;
afterEach(async () => {
  await room?.dispose();
  await hub?.close();
  [room, hub] = [undefined, undefined];
});
const open = async (
  catalog: readonly CatalogModel[] = [model],
  files: Readonly<Record<string, Buffer>> = { [`${root}/tiny.gguf`]: whole },
): Promise<{ hub: FlakyHub; room: TestDownloads }> => {
  hub = await startFlakyHub(files);
  room = createTestDownloads({ catalog, modelMirror: hub.url });
  return { hub, room };
};
/** Answers to the end, but lets go of the last half only when told. */
const holdHalf = (server: FlakyHub) => {
  const release = Promise.withResolvers<void>();
  server.behave(({ request, response, file, from, to, head, serve }) => {
    if (request.headers.range === 'bytes=0-0') return serve();
    head();
    const middle = from + Math.floor((to - from) / 2);
    response.write(file.subarray(from, middle));
    void release.promise.then(() => response.end(file.subarray(middle, to)));
  });
  return { release: () => release.resolve() };
};

describe('a download', () => {
  it('comes in several ranges at once, is checked, and becomes a model', async () => {
    const { hub: server, room: test } = await open();
    expect(test.downloads.begin(model, true)).toMatchObject({ id: 'tiny', state: 'running', received: 0, total: null });
    await test.until('tiny', 'done');
    const path = join(test.dir, 'tiny', 'tiny.gguf');
    expect(readFileSync(path).equals(whole)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(test.dir, '.incoming'))).toEqual([]);
    expect(server.ranges.length).toBeGreaterThan(4);
    expect(new Set(server.ranges).size).toBe(server.ranges.length);
    expect(test.left).toEqual(['tiny']);
    const { qb, all } = test.store;
    expect(all(qb.selectFrom('model').selectAll())).toMatchObject([
      { id: 'tiny', source: 'download', path, size: whole.length, license: 'Test licence', contextLength: 512 },
    ]);
    expect(all(qb.selectFrom('modelDigest').select(['file', 'sha256']))).toEqual([
      { file: 'main/tiny.gguf', sha256: sha256(whole) },
    ]);
    expect(all(qb.selectFrom('download').selectAll())).toEqual([]);
    expect(test.downloads.list()).toEqual([]);
    expect(test.seen.map(({ state }) => state).filter((state, at, states) => state !== states[at - 1])).toEqual([
      'queued',
      'running',
      'verifying',
      'done',
    ]);
    expect(test.seen.at(-1)).toMatchObject({ received: whole.length, total: whole.length, error: null });
  });

  it('needs the licence to be accepted, once', async () => {
    const { hub: server, room: test } = await open();
    expect(() => test.downloads.begin(model, false)).toThrow(/Test licence.*accept/u);
    expect(server.requests).toHaveLength(0);
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    await test.downloads.pause('tiny');
    server.behave(({ serve }) => serve());
    test.downloads.begin(model, false);
    await test.until('tiny', 'done');
  });

  it('is paused and goes on where it was', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    const paused = await test.downloads.pause('tiny');
    expect(paused).toMatchObject({ state: 'paused', speed: null, error: null });
    expect(paused.received).toBeGreaterThan(0);
    expect(existsSync(join(test.dir, 'tiny'))).toBe(false);
    const before = server.requests.length;
    server.behave(({ serve }) => serve());
    test.downloads.begin(model, true);
    await test.until('tiny', 'done');
    const asked = server.ranges.slice(before).map((range) => /(\d+)-(\d+)/u.exec(range)?.slice(1).map(Number) ?? []);
    expect(asked.reduce((sum, [from = 0, to = 0]) => sum + to + 1 - from, 0)).toBe(whole.length - paused.received);
    expect(server.requests.slice(before).every(({ headers }) => headers['if-range'] !== undefined)).toBe(true);
  });

  it('is cancelled: nothing of it stays', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    await test.downloads.cancel('tiny');
    expect(test.left).toEqual(['tiny']);
    expect(test.downloads.list()).toEqual([]);
    expect(readdirSync(join(test.dir, '.incoming'))).toEqual([]);
    await expect(test.downloads.cancel('tiny')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await expect(test.downloads.pause('tiny')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('goes on where that is asked while a pause takes effect, and pauses where that is asked last', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    const pausing = test.downloads.pause('tiny');
    expect(test.downloads.begin(model, false)).toMatchObject({ id: 'tiny' });
    const again = test.downloads.pause('tiny');
    await Promise.all([pausing, again]);
    expect(test.downloads.list()).toMatchObject([{ state: 'paused' }]);
    server.behave(({ serve }) => serve());
    test.downloads.begin(model, false);
    const last = test.downloads.pause('tiny');
    test.downloads.begin(model, false);
    await last.catch(() => undefined);
    await test.until('tiny', 'done');
    expect(readFileSync(join(test.dir, 'tiny', 'tiny.gguf')).equals(whole)).toBe(true);
  });

  it('does not begin again while it is being cancelled', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    const cancelling = test.downloads.cancel('tiny');
    expect(() => test.downloads.begin(model, true)).toThrow(/being cancelled/u);
    await cancelling;
    expect(test.downloads.list()).toEqual([]);
    expect(readdirSync(join(test.dir, '.incoming'))).toEqual([]);
    server.behave(({ serve }) => serve());
    test.downloads.begin(model, true);
    await test.until('tiny', 'done');
  });

  it('touches nothing that a link leads to', async () => {
    const { room: test } = await open();
    const elsewhere = join(test.dir, 'elsewhere');
    mkdirSync(elsewhere);
    for (const name of ['diary.txt', 'tiny.gguf']) writeFileSync(join(elsewhere, name), `my own ${name}`);
    const untouched = () => ['diary.txt', 'tiny.gguf'].map((name) => readFileSync(join(elsewhere, name), 'utf8'));
    symlinkSync(elsewhere, join(test.dir, 'tiny'));
    test.downloads.begin(model, true);
    await test.until('tiny', 'done');
    expect(untouched()).toEqual(['my own diary.txt', 'my own tiny.gguf']);
    expect(lstatSync(join(test.dir, 'tiny')).isDirectory()).toBe(true);
    test.downloads.discard('tiny');
    test.store.write((tx) => tx.run(test.store.qb.deleteFrom('model')));
    mkdirSync(join(test.dir, '.incoming', 'tiny'), { recursive: true });
    symlinkSync(join(elsewhere, 'tiny.gguf'), join(test.dir, '.incoming', 'tiny', 'tiny.gguf'));
    test.downloads.begin(model, true);
    await test.until('tiny', 'running');
    await test.until('tiny', 'done');
    expect(untouched()).toEqual(['my own diary.txt', 'my own tiny.gguf']);
    expect(readFileSync(join(test.dir, 'tiny', 'tiny.gguf')).equals(whole)).toBe(true);
  });

  it('goes on by itself after a restart', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    await test.downloads.stop();
    server.behave(({ serve }) => serve());
    const later = test.again();
    expect(later.downloads.list()).toMatchObject([{ id: 'tiny', state: 'queued', total: whole.length }]);
    expect(later.downloads.list()[0]?.received).toBeGreaterThan(0);
    later.downloads.start();
    await later.until('tiny', 'done');
    expect(readFileSync(join(test.dir, 'tiny', 'tiny.gguf')).equals(whole)).toBe(true);
  });

  describe('whose vault is on a full disk', () => {
    /** Every write of the vault from the first to the last of these fails. */
    const openFull = async (from: number, to: number, pace = testPace) => {
      let writes = 0;
      hub = await startFlakyHub({ [`${root}/tiny.gguf`]: whole });
      const made = createTestDownloads({
        catalog: [model],
        modelMirror: hub.url,
        pace,
        rows: createDownloadRows(() => ({
          ...made.store,
          write(work) {
            writes += 1;
            if (from <= writes && writes <= to) throw new AppError('STORAGE_FULL', 'The disk is full.');
            return made.store.write(work);
          },
        })),
      });
      room = made;
      return { hub, test: made };
    };
    const tryOnce = async (test: TestDownloads) => {
      try {
        test.downloads.begin(model, true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'STORAGE_FULL' });
        return;
      }
      await test.until('tiny', 'running');
      await test.until('tiny', 'done', 'paused');
    };

    it.each([1, 2, 3, 4, 5, 6].flatMap((from) => [0, 1].map((more) => [from, from + more] as const)))(
      'writes %i to %i: it is not there or whole, and gets there',
      async (from, to) => {
        const { test } = await openFull(from, to);
        const home = join(test.dir, 'tiny', 'tiny.gguf');
        const models = () => test.store.all(test.store.qb.selectFrom('model').select('path'));
        for (let tries = 0; tries < 4 && models().length === 0; tries += 1) {
          await tryOnce(test);
          if (existsSync(home)) expect(readFileSync(home).equals(whole)).toBe(true);
        }
        expect(models()).toEqual([{ path: home }]);
        expect(readFileSync(home).equals(whole)).toBe(true);
        expect(test.downloads.list()).toEqual([]);
        expect(test.store.all(test.store.qb.selectFrom('download').selectAll())).toEqual([]);
      },
    );

    it('still lets it be stopped', async () => {
      const { hub: server, test } = await openFull(2, 1_000, { ...testPace, record: 60_000 });
      holdHalf(server);
      test.downloads.begin(model, true);
      await test.untilSome('tiny');
      await expect(test.downloads.pause('tiny')).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      await test.until('tiny', 'paused');
      expect(test.downloads.list()).toMatchObject([{ state: 'paused' }]);
    });

    it('gives the room back to whoever cancels it', async () => {
      const { hub: server, test } = await openFull(2, 2, { ...testPace, record: 60_000 });
      holdHalf(server);
      test.downloads.begin(model, true);
      await test.untilSome('tiny');
      await test.downloads.cancel('tiny');
      expect(readdirSync(join(test.dir, '.incoming'))).toEqual([]);
      expect(test.downloads.list()).toEqual([]);
    });
  });

  it('does not begin while the vault is being locked, and goes on after that', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    const stopping = test.downloads.stop();
    expect(() => test.downloads.begin(model, true)).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
    await stopping;
    expect(() => test.downloads.begin(model, true)).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
    const asked = server.requests.length;
    server.behave(({ serve }) => serve());
    test.downloads.start();
    await test.until('tiny', 'done');
    expect(server.requests.length).toBeGreaterThan(asked);
  });

  it('stays paused over a restart', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    await test.downloads.pause('tiny');
    await test.downloads.stop();
    const later = test.again();
    later.downloads.start();
    expect(later.downloads.list()).toMatchObject([{ id: 'tiny', state: 'paused' }]);
  });

  it('fetches all parts of a split model and puts them into place together', async () => {
    const parts = ['deep/tiny-00001-of-00002.gguf', 'deep/tiny-00002-of-00002.gguf'];
    const split = catalogModel(
      'split',
      parts.map((path) => ({ path })),
    );
    const bytes = [tinyGguf({ splits: 2 }), tinyGguf({ splits: 2, seed: 2 })];
    const { room: test } = await open(
      [split],
      Object.fromEntries(parts.map((path, index) => [`${root}/${path}`, bytes[index] ?? Buffer.alloc(0)])),
    );
    test.downloads.begin(split, true);
    const done = await test.until('split', 'done');
    expect(done.total).toBe((bytes[0]?.length ?? 0) + (bytes[1]?.length ?? 0));
    expect(readdirSync(join(test.dir, 'split')).toSorted()).toEqual(parts.map((path) => path.slice(5)));
    expect(test.store.all(test.store.qb.selectFrom('model').selectAll())).toMatchObject([
      { path: join(test.dir, 'split', 'tiny-00001-of-00002.gguf'), size: done.total },
    ]);
  });

  it('waits while two others are under way', async () => {
    const models = ['one', 'two', 'three'].map((id) => catalogModel(id, [{ path: 'tiny.gguf' }]));
    const { hub: server, room: test } = await open(models);
    const { release } = holdHalf(server);
    for (const next of models) test.downloads.begin(next, true);
    await test.untilSome('one');
    expect(test.downloads.list().map(({ state }) => state)).toEqual(['running', 'running', 'queued']);
    release();
    await Promise.all(models.map(({ id }) => test.until(id, 'done')));
  });

  it('takes a file that is here already for what it is, if its digest was seen before', async () => {
    const { hub: server, room: test } = await open();
    test.downloads.begin(model, true);
    await test.until('tiny', 'done');
    const before = server.requests.length;
    const { qb, write } = test.store;
    write((tx) => tx.run(qb.deleteFrom('model')));
    const later = test.again();
    later.downloads.begin(model, true);
    await later.until('tiny', 'done');
    expect(server.requests).toHaveLength(before);
  });

  it('begins anew where another version of the catalog names other files', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    await test.downloads.stop();
    server.behave(({ serve }) => serve());
    server.put(`${root}/better.gguf`, tinyGguf({ seed: 4 }));
    const later = test.again([catalogModel('tiny', [{ path: 'better.gguf' }])]);
    expect(later.downloads.list()).toMatchObject([{ id: 'tiny', state: 'queued', received: 0 }]);
    later.downloads.start();
    await later.until('tiny', 'done');
    expect(readdirSync(join(test.dir, 'tiny'))).toEqual(['better.gguf']);
    expect(readFileSync(join(test.dir, 'tiny', 'better.gguf')).equals(tinyGguf({ seed: 4 }))).toBe(true);
  });

  it('that the catalog has no more says so, and can be cancelled', async () => {
    const { hub: server, room: test } = await open();
    holdHalf(server);
    test.downloads.begin(model, true);
    await test.untilSome('tiny');
    await test.downloads.stop();
    const later = test.again([]);
    later.downloads.start();
    const failed = await later.until('tiny', 'failed');
    expect(failed.error?.message).toMatch(/no longer in the catalog/u);
    await later.downloads.cancel('tiny');
    expect(later.downloads.list()).toEqual([]);
  });

  it('refuses what has no room on the disk, with numbers', async () => {
    const huge = { ...model, about: 2 ** 60 };
    const { room: test } = await open([huge]);
    expect(() => test.downloads.begin(huge, true)).toThrow(
      expect.objectContaining({
        code: 'STORAGE_FULL',
        message: expect.stringMatching(/needs 1073741824\.00 GB more.*[\d.]+ GB/u),
        data: { needed: 2 ** 60, free: expect.any(Number) },
      }),
    );
    expect(test.downloads.list()).toEqual([]);
  });
});
