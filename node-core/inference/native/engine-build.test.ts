import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../common/index.ts';
import { tinyGguf } from '../../testing/tiny-gguf.ts';
import { findCompiler } from './compiler.ts';
import { createEngineBuild, type EngineBuild } from './engine-build.ts';
import { findAddon } from './place.ts';

let root: string;
let dir: string;
let model: string;
let builds: EngineBuild[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jan-engine-build-'));
  dir = join(root, 'engine');
  model = join(root, 'tiny.gguf');
  writeFileSync(model, tinyGguf());
});
afterEach(async () => {
  await Promise.all(builds.map((build) => build.stop()));
  builds = [];
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

/** A compiler that notes what it is asked for. */
const useCompiler = (script: string) => {
  const path = join(root, 'compiler');
  const log = join(root, 'asked');
  writeFileSync(
    path,
    `#!/bin/sh\n[ "$1" = --version ] && { cat "$0.version"; exit; }\necho "$*" >> '${log}'\n${script}\n`,
  );
  writeFileSync(`${path}.version`, 'fake 1');
  chmodSync(path, 0o755);
  vi.stubEnv('CXX', path);
  return {
    get asked() {
      return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
    },
    update: () => writeFileSync(`${path}.version`, 'fake 2'),
  };
};
const start = () => {
  const build = createEngineBuild({ model, logger: silentLogger, dir, delayMs: 0 });
  builds.push(build);
  const ended = new Promise<void>((resolve) => build.onDidChange((state) => state.build !== 'building' && resolve()));
  return build.start().then(() => ({ build, ended }));
};
const built = async () => {
  const { build, ended } = await start();
  await ended;
  await build.stop();
  return build.state;
};
const unfinished = () => readdirSync(dir).filter((name) => name.startsWith('.unfinished'));

describe.skipIf(process.platform === 'win32')('the build in the background', () => {
  it('that failed is not made again until something has changed, or a week is over', async () => {
    const compiler = useCompiler('echo "engine.cpp: no" >&2; exit 1');
    const failed = { variant: 'prebuilt', build: 'failed', detail: 'engine.cpp: no' };
    expect(await built()).toEqual(failed);
    expect(compiler.asked).toBe(1);
    expect(await built()).toEqual(failed);
    expect(compiler.asked).toBe(1);
    compiler.update();
    expect(await built()).toEqual(failed);
    expect(compiler.asked).toBe(2);

    const file = join(dir, 'failed-addon.json');
    const noted: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const at = (time: number) => writeFileSync(file, JSON.stringify({ ...Object(noted), at: time }));
    at(Date.now() - 6 * 24 * 3_600_000);
    await built();
    expect(compiler.asked).toBe(2);
    for (const [index, time] of [Date.now() - 8 * 24 * 3_600_000, Date.now() + 3_600_000].entries()) {
      at(time);
      await built();
      expect(compiler.asked).toBe(3 + index);
    }
    writeFileSync(file, '{"key":');
    expect(await built()).toEqual(failed);
    expect(unfinished()).toEqual([]);
  });

  it('that was stopped leaves nothing, and is made again', async () => {
    const compiler = useCompiler('echo > "$0.begun"; exec sleep 600');
    const { build } = await start();
    await vi.waitUntil(() => existsSync(join(root, 'compiler.begun')), { timeout: 20_000 });
    expect(unfinished()).toHaveLength(1);
    await build.stop();
    expect(readdirSync(dir)).toEqual([]);
    await (await start()).build.stop();
    const again = await start();
    await vi.waitUntil(() => compiler.asked === 2, { timeout: 20_000 });
    await again.build.stop();
  });

  it('makes an addon that is taken, once', async (context) => {
    if ((await findCompiler(context.signal)) === null) return context.skip();
    // The arithmetic would take half a minute.
    const compiler = useCompiler(`case "$*" in *march=native*) echo "not here" >&2; exit 1;; esac\nexec c++ "$@"`);
    const ready = { variant: 'threaded', build: 'ready', detail: null };
    const { build, ended } = await start();
    expect(build.state).toEqual({ variant: 'prebuilt', build: 'none', detail: null });
    await ended;
    expect(build.state).toEqual(ready);
    expect(findAddon(dir)).toContain(dir);
    const linux = process.platform === 'linux';
    if (linux) await vi.waitUntil(() => existsSync(join(dir, 'failed-processor.json')), { timeout: 60_000 });
    await build.stop();
    expect(build.state).toEqual(ready);
    expect(compiler.asked).toBe(linux ? 2 : 1);
    expect(unfinished()).toEqual([]);

    const next = createEngineBuild({ model, logger: silentLogger, dir, delayMs: 0 });
    expect(next.state).toEqual(ready);
  }, 90_000);

  it('takes away what others left that were killed', async () => {
    useCompiler('exit 1');
    const alive = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const dead = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await new Promise((resolve) => dead.once('exit', resolve));
    const names = [`${alive.pid}-abc123`, `${dead.pid}-abc123`, `${process.pid}-abc123`, 'Ab12Cd'];
    for (const name of names) mkdirSync(join(dir, `.unfinished-${name}`, 'build'), { recursive: true });
    try {
      await built();
      expect(unfinished()).toEqual([`.unfinished-${alive.pid}-abc123`]);
    } finally {
      alive.kill('SIGKILL');
    }
  });
});
