import type { Tool } from '../types.ts';
import { workerScript } from '../worker-script.ts';
import { codeTool } from './tool.ts';

export const codeJavascript: Tool = codeTool({
  name: 'code.javascript',
  title: 'Run JavaScript',
  description:
    'Runs JavaScript without network and files; “input” holds what it is given, and its result is the last expression or what it returns.',
  missing: () => null,
  sandbox: { language: 'JavaScript', worker: workerScript('run-code/javascript-worker') },
  memoryMb: { usual: 64, most: 256 },
});
