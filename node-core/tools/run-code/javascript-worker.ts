import { parentPort } from 'node:worker_threads';
import build from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import { createConsole, Job, mostResult, type Outcome, started } from './protocol.ts';

/** Its types are those of CommonJS, whichever way it is loaded. */
const variant = 'default' in build ? build.default : build;
const STACK_BYTES = 256 * 1024;
const MOST_LINE = 20_000;

const short = (text: string): string => (text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text);

/** Nothing of the machine is in there: an interpreter in WebAssembly, its language, `input`, and `console.log` that gives away text. */
const run = (quickjs: QuickJSWASMModule, { code, input, timeoutMs, memoryBytes }: Job): Outcome => {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(STACK_BYTES);
  const deadline = Date.now() + timeoutMs;
  let isLate = false;
  runtime.setInterruptHandler(() => (isLate = Date.now() > deadline));
  const vm = runtime.newContext();
  const printed = createConsole();

  const textOf = (handle: QuickJSHandle, most: number): string | null => {
    if (vm.typeof(handle) !== 'string') return null;
    const length = vm.getProp(handle, 'length').consume((of) => vm.getNumber(of));
    return length > most ? null : vm.getString(handle);
  };
  const late = (): Outcome => ({
    result: null,
    error: `It ran longer than ${timeoutMs / 1000} s.`,
    console: printed.text(),
  });
  const failed = (handle: QuickJSHandle): Outcome => {
    if (isLate) return late();
    // What was thrown may be anything, and reading it may throw in its turn.
    const said = vm.unwrapResult(
      vm.evalCode(
        `(error) => String(error instanceof Error ? error.name + ': ' + error.message + '\\n' + error.stack : error).slice(0, 2000)`,
      ),
    );
    const text = vm.callFunction(said, vm.undefined, handle);
    if (text.error) return { result: null, error: 'It threw what can’t be shown.', console: printed.text() };
    return { result: null, error: short(textOf(text.value, 4_000) ?? 'It threw.'), console: printed.text() };
  };

  vm.newFunction('print', (line) => printed.print(textOf(line, MOST_LINE) ?? '[a line too long to be kept]')).consume(
    (print) => vm.setProp(vm.global, '__print', print),
  );
  vm.newString(input).consume((text) => vm.setProp(vm.global, '__input', text));
  vm.unwrapResult(vm.evalCode(prelude)).dispose();

  const evaluated = evaluate(vm, code);
  if (evaluated.error) return failed(evaluated.error);
  let value = evaluated.value;
  const state = vm.getPromiseState(value);
  if (!(state.type === 'fulfilled' && state.notAPromise === true)) {
    const jobs = runtime.executePendingJobs();
    if (jobs.error) return failed(jobs.error);
    const settled = vm.getPromiseState(value);
    if (settled.type === 'rejected') return failed(settled.error);
    if (settled.type === 'pending' && isLate) return late();
    if (settled.type === 'pending')
      return {
        result: null,
        error: 'It waits for something that never happens here: there are no timers and no network.',
        console: printed.text(),
      };
    value = settled.value;
  }
  const json = vm.callFunction(
    vm.unwrapResult(vm.evalCode('(value) => JSON.stringify(value) ?? "null"')),
    vm.undefined,
    value,
  );
  if (json.error) return failed(json.error);
  const result = textOf(json.value, mostResult);
  return result === null
    ? {
        result: null,
        error: `Its result is longer than ${mostResult / 1024} KB; give back less.`,
        console: printed.text(),
      }
    : { result, error: null, console: printed.text() };
};

const prelude = `{
  const print = globalThis.__print;
  const read = globalThis.__input;
  delete globalThis.__print;
  delete globalThis.__input;
  globalThis.input = JSON.parse(read);
  const { stringify } = JSON;
  const shown = (value) => {
    if (typeof value === 'string') return value;
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const log = (...values) => print(values.map(shown).join(' '));
  globalThis.console = { log, info: log, warn: log, error: log, debug: log };
}`;

/** A script, whose value is that of its last expression; or, where that is no script, the body of an async function. */
const evaluate = (vm: QuickJSContext, code: string) => {
  const asScript = vm.evalCode(code, 'code.js');
  if (!asScript.error) return asScript;
  const isSyntax = vm
    .getProp(asScript.error, 'name')
    .consume((name) => vm.typeof(name) === 'string' && vm.getString(name) === 'SyntaxError');
  if (!isSyntax || !/\b(?:return|await)\b/u.test(code)) return asScript;
  const asBody = vm.evalCode(`(async () => {\n${code}\n})()`, 'code.js');
  if (!asBody.error) asScript.dispose();
  return asBody.error ? asScript : asBody;
};

parentPort?.once('message', (message: unknown) => {
  void newQuickJSWASMModuleFromVariant(variant).then((quickjs) => {
    parentPort?.postMessage(started);
    parentPort?.postMessage(run(quickjs, Job.parse(message)));
  });
});
