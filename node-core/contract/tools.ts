import { z } from 'zod';
import { Effect } from './playbooks.ts';
import { Id, Millis } from './workspace.ts';

/** A tool as the Agents page shows it. */
export const ToolInfo = z.object({
  /** `web.search`; tools of an MCP server are `mcp.<server>.<tool>`. */
  name: z.string(),
  title: z.string(),
  description: z.string(),
  effect: Effect,
  /** Whether it could be called now; else what to do first. */
  ready: z.boolean(),
  missing: z.string().nullable(),
  /** What a person can set; a secret is never given back. */
  settings: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      hint: z.string(),
      secret: z.boolean(),
      value: z.string().nullable(),
      isSet: z.boolean(),
    }),
  ),
  /** Of an account that may be signed in to by a browser; null of tools that have none. */
  signIn: z
    .object({
      /** `unused`: the settings want none, as with user and password. */
      state: z.enum(['unused', 'signed-out', 'waiting', 'signed-in']),
      /** Where the person signs in while it waits. */
      address: z.string().nullable(),
      /** What came of the last try. */
      error: z.string().nullable(),
    })
    .nullable(),
});
export type ToolInfo = z.infer<typeof ToolInfo>;

export const McpTransport = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('stdio'),
    command: z.string().min(1).max(4_096),
    args: z.array(z.string().max(4_096)).max(100),
    env: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal('http'), url: z.url().max(2_048), token: z.string().max(8_192).nullable() }),
]);
export type McpTransport = z.infer<typeof McpTransport>;

export const NewMcpServer = z.object({ name: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/u), transport: McpTransport });
export type NewMcpServer = z.infer<typeof NewMcpServer>;

export const McpServer = z.object({
  id: Id,
  name: z.string(),
  transport: z.enum(['stdio', 'http']),
  /** The command or address, without secrets. */
  address: z.string(),
  state: z.enum(['connecting', 'ready', 'failed', 'changed', 'unapproved']),
  error: z.string().nullable(),
  /** Its tools now, with the effect each is treated as: what it says of itself is not believed. */
  tools: z.array(z.object({ name: z.string(), description: z.string(), effect: Effect })),
  /** Of its tools' definitions now, and as they were approved. */
  hash: z.string().nullable(),
  approvedHash: z.string().nullable(),
  addedAt: Millis,
});
export type McpServer = z.infer<typeof McpServer>;

/** What a server says of its tools now, beside what it said when a person approved them: as texts, with nothing taken out of them. */
export const McpDefinitions = z.object({
  /** Of the tools as they are shown here. */
  hash: z.string().nullable(),
  tools: z.array(
    z.object({
      name: z.string(),
      change: z.enum(['same', 'added', 'removed', 'changed']),
      /** As it is now, or was where the tool is gone. */
      description: z.string(),
      /** All of it. */
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type McpDefinitions = z.infer<typeof McpDefinitions>;
