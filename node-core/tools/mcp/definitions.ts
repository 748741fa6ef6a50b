import { createHash } from 'node:crypto';
import { z } from 'zod';
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

export const ToolPage = z.object({ tools: z.array(RemoteTool).max(mostTools), nextCursor: z.string().optional() });

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
