import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { tinyGguf } from '../testing/tiny-gguf.ts';
import { compileAddon } from './native/compile.ts';
import { findAddon } from './native/place.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // Who is to take note of its end may do so later.
    return !existsSync('/proc') || !/^\S+ \(.*\) Z/u.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) await wait(50);
  expect(holds()).toBe(true);
};
const module = (path: string) => pathToFileURL(join(import.meta.dirname, path)).href;
let started: number[] = [];
afterEach(() => {
  for (const pid of started.filter(isAlive)) process.kill(pid, 'SIGKILL');
  started = [];
});
/** A core of its own; it tells the number of its host's process. */
const startCore = async (script: string, env: NodeJS.ProcessEnv = {}) => {
  const core = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  const [line]: unknown[] = await once(core.stdout, 'data');
  const host = Number(String(line));
  expect(isAlive(host)).toBe(true);
  started.push(host);
  return { core, host };
};

it('a core that is killed takes its inference host along', async () => {
  const { core, host } = await startCore(
    `const { forkHost } = await import('${module('fork-host.ts')}'); const host = forkHost(); host.onMessage(() => console.log(host.pid));`,
  );
  core.kill('SIGKILL');
  await until(() => !isAlive(host));
});

it.runIf(process.platform === 'linux')('also where the host is stuck and hears nothing', async (context) => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-stuck-'));
  try {
    const model = join(dir, 'tiny.gguf');
    writeFileSync(model, tinyGguf());
    const found = findAddon();
    const built = found === null ? await compileAddon({ dir, model, signal: context.signal }) : null;
    if (built?.outcome === 'no-compiler') return context.skip();
    const path = found ?? (built?.outcome === 'ready' ? built.path : '');
    expect(path).not.toBe('');
    const forever = `${'{% for i in range(9999) %}'.repeat(6)}{% set x = 1 %}${'{% endfor %}'.repeat(6)}`;
    const script = `
      const { createTestInference } = await import('${module('../testing/test-inference.ts')}');
      const room = createTestInference({ builtin: { chatTemplate: ${JSON.stringify(forever)} } });
      await room.inference.tokenize('x');
      room.inference.generate({ input: { messages: [{ role: 'user', content: 'x' }] }, maxTokens: 8 });
      console.log(room.hosts[0].pid);
    `;
    const { core, host } = await startCore(script, { JAN_ENGINE_ADDON: path, TMPDIR: dir });
    const ticks = () => Number(readFileSync(`/proc/${host}/stat`, 'utf8').split(') ')[1]?.split(' ')[11]);
    const before = ticks();
    // Half a second of computing is more than anything takes that has an end.
    await until(() => ticks() > before + 50);
    core.kill('SIGKILL');
    await until(() => !isAlive(host));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
