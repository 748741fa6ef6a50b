import { createHash } from 'node:crypto';
import { z } from 'zod';
import { systemClock } from '../common/index.ts';
import { defineTool, type Tool, type Toolbox, type ToolContext } from '../tools/index.ts';

type Json = z.core.util.JSONType;

/** A tool that does what a test wants. */
export const scriptedTool = (
  name: string,
  call: (input: Readonly<Record<string, Json>>, context: ToolContext) => Json | Promise<Json>,
  told: Partial<
    Pick<Tool, 'effect' | 'outside' | 'repeatable' | 'labels' | 'description' | 'missing' | 'seconds' | 'cost'>
  > = {},
): Tool =>
  defineTool<Record<string, Json>, Json>({
    name,
    title: name,
    description: name,
    effect: 'read',
    outside: false,
    repeatable: true,
    input: z.record(z.string(), z.json()),
    output: z.json(),
    labels: { untrusted: false, private: false },
    settings: [],
    missing: () => null,
    sources: () => [name],
    call: async (input, context) => call(input, context),
    ...told,
  });

/** Accounts that a person has not given: what asks for one is left out. */
export const accountsNotSetUp = (): Tool[] => [
  scriptedTool('workspace.search', () => ({ items: [] }), { labels: { untrusted: false, private: true } }),
  ...['calendar.read', 'mail.search', 'mail.read', 'slack.search', 'notion.search', 'github.stats', 'github.read'].map(
    (name) => scriptedTool(name, () => null, { missing: () => `Set up ${name}.` }),
  ),
];

/** A toolbox of nothing but these; the list may be changed. */
export const scriptedToolbox = (tools: Tool[]): Toolbox => ({
  list: () => tools,
  find: (name) => tools.find((tool) => tool.name === name),
  origins: () => [],
  definitionHash: ({ name, description, effect }) =>
    createHash('sha256')
      .update(JSON.stringify([name, description, effect]))
      .digest('hex'),
  missing: (tool) => tool.missing(() => null),
  context: (_tool, { signal }) => ({
    signal,
    fetch: () => Promise.reject(new Error('No network in tests.')),
    addresses: () => Promise.resolve([]),
    setting: () => null,
    store: () => {
      throw new Error('No store in scripted tools.');
    },
    clock: systemClock,
  }),
});
