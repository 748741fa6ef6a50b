import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { McpDefinitions } from '../../contract/index.ts';
import { visible, visibleLine } from '../visible.ts';

export const mostTools = 256;
const MOST_DESCRIPTION = 1_000;
const MOST_SCHEMA = 100_000;

/** What a server says of one of its tools, with nothing of it believed: it is shown, hashed, and compared. */
export const RemoteTool = z.object({
  name: z.string().regex(/^[A-Za-z0-9_.\/-]{1,128}$/u),
  title: z.string().optional(),
  description: z.string().default(''),
  inputSchema: z.record(z.string(), z.json()),
  outputSchema: z.record(z.string(), z.json()).optional(),
  annotations: z.json().optional(),
});
export type RemoteTool = z.infer<typeof RemoteTool>;

export const ToolPage = z.object({ tools: z.array(RemoteTool), nextCursor: z.string().optional() });

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, of]) => [key, sorted(of)]),
        )
      : value;

/** SHA-256 over everything that the server says of its tools, in whichever order. */
export const hashOf = (tools: readonly RemoteTool[]): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(tools.toSorted((a, b) => (a.name < b.name ? -1 : 1)))))
    .digest('hex');

const textOf = ({ title, description, inputSchema, outputSchema, annotations }: RemoteTool): string =>
  [
    ...(title === undefined ? [] : [`Title: ${title}`]),
    'Description:',
    ...description.split('\n').map((line) => `  ${line}`),
    ...Object.entries({ Arguments: inputSchema, Result: outputSchema, 'What it says of itself': annotations }).flatMap(
      ([name, value]) => (value === undefined ? [] : [`${name}:`, JSON.stringify(sorted(value), null, 2)]),
    ),
  ].join('\n');

/** All that is said of the tools, before and now: each as a text, as it was sent. What changed comes first. */
export const compared = (before: readonly RemoteTool[], after: readonly RemoteTool[]): McpDefinitions['tools'] => {
  const byName = (tools: readonly RemoteTool[]) => new Map(tools.map((tool) => [tool.name, tool]));
  const old = byName(before);
  const now = byName(after);
  const changeOf = (was: string | null, is: string | null) =>
    was === null ? 'added' : is === null ? 'removed' : was === is ? 'same' : 'changed';
  const order = ['changed', 'added', 'removed', 'same'] as const;
  return [...new Map([...old, ...now]).values()]
    .map(({ name, description }) => {
      const [was, is] = [old, now].map((tools) => tools.get(name)).map((tool) => (tool ? textOf(tool) : null));
      return {
        name,
        description,
        change: changeOf(was ?? null, is ?? null),
        before: was ?? null,
        after: is ?? null,
      } as const;
    })
    .toSorted((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
};

/** As a person and a model read it: nothing invisible, and not for ever. */
export const descriptionOf = ({ description, name }: RemoteTool): string => {
  const text = visible(description).trim();
  return text === '' ? name : text.length > MOST_DESCRIPTION ? `${text.slice(0, MOST_DESCRIPTION)}…` : text;
};

export const titleOf = ({ title, name }: RemoteTool): string => visibleLine(title ?? name, 80);

/**
 * Arguments are an object; what is in it the server checks, for its schema is not run here: patterns of others can take for ever. A model
 * is told the shape.
 */
export const inputOf = ({ inputSchema: { properties, required } }: RemoteTool) => {
  const shape = {
    ...(properties === undefined ? {} : { properties }),
    ...(required === undefined ? {} : { required }),
  };
  const any = z.record(z.string(), z.json());
  return JSON.stringify(shape).length > MOST_SCHEMA ? any : any.meta(shape);
};
