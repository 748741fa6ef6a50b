import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

/** Code in the thread's own language, as if what ran in there had come through to it. */
const inside = async (code: string): Promise<unknown> => {
  const disarm = new URL('./disarm.ts', import.meta.url).href;
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const fs = require('node:fs');
     const net = require('node:net');
     import(${JSON.stringify(disarm)}).then(async ({ disarm }) => {
       disarm(2 ** 24);
       let said;
       try { said = await (${code})({ fs, net }); } catch (error) { said = 'refused: ' + error.message; }
       parentPort.postMessage(said);
     });`,
    { eval: true, env: {}, execArgv: [] },
  );
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    await worker.terminate();
  }
};

it.each([
  ['a file by what was loaded before', '({ fs }) => fs.readFileSync("/etc/passwd", "utf8")'],
  ['a file by promises', '({ fs }) => fs.promises.readFile("/etc/passwd")'],
  ['a socket', '({ net }) => net.connect(1)'],
  ['the class of sockets', '({ net }) => new net.Socket().connect(1)'],
  ['a module by import', '() => import("node:fs")'],
  ['a module by data', '() => import("data:text/javascript,export default 1")'],
  ['a built-in module', '() => process.getBuiltinModule("fs")'],
  ['a binding', '(process) => globalThis.process.binding("fs")'],
  ['the network', '() => fetch("http://127.0.0.1:1")'],
  ['a worker', '() => new Worker("")'],
  ['code from text', '() => (() => 0).constructor("return 1")()'],
  ['code from text, evaluated', '() => (0, eval)("1")'],
  ['code from text, later', '() => (async () => 0).constructor("return 1")()'],
  ['code from text, of generators', '() => (function* () {}).constructor("yield 1")().next().value'],
])('refuses %s', async (_, code) => {
  expect(await inside(code)).toMatch(/^refused: /u);
});

it('lets WebAssembly have what it was given, and no more', async () => {
  const grow = (pages: number) => `() => new WebAssembly.Memory({ initial: 1 }).grow(${pages})`;
  expect(await inside(grow(100))).toBe(1);
  expect(await inside(grow(1_000))).toMatch(/^refused: /u);
});

it('leaves the language as it is', async () => {
  expect(await inside('() => [3, 1, 2].toSorted().map((n) => n * 2).join()')).toBe('2,4,6');
});
