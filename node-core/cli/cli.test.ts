import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Finished, jan as runJan, type Running, startJan, type StartOptions } from '../testing/jan-command.ts';
import { tinyGguf } from '../testing/tiny-gguf.ts';

let root: string;
let dir: string;
let nodes: Running[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jan-cli-'));
  dir = join(root, 'data');
  nodes = [];
});

afterEach(async () => {
  for (const node of nodes) node.kill('SIGKILL');
  await Promise.all(nodes.map(({ finished }) => finished));
  rmSync(root, { recursive: true, force: true });
});

const jan = (args: readonly string[], options: StartOptions & { readonly input?: string } = {}) =>
  runJan([...args, '--data', dir], options);

const serve = async (args: readonly string[] = [], options: StartOptions = {}): Promise<Running & { url: string }> => {
  const node = startJan(['serve', '--data', dir, ...args], options);
  nodes.push(node);
  const [, url = ''] = await node.until(/^Jan is ready: (\S+)$/m);
  return { ...node, url };
};

const Endpoint = z.strictObject({ url: z.string(), apiKey: z.string(), pid: z.number() });
const endpoint = () => Endpoint.parse(JSON.parse(readFileSync(join(dir, 'endpoint.json'), 'utf8')));

const Tasks = z.array(
  z.looseObject({ id: z.string(), title: z.string(), dueDate: z.string().nullable(), tags: z.array(z.string()) }),
);
const titles = ({ stdout }: Finished) => Tasks.parse(JSON.parse(stdout)).map(({ title }) => title);
const examples = 3;

const expectError = (finished: Finished, code: string) => {
  expect(finished.code).toBe(1);
  expect(finished.stdout).toBe('');
  const last = finished.stderr.trim().split('\n').at(-1) ?? '';
  expect(JSON.parse(last)).toEqual({ error: { code, message: expect.stringMatching(/\w+/) } });
};

