import { systemClock } from '../common/index.ts';
import type { Tool, ToolContext } from '../tools/index.ts';
import { createEgress } from '../tools/egress.ts';

/** What a tool is called with outside a run: real requests, settings as the test has them, no vault. */
export const toolContext = (
  tool: Tool,
  {
    settings = {},
    egress = [],
    signal = new AbortController().signal,
  }: {
    readonly settings?: Readonly<Record<string, string>>;
    readonly egress?: readonly string[];
    readonly signal?: AbortSignal;
  } = {},
): ToolContext => {
  const setting = (id: string) => settings[id] ?? null;
  return {
    signal,
    setting,
    clock: systemClock,
    store: () => {
      throw new Error('There is no store.');
    },
    ...createEgress({ egress, signal }, tool.origins?.(setting), { idleMs: 300 }),
  };
};
