import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CatalogEntry, Download, Model } from '../contract/index.ts';
import { type FlakyHub, startFlakyHub } from '../testing/flaky-hub.ts';
import { jan as runJan, type Running, startJan } from '../testing/jan-command.ts';
import { tinyGguf } from '../testing/tiny-gguf.ts';

const id = 'jan-v3-4b';
const path = 'janhq/Jan-v3-4B-base-instruct-gguf/resolve/main/Jan-v3-4b-base-instruct-Q4_K_M.gguf';
const whole = tinyGguf();

let root: string;
let hub: FlakyHub;
let nodes: Running[];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'jan-cli-downloads-'));
  hub = await startFlakyHub({ [path]: whole });
  nodes = [];
});
afterEach(async () => {
  for (const node of nodes) node.kill('SIGKILL');
  await Promise.all(nodes.map(({ finished }) => finished));
  await hub.close();
  rmSync(root, { recursive: true, force: true });
});

const options = () => ({ env: { JAN_MODEL_MIRROR: hub.url, NO_PROXY: '127.0.0.1' } });
const start = (args: readonly string[]) => startJan([...args, '--data', root], options());
const jan = (...args: readonly string[]) => runJan([...args, '--data', root], options());
const json = async <T>(schema: z.ZodType<T>, ...args: readonly string[]): Promise<T> => {
  const { stdout, stderr, code } = await jan(...args, '--json');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return schema.parse(JSON.parse(stdout));
};
const file = () => join(root, 'models', id, 'Jan-v3-4b-base-instruct-Q4_K_M.gguf');
/** The hub gives out the beginning of each range and then holds its breath. */
const holdHalf = () =>
  hub.behave(({ request, response, file: bytes, from, to, head, serve }) => {
    if (request.headers.range === 'bytes=0-0') return serve();
    head();
    response.write(bytes.subarray(from, from + Math.floor((to - from) / 2)));
  });

describe('jan models', () => {
  it('shows the catalog, downloads with the licence accepted, pins, and deletes with the file', async () => {
    const catalog = await json(z.array(CatalogEntry), 'models', 'catalog');
    expect(catalog.find((entry) => entry.id === id)).toMatchObject({ installed: false, size: null, download: null });
    expect((await jan('models', 'catalog')).stdout).toMatch(/jan-v3-4b +Jan v3 4B +~2\.5 GB .*Apache 2\.0/u);

    const refused = await jan('models', 'download', id, '--json');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(JSON.parse(refused.stderr)).toMatchObject({
      error: { code: 'LICENSE_NOT_ACCEPTED', message: expect.stringMatching(/Apache 2\.0 \(https:/u) },
    });
    expect(hub.requests).toHaveLength(0);

    const downloaded = await json(Model, 'models', 'download', id, '--accept-license');
    expect(downloaded).toMatchObject({ id, source: 'download', path: file(), size: whole.length, pinned: false });
    expect(await json(Model, 'models', 'pin', id)).toMatchObject({ id, pinned: true });
    expect(await json(Model, 'models', 'unpin', id)).toMatchObject({ id, pinned: false });
    const disk = await json(z.object({ used: z.number(), dir: z.string() }), 'models', 'disk');
    expect(disk).toMatchObject({ dir: join(root, 'models') });
    expect(disk.used).toBeGreaterThanOrEqual(whole.length);
    const again = await jan('models', 'download', id, '--accept-license');
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/is here already/u) });

    expect((await jan('models', 'remove', id)).stdout).toMatch(/Its file stays where it is/u);
    expect(existsSync(file())).toBe(true);
    const before = hub.requests.length;
    await json(Model, 'models', 'download', id, '--accept-license');
    expect(hub.requests).toHaveLength(before);
    expect((await jan('models', 'remove', id, '--delete-file')).stdout).toMatch(/Its file was deleted/u);
    expect(existsSync(file())).toBe(false);
  });

  it('stops waiting at Ctrl-C, lists, pauses, goes on where it was, cancels', async () => {
    holdHalf();
    const waiting = start(['models', 'download', id, '--accept-license']);
    const reached = async () => {
      while (hub.ranges.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await reached();
    waiting.kill('SIGINT');
    expect(await waiting.finished).toMatchObject({ code: 130, stderr: expect.stringMatching(/What came is kept/u) });
    expect(await json(z.array(Download), 'models', 'downloads')).toMatchObject([{ id, state: 'queued', error: null }]);
    expect(await json(Download, 'models', 'pause', id)).toMatchObject({ id, state: 'paused' });
    expect((await jan('models', 'downloads')).stdout).toMatch(/jan-v3-4b +paused/u);
    hub.behave(({ serve }) => serve());
    expect(await json(Model, 'models', 'download', id)).toMatchObject({ id });
    await jan('models', 'remove', id, '--delete-file');

    holdHalf();
    const other = start(['models', 'download', id, '--accept-license']);
    const asked = hub.ranges.length;
    while (hub.ranges.length < asked + 2) await new Promise((resolve) => setTimeout(resolve, 10));
    other.kill('SIGINT');
    await other.finished;
    expect((await jan('models', 'cancel', id)).stdout).toMatch(/deleted/u);
    expect((await jan('models', 'downloads')).stdout).toMatch(/Nothing is being downloaded/u);
    expect((await jan('models', 'cancel', id)).stderr).toMatch(/is not being downloaded/u);
  });

  it('says why a download failed', async () => {
    hub.behave(({ response }) => response.writeHead(403).end());
    const failed = await jan('models', 'download', id, '--accept-license', '--json');
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      error: { code: 'DOWNLOAD_FAILED', message: expect.stringMatching(/ask for an account/u) },
    });
    expect(await json(z.array(Download), 'models', 'downloads')).toMatchObject([{ id, state: 'failed' }]);
  });

  it('leaves a download to the node that runs, which goes on with it after a restart', async () => {
    holdHalf();
    const node = start(['serve']);
    nodes.push(node);
    await node.until(/^Jan is ready/m);
    const waiting = start(['models', 'download', id, '--accept-license']);
    while (hub.ranges.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    waiting.kill('SIGINT');
    await waiting.finished;
    expect(await json(z.array(Download), 'models', 'downloads')).toMatchObject([{ id, state: 'running' }]);
    node.kill('SIGTERM');
    expect((await node.finished).code).toBe(0);
    hub.behave(({ serve }) => serve());
    const later = start(['serve']);
    nodes.push(later);
    await later.until(/^Jan is ready/m);
    const models = async () => (await json(z.array(Model), 'models', 'list')).map((model) => model.id);
    while (!(await models()).includes(id)) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(existsSync(file())).toBe(true);
  });
});
