import { parentPort } from 'node:worker_threads';
import { loadPyodide } from 'pyodide';
import { z } from 'zod';
import { disarm } from './disarm.ts';
import { createConsole, Job, mostResult, type Outcome, started } from './protocol.ts';

/** Gives JSON, or throws; what leads out of Python is not found by its name any more. */
const prelude = `
import json as _json, sys as _sys
from _pyodide._base import eval_code as _eval
for _name in ['js', 'pyodide_js', *(name for name in _sys.modules if name.split('.')[0] in ('js', 'pyodide_js', 'pyodide', '_pyodide_core'))]:
    _sys.modules[_name] = None
def _run(code, text, dumps=_json.dumps, loads=_json.loads, evaluate=_eval):
    return dumps(evaluate(code, {'input': loads(text), '__name__': '__main__'}, filename='code.py'), default=str)
_run
`;

const start = async (memoryBytes: number): Promise<(job: Job) => Outcome> => {
  const printed = createConsole();
  const print = (line: string) => printed.print(line);
  const pyodide = await loadPyodide({
    env: {},
    jsglobals: Object.create(null),
    stdin: () => null,
    stdout: print,
    stderr: print,
  });
  const call: unknown = pyodide.runPython(prelude);
  if (typeof call !== 'function') throw new Error('Python gave no function.');
  // Real disks and sockets of Emscripten; its own files are in memory.
  for (const name of ['NODEFS', 'WORKERFS', 'PROXYFS', 'IDBFS']) Reflect.deleteProperty(pyodide.FS.filesystems, name);
  disarm(memoryBytes);
  const outcome = (result: string | null, error: string | null): Outcome => ({
    result,
    error,
    console: printed.text(),
  });
  return ({ code, input }) => {
    try {
      const result = z.string().parse(Reflect.apply(call, undefined, [code, input]));
      return result.length > mostResult
        ? outcome(null, `Its result is longer than ${mostResult / 1024} KB; give back less.`)
        : outcome(result, null);
    } catch (error) {
      return outcome(null, faultOf(error));
    }
  };
};

/** The lines of the traceback that are the code's own. */
const faultOf = (error: unknown): string => {
  const lines = error instanceof Error ? error.message.trim().split('\n') : [];
  const first = lines.findIndex((line) => line.includes('File "code.py"'));
  return lines.slice(Math.max(0, first)).join('\n').slice(-2_000) || 'Python ended.';
};

parentPort?.once('message', (message: unknown) => {
  const job = Job.parse(message);
  void start(job.memoryBytes).then((call) => {
    parentPort?.postMessage(started);
    parentPort?.postMessage(call(job));
  });
});
