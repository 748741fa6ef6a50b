import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultDataDir, loadConfig } from './load.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jan-config-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});
const write = (text: string) => writeFileSync(join(dir, 'jan.config.json'), text);

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(loadConfig({ dataDir: dir }, {})).toEqual({
      dataDir: dir,
      host: '127.0.0.1',
      port: 0,
      allowedOrigins: [],
      runtimes: [{ kind: 'llama', idleMinutes: 0 }],
      logLevel: 'info',
      modelMirror: 'https://huggingface.co',
    });
  });

  it('takes a mirror and a proxy from the file or from variables', () => {
    write(JSON.stringify({ modelMirror: 'http://127.0.0.1:9/hub', proxy: 'http://127.0.0.1:8' }));
    expect(loadConfig({ dataDir: dir }, {})).toMatchObject({
      modelMirror: 'http://127.0.0.1:9/hub',
      proxy: 'http://127.0.0.1:8',
    });
    const env = { JAN_MODEL_MIRROR: 'https://mirror.example', JAN_PROXY: 'http://proxy.example:3128' };
    expect(loadConfig({ dataDir: dir }, env)).toMatchObject({
      modelMirror: 'https://mirror.example',
      proxy: 'http://proxy.example:3128',
    });
  });

  it('comes from the file, then the environment, then flags', () => {
    write(JSON.stringify({ port: 1_000, logLevel: 'warn', allowedOrigins: ['https://a.example'] }));
    expect(loadConfig({ dataDir: dir }, {})).toMatchObject({ port: 1_000, logLevel: 'warn' });
    expect(
      loadConfig({ dataDir: dir }, { JAN_PORT: '2000', JAN_ALLOWED_ORIGINS: 'https://b.example, https://c.example' }),
    ).toMatchObject({
      port: 2_000,
      logLevel: 'warn',
      allowedOrigins: ['https://b.example', 'https://c.example'],
    });
    expect(loadConfig({ dataDir: dir, port: 3_000 }, { JAN_PORT: '2000' })).toMatchObject({ port: 3_000 });
  });

  it('takes an empty variable for none', () => {
    expect(
      loadConfig({ dataDir: dir }, { JAN_PORT: '', JAN_HOST: '', JAN_LOG_LEVEL: '', JAN_ALLOWED_ORIGINS: '' }),
    ).toMatchObject({ port: 0, allowedOrigins: [] });
  });

  it.each([
    ['{', {}, 'CONFIG_INVALID'],
    ['[]', {}, 'CONFIG_INVALID'],
    ['{"port": "x"}', {}, 'CONFIG_INVALID'],
    ['{"host": "0.0.0.0"}', {}, 'CONFIG_INVALID'],
    ['{"allowedOrigins": ["file:///index.html"]}', {}, 'CONFIG_INVALID'],
    ['{}', { JAN_ALLOWED_ORIGINS: 'https://a.example, app-extension://abc' }, 'CONFIG_INVALID'],
    ['{}', { JAN_PORT: 'x' }, 'CONFIG_INVALID'],
    ['{}', { JAN_LOG_LEVEL: 'loud' }, 'CONFIG_INVALID'],
    ['{"modelMirror": "ftp://mirror.example"}', {}, 'CONFIG_INVALID'],
    ['{"modelMirror": "https://mirror.example/?token=x"}', {}, 'CONFIG_INVALID'],
    ['{"modelMirror": "mirror"}', {}, 'CONFIG_INVALID'],
    ['{"proxy": "socks5://127.0.0.1:9"}', {}, 'CONFIG_INVALID'],
    ['{}', { JAN_PROXY: '127.0.0.1:3128' }, 'CONFIG_INVALID'],
    ['{"runtimes": []}', {}, 'NO_LOCAL_RUNTIME'],
    [
      '{"runtimes": [{"kind": "openai-compatible", "name": "x", "url": "https://models.example/v1", "model": "m"}]}',
      {},
      'NO_LOCAL_RUNTIME',
    ],
    [
      '{"runtimes": [{"kind": "openai-compatible", "name": "x", "url": "http://127.0.0.1.evil.example/v1", "model": "m"}]}',
      {},
      'NO_LOCAL_RUNTIME',
    ],
  ])('is refused with a word on what is wrong: %s %o', (text, env, code) => {
    write(text);
    expect(() => loadConfig({ dataDir: dir }, env)).toThrow(expect.objectContaining({ code }));
  });

  it('says which setting is not usable', () => {
    write('{"port": 70000}');
    expect(() => loadConfig({ dataDir: dir }, {})).toThrow(/"port"/);
  });
});

describe('the data directory', () => {
  it.each([
    ['linux', { HOME: '/home/u', XDG_DATA_HOME: '/data' }, '/data/jan-node'],
    ['linux', { JAN_DATA_DIR: '/elsewhere', XDG_DATA_HOME: '/data' }, '/elsewhere'],
    ['win32', { LOCALAPPDATA: '/Local' }, '/Local/Jan Node'],
  ] as const)('follows the platform: %s', (platform, env, path) => {
    expect(defaultDataDir(env, platform).replaceAll('\\', '/')).toBe(path);
  });
});
