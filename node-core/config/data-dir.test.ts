import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCode } from '../contract/index.ts';
import { prepareDataDir } from './data-dir.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jan-data-dir-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

const refusal = (path: string): string | undefined => {
  try {
    prepareDataDir(path);
    return undefined;
  } catch (error) {
    return errorCode(error);
  }
};

describe('prepareDataDir', () => {
  it('makes every level, for this user alone, and takes what is there', () => {
    const path = join(dir, 'a', 'b', 'c');
    prepareDataDir(path);
    prepareDataDir(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('refuses a file, a place below a file and a name that is too long', () => {
    writeFileSync(join(dir, 'file'), '');
    const paths = [join(dir, 'file'), join(dir, 'file', 'below'), join(dir, 'x'.repeat(300))];
    expect(paths.map(refusal)).toEqual(['CONFIG_INVALID', 'CONFIG_INVALID', 'CONFIG_INVALID']);
  });

  // In a process of its own: an endless loop in native code could not be interrupted here.
  it.runIf(process.platform === 'linux')('refuses a place where nothing can be made', () => {
    const module = JSON.stringify(new URL('data-dir.ts', import.meta.url).href);
    const script = `const { prepareDataDir } = await import(${module});
      try { prepareDataDir('/proc/jan/data'); } catch (error) { console.log(error.code); }`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    expect(child.stdout).toBe('CONFIG_INVALID\n');
  });
});
