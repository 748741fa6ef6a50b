import { createServer } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { toolContext } from '../../testing/tool-context.ts';
import { codePython } from './python.ts';

const py = (code: string, more: Record<string, unknown> = {}, signal?: AbortSignal) =>
  codePython.call({ code, ...more }, toolContext(codePython, signal ? { signal } : {}));

it('gives the last expression, with the standard library at hand', async () => {
  const code =
    'import statistics, re\nprint("seen", len(input))\n{"mean": statistics.mean(input), "found": bool(re.match("a+", "aa"))}';
  expect(await py(code, { input: [1, 2, 6] })).toEqual({ result: { mean: 3, found: true }, console: 'seen 3\n' });
});

it('says what was raised, and where', async () => {
  await expect(py('x = {}\nx["missing"]')).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: expect.stringMatching(/code\.py", line 2[\s\S]*KeyError: 'missing'/u),
  });
});

it('ends a loop without end, and one that takes more memory than it may', async () => {
  await expect(py('while True: pass', { timeoutMs: 300 })).rejects.toMatchObject({ code: 'TOOL_FAILED' });
  await expect(py('all = []\nwhile True: all.append(bytes(10_000_000))')).rejects.toMatchObject({
    message: expect.stringContaining('MemoryError'),
  });
});

it('takes no result without end', async () => {
  await expect(py('"x" * 1_000_000')).rejects.toMatchObject({ message: expect.stringContaining('256 KB') });
});

const knocks: string[] = [];
const listener = createServer((socket) => {
  knocks.push('in');
  socket.destroy();
});
const port = await new Promise<number>((resolve) => {
  listener.listen(0, '127.0.0.1', () => {
    const address = listener.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
});
afterAll(() => listener.close());

it.each([
  ['a socket', () => `import socket; socket.create_connection(("127.0.0.1", ${port}), timeout=1).send(b"x")`],
  ['urllib', () => `import urllib.request; urllib.request.urlopen("http://127.0.0.1:${port}").read()`],
  ['a shell', () => `import os; os.system("curl http://127.0.0.1:${port}")`],
])('reaches nothing by %s', async (_, code) => {
  await expect(py(code())).rejects.toMatchObject({ code: 'TOOL_FAILED' });
  expect(knocks).toEqual([]);
});

/** The first are the front door; then every object of JavaScript that Python still holds is asked for its language's own. */
it('reaches no file, no process and no JavaScript that could', async () => {
  const tries = [
    'import subprocess; subprocess.run(["ls"])',
    'open("/etc/passwd").read()',
    'import js',
    'import pyodide_js',
    'from pyodide.code import run_js',
    'import importlib; importlib.reload(__import__("pyodide_js"))',
  ];
  const code = `
import gc, sys
came = []
for text in input:
    try:
        exec(text, {})
        came.append(text)
    except BaseException as error:
        pass
held = []
for owner in gc.get_objects():
    values = vars(owner).values() if isinstance(owner, type(sys)) else gc.get_referents(owner)
    held += [value for value in values if type(value).__name__.startswith('Js') and not isinstance(value, type)]
for value in held:
    for way in ['return process.env', 'return import("node:fs")', 'return fetch("http://127.0.0.1:${port}")']:
        try:
            value.constructor.constructor(way)()
            came.append(way)
        except BaseException:
            pass
[came, len(held)]`;
  expect(await py(code, { input: tries, timeoutMs: 20_000 })).toMatchObject({ result: [[], expect.any(Number)] });
});
