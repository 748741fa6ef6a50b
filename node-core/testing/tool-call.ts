import { createEgress } from '../tools/egress.ts';
import type { Tool } from '../tools/index.ts';

export interface ToolCallOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly egress?: readonly string[];
  readonly now?: number;
  readonly signal?: AbortSignal;
}

/** Calls a tool as the node does, with the guarded way out and the settings given. */
export const callTool = (
  tool: Tool,
  input: unknown,
  { settings = {}, egress = [], now = Date.now(), signal = new AbortController().signal }: ToolCallOptions = {},
): Promise<unknown> => {
  const setting = (id: string) => settings[id] ?? null;
  return tool.call(input, {
    signal,
    setting,
    store: () => {
      throw new Error('This tool has no store.');
    },
    clock: { now: () => now, monotonic: () => performance.now() },
    ...createEgress({ egress, signal }, tool.origins?.(setting)),
  });
};