describe('jan serve', () => {
  it('says where it is in one line, and the rest in a file that only its user can read', async () => {
    const node = await serve();
    expect(node.stdout()).toBe(`Jan is ready: ${node.url}\n`);
    expect(node.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { url, apiKey, pid } = endpoint();
    expect({ url, pid }).toEqual({ url: node.url, pid: node.pid });
    expect(statSync(join(dir, 'endpoint.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(node.stdout() + node.stderr()).not.toContain(apiKey);
    expect(readdirSync(dir).filter((name) => name.includes('.new') || name.includes('.tmp'))).toEqual([]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order at %s', async (signal) => {
    const node = await serve();
    const socket = new WebSocket(`${node.url.replace('http', 'ws')}/rpc`, ['jan.rpc', `bearer.${endpoint().apiKey}`]);
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    const asked = performance.now();
    node.kill(signal);
    expect((await node.finished).code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5_000);
    expect(existsSync(join(dir, 'endpoint.json'))).toBe(false);
    expect(readdirSync(join(dir, 'vault')).filter((name) => name.endsWith('-wal'))).toEqual([]);
    expect((await jan(['list', '--json'])).code).toBe(0);
  });

  it('ends in order while a model is answering', async () => {
    writeFileSync(
      join(root, 'tiny.gguf'),
      tinyGguf({ contextLength: 4_096, width: 256, heads: 4, feedForward: 512, layers: 4 }),
    );
    const node = await serve();
    const added = await jan(['models', 'add', join(root, 'tiny.gguf'), '--json']);
    const { id } = z.looseObject({ id: z.string() }).parse(JSON.parse(added.stdout));
    // A grammar with one way through: thousands of tokens, whatever the model would rather say.
    const long = {
      type: 'object',
      properties: { text: { enum: ['xyz '.repeat(800)] } },
      required: ['text'],
      additionalProperties: false,
    };
    const answer = await fetch(`${node.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${endpoint().apiKey}` },
      body: JSON.stringify({
        model: id,
        stream: true,
        messages: [{ role: 'user', content: 'Go on for long' }],
        response_format: { type: 'json_schema', json_schema: { name: 'long', schema: long } },
      }),
    });
    expect(answer.status).toBe(200);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('data: ');
    node.kill('SIGTERM');
    const rest = await reader?.read().then(
      ({ value }) => value,
      () => 'cut off',
    );
    expect(rest).not.toContain('[DONE]');
    expect((await node.finished).code).toBe(0);
    expect(existsSync(join(dir, 'endpoint.json'))).toBe(false);
  });

  it('ends in order where it has a bug, and keeps what the bug had in its hands out of the log', async () => {
    const bug =
      "if (process.argv[2] === 'serve') process.once('SIGUSR2', () => { throw new Error(process.env.PLANTED); });";
    const node = await serve([], {
      env: { PLANTED: 'planted-phrase', NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(bug)}` },
    });
    node.kill('SIGUSR2');
    const { code, stderr } = await node.finished;
    expect(code).toBe(1);
    expect(stderr).toContain('a bug ended the node');
    expect(stderr).not.toContain('planted-phrase');
    expect(existsSync(join(dir, 'endpoint.json'))).toBe(false);
  });

  it('makes a new key at every start', async () => {
    const first = await serve();
    const { apiKey } = endpoint();
    first.kill('SIGTERM');
    await first.finished;
    const second = await serve();
    expect(endpoint().apiKey).not.toBe(apiKey);
    expect((await fetch(`${second.url}/v1/models`, { headers: { authorization: `Bearer ${apiKey}` } })).status).toBe(
      401,
    );
  });

  it('is not fooled by the file of a node that was killed', async () => {
    const killed = await serve();
    await jan(['add', 'Kept']);
    killed.kill('SIGKILL');
    await killed.finished;
    const stale = endpoint();
    expect(titles(await jan(['list', '--json']))).toContain('Kept');
    const next = await serve();
    expect(endpoint()).not.toEqual(stale);
    expect(titles(await jan(['list', '--json']))).toContain('Kept');
    expect(next.url).toBe(endpoint().url);
  });

  it('refuses a vault that another node has open, and leaves that one alone', async () => {
    const first = await serve();
    const before = endpoint();
    expectError(await jan(['serve', '--json']), 'VAULT_IN_USE');
    expect(endpoint()).toEqual(before);
    expect((await fetch(`${first.url}/health`)).status).toBe(200);
  });

  it('refuses a port in use and writes nothing', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expectError(await jan(['serve', '--json', '--port', String(port)]), 'PORT_IN_USE');
    expect(existsSync(dir)).toBe(false);
    await new Promise((resolve) => other.close(resolve));
  });

  it('refuses a port that is none', async () => {
    for (const port of ['x', '-1', '65536', '1.5', '']) expect((await jan(['serve', '--port', port])).code).toBe(1);
    expect(existsSync(dir)).toBe(false);
  });

  it('refuses a data directory that is a file', async () => {
    writeFileSync(dir, 'precious');
    expectError(await jan(['serve', '--json']), 'CONFIG_INVALID');
    expect(readFileSync(dir, 'utf8')).toBe('precious');
  });

  it('refuses a data directory that it can not write to', async () => {
    mkdirSync(dir);
    chmodSync(root, 0o755);
    chmodSync(dir, 0o555);
    // The superuser writes everywhere, so someone else tries.
    const options = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    expectError(await jan(['serve', '--json'], options), 'STORAGE_READ_ONLY');
    expect(readdirSync(dir)).toEqual([]);
    chmodSync(dir, 0o755);
  });

  it('refuses a configuration without a model on this machine, and one that is not JSON', async () => {
    mkdirSync(dir);
    const remote = {
      runtimes: [{ kind: 'openai-compatible', name: 'far', url: 'https://models.example/v1', model: 'm' }],
    };
    writeFileSync(join(dir, 'jan.config.json'), JSON.stringify(remote));
    expectError(await jan(['serve', '--json']), 'NO_LOCAL_RUNTIME');
    writeFileSync(join(dir, 'jan.config.json'), '{"port": 1,}');
    expectError(await jan(['serve', '--json']), 'CONFIG_INVALID');
    expect(readdirSync(dir)).toEqual(['jan.config.json']);
  });
});

describe('jan add and jan list', () => {
  it('work without a node, and see the same vault with one', async () => {
    const added = await jan(['add', 'Call the bank #home', '--json']);
    expect(added.code).toBe(0);
    expect(
      z.looseObject({ title: z.string(), tags: z.array(z.string()) }).parse(JSON.parse(added.stdout)),
    ).toMatchObject({ title: 'Call the bank', tags: ['home'] });
    await serve();
    expect((await jan(['add', 'Second', 'task'])).stdout).toBe('Added: [ ] Second task\n');
    expect(titles(await jan(['list', '--json']))).toHaveLength(examples + 2);
    expect(titles(await jan(['list', '--tag', '#home', '--json']))).toEqual(['Call the bank']);
    expect((await jan(['list', 'inbox'])).stdout).toContain('[ ] Call the bank #home');
  });

  it('say what is wrong', async () => {
    expectError(await jan(['list', 'someday', '--json']), 'BAD_REQUEST');
    expectError(await jan(['list', '--project', 'Nowhere', '--json']), 'BAD_REQUEST');
    expect((await jan(['add'])).code).toBe(1);
    expect((await jan(['frobnicate'])).code).toBe(1);
  });

  it('do not let what was written steer the terminal', async () => {
    await jan(['add', 'Red \u001B[31malert\u0007\u202E']);
    const { stdout } = await jan(['list']);
    expect(stdout).toContain('alert');
    expect(stdout).not.toMatch(/[\u001B\u0007\u202E]/);
  });
});

describe('jan keys', () => {
  it('makes keys that work until they are revoked', async () => {
    const { url } = await serve();
    const models = (key: string) => fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    const { key, entry } = z
      .object({ key: z.string(), entry: z.looseObject({ id: z.string() }) })
      .parse(JSON.parse((await jan(['keys', 'create', 'editor', '--json'])).stdout));
    expect((await models(key)).status).not.toBe(401);
    expect((await jan(['keys', 'list'])).stdout).toContain('editor');
    expect((await jan(['keys', 'list'])).stdout).not.toContain(key);
    expect((await jan(['keys', 'revoke', entry.id])).code).toBe(0);
    expect((await models(key)).status).toBe(401);
    expectError(await jan(['keys', 'revoke', entry.id, '--json']), 'NOT_FOUND');
    expect((await jan(['keys', 'list'])).stdout).toContain('endpoint.json');
    nodes[0]?.kill('SIGTERM');
    await nodes[0]?.finished;
    expect(JSON.parse((await jan(['keys', 'list', '--json'])).stdout)).toEqual([]);
  });

  it('gives them scopes, an end and limits, and changes what is named', async () => {
    const node = await serve();
    const made = await jan([
      'keys',
      'create',
      'script',
      '--scope',
      'inference,conversations',
      '--expires',
      '30d',
      '--rpm',
      '1',
      '--tokens-per-day',
      '5000',
      '--model',
      'jan-builtin',
      '--json',
    ]);
    const { key, entry } = z
      .object({ key: z.string(), entry: z.object({ id: z.string(), expiresAt: z.number() }) })
      .parse(JSON.parse(made.stdout));
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${node.url}/v1/models`, { headers })).status).toBe(200);
    expect((await fetch(`${node.url}/v1/models`, { headers })).status).toBe(429);
    expect(entry.expiresAt - Date.now()).toBeGreaterThan(29 * 86_400_000);

    const updated = await jan(['keys', 'update', entry.id, '--expires', 'never', '--rpm', 'none', '--json']);
    expect(JSON.parse(updated.stdout)).toMatchObject({
      name: 'script',
      scopes: ['inference', 'conversations'],
      expiresAt: null,
      limits: { requestsPerMinute: null, tokensPerDay: 5_000 },
      models: ['jan-builtin'],
    });
    expect((await fetch(`${node.url}/v1/models`, { headers })).status).toBe(200);
    expect((await jan(['keys', 'show', entry.id])).stdout).toContain('5000 tokens/day; only jan-builtin');

    const requests = z
      .array(z.object({ status: z.number(), keyName: z.string() }))
      .parse(JSON.parse((await jan(['requests', '--json'])).stdout));
    expect(requests.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect((await jan(['requests', '--failed'])).stdout).toContain('RATE_LIMITED');
    expect((await jan(['keys', 'usage'])).stdout).toMatch(/script +3 +1 +0/);
    await jan(['requests', 'clear']);
    expect((await jan(['requests'])).stdout).toBe('No requests.\n');
  });

  it('says what it can not read', async () => {
    for (const wrong of [
      ['--scope', 'everything'],
      ['--expires', 'tomorrow'],
      ['--expires', '2027-02-30'],
      ['--expires', '2020-01-01'],
      ['--rpm', '0'],
      ['--tokens', '-5'],
    ]) {
      expectError(await jan(['keys', 'create', 'x', ...wrong, '--json']), 'BAD_REQUEST');
    }
    expect(JSON.parse((await jan(['keys', 'list', '--json'])).stdout)).toEqual([]);
  });

  it('lets a program that asks have one, and signs a browser in', async () => {
    const node = await serve();
    const post = async (path: string, body: object) =>
      (await fetch(`${node.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<
        Record<string, string>
      >;
    const asked = await post('/pair/request', { name: 'headless', scopes: ['inference', 'models'] });
    expect((await jan(['pair'])).stdout).toContain(asked['user_code']);
    expect((await jan(['pair', 'approve', String(asked['user_code']), '--scope', 'inference'])).code).toBe(0);
    expectError(await jan(['pair', 'approve', String(asked['user_code']), '--json']), 'NOT_FOUND');
    expect(await post('/pair/token', { device_code: String(asked['device_code']) })).toMatchObject({
      status: 'granted',
      scopes: ['inference'],
    });

    const { stdout } = await jan(['sign-in']);
    const code = /#code=(\S+)/.exec(stdout)?.[1] ?? '';
    expect(await post('/pair/exchange', { code })).toMatchObject({ api_key: expect.stringMatching(/^jan_/) });
    expect(await post('/pair/exchange', { code })).toMatchObject({ error: { code: 'UNAUTHORIZED' } });
  });
});

describe('jan vault', () => {
  const Status = z.looseObject({
    state: z.string(),
    slots: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
  });
  const status = async () => Status.parse(JSON.parse((await jan(['vault', 'status', '--json'])).stdout));
  const passphrase = 'correct horse battery';

  const protect = async () => {
    await jan(['add', 'Secret plan']);
    expect((await jan(['vault', 'passphrase'], { env: { JAN_NEW_PASSPHRASE: passphrase } })).code).toBe(0);
    const file = (await status()).slots.find(({ kind }) => kind === 'key-file');
    expect((await jan(['vault', 'remove', file?.id ?? ''])).code).toBe(0);
  };

  it('makes nothing by being asked about', async () => {
    expect((await status()).state).toBe('missing');
    expect(existsSync(dir)).toBe(false);
  });

  it('opens with the passphrase alone once nothing else is left', async () => {
    await protect();
    expect((await status()).slots.map(({ kind }) => kind)).toEqual(['passphrase']);
    expectError(await jan(['list', '--json']), 'VAULT_LOCKED');
    expectError(await jan(['list', '--json'], { env: { JAN_PASSPHRASE: 'something else' } }), 'VAULT_WRONG_SECRET');
    expect(titles(await jan(['list', '--json'], { env: { JAN_PASSPHRASE: passphrase } }))).toContain('Secret plan');
  });

  it('is served locked, and is unlocked and locked while it runs', async () => {
    await protect();
    const { url } = await serve();
    const health = async () =>
      (await fetch(`${url}/health`, { headers: { authorization: `Bearer ${endpoint().apiKey}` } })).json();
    expect(await health()).toMatchObject({ vault: 'locked' });
    expectError(await jan(['list', '--json']), 'VAULT_LOCKED');
    expectError(await jan(['vault', 'unlock', '--json'], { input: 'wrong\n' }), 'VAULT_WRONG_SECRET');
    expect((await jan(['vault', 'unlock'], { input: `${passphrase}\n` })).code).toBe(0);
    expect(titles(await jan(['list', '--json']))).toContain('Secret plan');
    expect((await jan(['vault', 'lock'])).code).toBe(0);
    expect(await health()).toMatchObject({ vault: 'locked' });
    expectError(await jan(['list', '--json']), 'VAULT_LOCKED');
  });

  it('takes a recovery code that was typed back', async () => {
    await protect();
    const making = startJan(['vault', 'recovery', '--json', '--data', dir], { env: { JAN_PASSPHRASE: passphrase } });
    const [, code = ''] = await making.until(/"code":"([^"]+)"/);
    making.write(`${code}\n`);
    making.end();
    expect((await making.finished).code).toBe(0);
    await serve();
    expect((await jan(['vault', 'unlock', '--recovery'], { env: { JAN_RECOVERY_CODE: code } })).code).toBe(0);
    expect((await status()).state).toBe('open');
  });

  it('prints the raw key after the passphrase only', async () => {
    await protect();
    expectError(
      await jan(['vault', 'key', '--json'], { env: { JAN_PASSPHRASE: 'something else' } }),
      'VAULT_WRONG_SECRET',
    );
    expectError(await jan(['vault', 'key', '--json']), 'BAD_REQUEST');
    const printed = await jan(['vault', 'key', '--json'], { input: `${passphrase}\n` });
    const raw = z
      .object({ key: z.string().length(64), salt: z.string().length(32), pragma: z.string(), database: z.string() })
      .parse(JSON.parse(printed.stdout));
    expect(readFileSync(raw.database).subarray(0, 16).toString('hex')).toBe(raw.salt);
    expect(raw.pragma).toBe(`PRAGMA key = "x'${raw.key}${raw.salt}'";`);
  });
});
