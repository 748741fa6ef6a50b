import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { defineTool, type Tool } from '../types.ts';
import { runSandboxed, type Sandbox } from './sandbox.ts';

const MB = 2 ** 20;

interface CodeTool extends Pick<Tool, 'name' | 'title' | 'description' | 'missing'> {
  readonly sandbox: Sandbox;
  readonly memoryMb: { readonly usual: number; readonly most: number };
}

/** A tool that runs code which can reach nothing: no network, no disk, no object of the node. What goes in is JSON, as is what comes out. */
export const codeTool = ({ sandbox, memoryMb, ...tool }: CodeTool): Tool =>
  defineTool({
    ...tool,
    effect: 'read',
    outside: false,
    repeatable: true,
    input: z.object({
      code: z.string().min(1).max(100_000),
      input: z.json().default(null),
      timeoutMs: z.number().int().min(100).max(60_000).default(5_000),
      memoryMb: z.number().int().min(16).max(memoryMb.most).default(memoryMb.usual),
    }),
    output: z.object({ result: z.json(), console: z.string() }),
    labels: { untrusted: false, private: false },
    settings: [],
    sources: () => [],
    async call({ code, input, timeoutMs, memoryMb: memory }, { signal }) {
      const job = { code, input: JSON.stringify(input), timeoutMs, memoryBytes: memory * MB };
      const outcome = await runSandboxed(sandbox, job, signal);
      const failed = (why: string) =>
        new AppError('TOOL_FAILED', `The ${sandbox.language} code failed: ${why}`, {
          data: { console: outcome.console.slice(-2_000) },
        });
      if (outcome.error !== null || outcome.result === null) throw failed(outcome.error ?? 'it gave no result.');
      return { result: readResult(outcome.result, failed), console: outcome.console };
    },
  });

/** What the code made of its interpreter is not known: its result may be no JSON, or nested without end. */
const readResult = (text: string, failed: (why: string) => AppError): z.infer<ReturnType<typeof z.json>> => {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    throw failed('its result can’t be read as JSON.');
  }
};
