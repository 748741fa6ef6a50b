import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { z } from 'zod';
import { root } from './fixtures/node.ts';

// What a person types in the clone.
const Endpoint = z.object({ url: z.string(), apiKey: z.string().min(20), pid: z.number() });
const Plan = z.object({
  project: z.object({ name: z.string() }),
  tasks: z
    .array(
      z.object({ id: z.string(), title: z.string(), due: z.iso.date().nullable(), dependsOn: z.array(z.string()) }),
    )
    .min(5),
  note: z.object({ id: z.string(), title: z.string() }),
});
const Extraction = z.object({
  decisions: z.array(z.unknown()),
  actions: z
    .array(
      z.object({
        title: z.string(),
        owner: z.string().nullable(),
        due: z.iso.date().nullable(),
        line: z.number().int().positive(),
      }),
    )
    .min(1),
});

const npm = (...args: string[]) => {
  const child = spawn('npm', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => (out += String(data)));
  child.stderr.on('data', (data) => (err += String(data)));
  const closed = once(child, 'close');
  return {
    child,
    output: () => out,
    /** Waits for the end. */
    async ended(): Promise<{ code: number | null; out: string; err: string }> {
      await closed;
      return { code: child.exitCode, out, err };
    },
    async line(pattern: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const found = pattern.exec(out);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`npm ended with ${child.exitCode}:\n${out}\n${err}`);
        await Promise.race([once(child.stdout, 'data'), closed]);
      }
    },
  };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
};

let dir: string;
test.beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jan-commands-'));
});
test.afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('npm start serves on the port it was given, says so, and ends with 0 on SIGTERM', async () => {
  const port = await freePort();
  const started = npm('start', '--', '--headless', '--data', dir, '--port', String(port));
  const [, url] = await started.line(/^Jan is ready: (\S+)$/m);
  expect(new URL(url ?? '').host).toBe(`127.0.0.1:${port}`);
  const file = join(dir, 'endpoint.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const endpoint = Endpoint.parse(JSON.parse(readFileSync(file, 'utf8')));
  const models = await fetch(`${endpoint.url}/v1/models`, { headers: { authorization: `Bearer ${endpoint.apiKey}` } });
  expect(models.status).toBe(200);

  const second = await npm(
    'start',
    '--',
    '--headless',
    '--data',
    mkdtempSync(join(dir, 'other-')),
    '--port',
    String(port),
  ).ended();
  expect(second.code).not.toBe(0);
  expect(second.out + second.err).toContain(String(port));

  const asked = performance.now();
  started.child.kill('SIGTERM');
  const { code } = await started.ended();
  expect(code).toBe(0);
  // The promise of the README, not a benchmark: a node that is asked to end is gone in five seconds.
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(existsSync(file)).toBe(false);
});

test('jan plan and jan extract print what they made as JSON and nothing else', async () => {
  const plan = await npm(
    'run',
    '--silent',
    'jan',
    '--',
    'plan',
    'Plan Q2 product launch by June 30 #marketing',
    '--data',
    dir,
    '--json',
  ).ended();
  expect(plan.code, plan.err).toBe(0);
  const { tasks, note } = Plan.parse(JSON.parse(plan.out));
  const ids = new Set(tasks.map(({ id }) => id));
  expect(tasks.flatMap(({ dependsOn }) => dependsOn).every((id) => ids.has(id))).toBe(true);
  expect(note.title).not.toBe('');

  const transcript = join(dir, 'meeting.txt');
  writeFileSync(
    transcript,
    'Anna: We decided to move the release to May 4.\nBen: I will update the website by Friday.\nAnna: Cara, please book the venue by June 3.\n',
  );
  const extract = await npm('run', '--silent', 'jan', '--', 'extract', transcript, '--data', dir, '--json').ended();
  expect(extract.code, extract.err).toBe(0);
  Extraction.parse(JSON.parse(extract.out));

  const list = await npm('run', '--silent', 'jan', '--', 'list', '--data', dir, '--json').ended();
  expect(list.code, list.err).toBe(0);
  expect(() => JSON.parse(list.out)).not.toThrow();
});

test('jan extract refuses what is no text, with a code that says so', async () => {
  const binary = join(dir, 'picture.bin');
  writeFileSync(binary, Buffer.from([0, 255, 137, 80, 78, 71, 0, 1, 2, 3, 0, 0, 254]));
  const { code, out, err } = await npm(
    'run',
    '--silent',
    'jan',
    '--',
    'extract',
    binary,
    '--data',
    dir,
    '--json',
  ).ended();
  expect(code).not.toBe(0);
  expect(out + err).toMatch(/text/i);
});
