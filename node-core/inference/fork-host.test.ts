import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('a core that is killed takes its inference host along', async () => {
  const module = pathToFileURL(join(import.meta.dirname, 'fork-host.ts')).href;
  const core = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { forkHost } = await import('${module}'); const host = forkHost(); host.onMessage(() => console.log(host.pid));`,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [line]: unknown[] = await once(core.stdout, 'data');
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  core.kill('SIGKILL');
  for (let tries = 0; tries < 200 && isAlive(pid); tries += 1) await wait(50);
  expect(isAlive(pid)).toBe(false);
});
