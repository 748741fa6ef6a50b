import type { Tool } from '../types.ts';
import { workerScript } from '../worker-script.ts';
import { codeTool } from './tool.ts';

export const codePython: Tool = codeTool({
  name: 'code.python',
  title: 'Run Python',
  description:
    'Runs Python with its standard library, without network and files; “input” holds what it is given, and its result is the last expression.',
  missing: () => null,
  sandbox: { language: 'Python', worker: workerScript('run-code/python-worker') },
  memoryMb: { usual: 256, most: 1_024 },
});
