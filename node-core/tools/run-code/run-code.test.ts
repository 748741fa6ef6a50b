import { expect, it } from 'vitest';
import { toolContext } from '../../testing/tool-context.ts';
import { codeJavascript } from './javascript.ts';

const js = (code: string, more: Record<string, unknown> = {}, signal?: AbortSignal) =>
  codeJavascript.call({ code, ...more }, toolContext(codeJavascript, signal ? { signal } : {}));

it('gives the value of the last expression, or what is returned or awaited', async () => {
  expect(await js('input.a + input.b', { input: { a: 2, b: 3 } })).toEqual({ result: 5, console: '' });
  expect(await js('const all = [1, 2, 3]; return all.map((n) => n * 2);')).toMatchObject({ result: [2, 4, 6] });
  expect(await js('const one = await Promise.resolve(1); return { one };')).toMatchObject({ result: { one: 1 } });
  expect(await js('console.log("a", { b: 1 }); undefined')).toEqual({ result: null, console: 'a {"b":1}\n' });
});

it('says what was thrown, and where', async () => {
  await expect(js('const x = 1;\nx.y.z')).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: expect.stringMatching(/TypeError[\s\S]*code\.js:2/u),
  });
  await expect(js('return (')).rejects.toMatchObject({ message: expect.stringContaining('SyntaxError') });
  await expect(js('throw { toString() { throw 1 } }')).rejects.toMatchObject({ code: 'TOOL_FAILED' });
  await expect(js('await new Promise(() => {})')).rejects.toMatchObject({ message: expect.stringContaining('waits') });
});

it('knows nothing of the machine', async () => {
  const names = [
    'process',
    'require',
    'fetch',
    'XMLHttpRequest',
    'setTimeout',
    'Deno',
    'WebAssembly',
    'module',
    'std',
    'os',
  ];
  expect(await js(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toMatchObject({ result: [] });
  const ways = [
    'this.constructor.constructor("return typeof process")()',
    'console.log.constructor("return typeof process")()',
    '(() => { try { null.x } catch (error) { return error.constructor.constructor("return typeof process")() } })()',
    'Object.getPrototypeOf(async () => {}).constructor("return typeof process")()',
  ];
  for (const way of ways) expect(await js(way)).toMatchObject({ result: 'undefined' });
  await expect(js('return await import("node:fs")')).rejects.toMatchObject({ code: 'TOOL_FAILED' });
});

it('keeps what it changed to itself', async () => {
  await js('Object.prototype.stolen = 1; Array.prototype.map = () => "x"; JSON.stringify = () => "[]"; 1');
  expect(({} as { stolen?: number }).stolen).toBeUndefined();
  expect(await js('JSON.stringify = () => "{not json"; 1').catch((error: unknown) => error)).toMatchObject({
    code: 'TOOL_FAILED',
  });
  await expect(js('JSON.stringify = () => "[".repeat(2e5); 1')).rejects.toMatchObject({ code: 'TOOL_FAILED' });
  await expect(js('JSON.stringify = () => "[".repeat(1e5) + "]".repeat(1e5); 1')).rejects.toMatchObject({
    code: 'TOOL_FAILED',
  });
  expect(await js('[1, 2].map((n) => n)')).toMatchObject({ result: [1, 2] });
});

it.each([
  ['a loop without end', 'while (true) {}'],
  [
    'an endless chain of promises',
    'const again = () => void Promise.resolve().then(again); again(); await new Promise(() => {});',
  ],
  ['a pattern that never ends', '/^(a+)+$/.test("a".repeat(60) + "b")'],
])('ends %s', async (_, code) => {
  await expect(js(code, { timeoutMs: 300 })).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: expect.stringMatching(/longer than 0\.3 s/u),
  });
});

it.each([
  ['a gigabyte', 'const all = []; while (true) all.push(new Uint8Array(1e7).fill(1)); '],
  ['a string without end', 'let s = "x"; while (true) s += s;'],
  ['objects without end', 'const all = []; while (true) all.push({ a: all.length });'],
  ['one gigabyte at once', 'new Uint8Array(2 ** 30).length'],
  ['itself', 'const f = () => f() + 1; f()'],
])('gives no more memory than it may have: %s', async (_, code) => {
  await expect(js(code, { timeoutMs: 20_000 })).rejects.toMatchObject({ code: 'TOOL_FAILED' });
});

it('takes no result and no print without end', async () => {
  await expect(js('"x".repeat(1e6)')).rejects.toMatchObject({ message: expect.stringContaining('256 KB') });
  const printed = codeJavascript.output.parse(
    await js('for (let i = 0; i < 1e5; i += 1) console.log("line", i); console.log("x".repeat(1e6)); 1'),
  ) as { console: string };
  expect(printed.console.length).toBeLessThanOrEqual(64 * 1024);
  expect(printed.console).toContain('[more was printed than is kept]');
});

it('ends when the run is cancelled', async () => {
  const controller = new AbortController();
  const running = js('while (true) {}', { timeoutMs: 60_000 }, controller.signal);
  controller.abort();
  await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
});
