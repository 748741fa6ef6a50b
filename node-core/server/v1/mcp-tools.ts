import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import type { ToolCall, ToolDefinition } from '../../inference/index.ts';
import type { Item } from '../../threads/index.ts';
import { badField } from './input.ts';
import { type McpSession, type McpTool, openMcpSession } from './mcp-client.ts';

const Names = z.object({ tool_names: z.array(z.string()).nullish(), read_only: z.boolean().nullish() });
type Names = z.infer<typeof Names>;

const McpField = z.object({
  type: z.literal('mcp'),
  server_label: z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'must be letters, digits, "-" and "_"'),
  server_url: z.url({ protocol: /^https?$/, error: 'must be an address with http or https' }),
  server_description: z.string().nullish(),
  authorization: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  allowed_tools: z.union([z.array(z.string()), Names]).nullish(),
  require_approval: z
    .union([z.enum(['always', 'never']), z.object({ always: Names.nullish(), never: Names.nullish() })])
    .nullish(),
});

/** A server of tools that a request names, and where in the request it does. */
export interface McpServer {
  readonly field: z.infer<typeof McpField>;
  readonly param: string;
}

/** @throws AppError `BAD_REQUEST` */
export const mcpServerOf = (tool: unknown, param: string): McpServer => {
  const parsed = McpField.safeParse(tool);
  if (parsed.success) {
    try {
      void headersOf(parsed.data);
    } catch {
      throw badField(`${param}.headers`, 'holds what can be no header');
    }
    return { field: parsed.data, param };
  }
  const [issue] = parsed.error.issues;
  throw badField(`${param}.${issue?.path.join('.') ?? ''}`, issue?.message ?? 'is no MCP server');
};

const headersOf = ({ headers, authorization }: McpServer['field']): Record<string, string> =>
  Object.fromEntries(
    new Headers({ ...headers, ...(authorization ? { authorization: `Bearer ${authorization}` } : {}) }).entries(),
  );

type Listed = Extract<Item, { type: 'mcp_list_tools' }>['tools'][number];

const matches = (names: Names | readonly string[], { name, annotations }: Listed): boolean => {
  if (Array.isArray(names)) return names.includes(name);
  if (!('tool_names' in names || 'read_only' in names)) return true;
  const { tool_names: wanted, read_only: readOnly } = Names.parse(names);
  if (wanted && !wanted.includes(name)) return false;
  return readOnly == null || (annotations?.['readOnlyHint'] === true) === readOnly;
};

/** As at OpenAI, a call waits for an approval unless the request says that it need not. */
const needsApproval = ({ require_approval: rule }: McpServer['field'], tool: Listed): boolean => {
  if (rule == null || typeof rule === 'string') return rule !== 'never';
  if (rule.always && matches(rule.always, tool)) return true;
  return !(rule.never && matches(rule.never, tool));
};

const isThisMachine = (url: string): boolean => /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(new URL(url).hostname);

export interface McpComponents {
  /** Whether anything may be sent to another computer. */
  readonly allowsRemote: () => boolean;
  readonly version: string;
}

interface Bound {
  readonly server: McpServer;
  readonly tool: Listed;
}

/** The servers of tools of one response. */
export interface McpTools {
  /** Asks the servers for their tools, but for those that `before` lists. @throws AppError `ENDPOINT_FAILED`, `REMOTE_NOT_ALLOWED` */
  list(before: readonly Item[]): Promise<readonly Extract<Item, { type: 'mcp_list_tools' }>[]>;
  /** For the model; once listed. */
  definitions(): readonly ToolDefinition[];
  has(name: string): boolean;
  needsApproval(name: string): boolean;
  label(name: string): string;
  /** What comes of a call, which may be an error for the model to read. */
  call(
    call: Pick<ToolCall, 'name' | 'arguments'>,
    approvalRequestId: string | null,
  ): Promise<Extract<Item, { type: 'mcp_call' }>>;
  close(): Promise<void>;
}

export const createMcpTools = (
  { allowsRemote, version }: McpComponents,
  servers: readonly McpServer[],
  signal: AbortSignal,
): McpTools => {
  const bound = new Map<string, Bound>();
  const sessions = new Map<string, Promise<McpSession>>();

  const session = ({ field, param }: McpServer): Promise<McpSession> => {
    if (!isThisMachine(field.server_url) && !allowsRemote())
      throw new AppError(
        'REMOTE_NOT_ALLOWED',
        'The MCP server is on another computer, and nothing may be sent there: a person can allow it under Settings.',
        { data: { param: `${param}.server_url` } },
      );
    const open =
      sessions.get(field.server_label) ??
      openMcpSession({ label: field.server_label, url: field.server_url, headers: headersOf(field) }, version, signal);
    sessions.set(field.server_label, open);
    return open;
  };
  const shown = ({ name, description, inputSchema, annotations }: McpTool): Listed => ({
    name,
    description: description ?? null,
    input_schema: inputSchema,
    annotations: annotations ?? null,
  });
  const bind = (server: McpServer, tools: readonly Listed[]): void => {
    for (const tool of tools) {
      if (bound.has(tool.name))
        throw badField(
          server.param,
          `its tool "${tool.name.slice(0, 100)}" has the name of another; leave one out with "allowed_tools"`,
        );
      bound.set(tool.name, { server, tool });
    }
  };
  const boundTo = (name: string): Bound => {
    const found = bound.get(name);
    if (!found) throw new Error('a tool that was not listed is not called');
    return found;
  };

  return {
    async list(before) {
      const listed: Extract<Item, { type: 'mcp_list_tools' }>[] = [];
      for (const server of servers) {
        const { server_label: label, allowed_tools: allowed } = server.field;
        const known = before.findLast((item) => item.type === 'mcp_list_tools' && item.server_label === label);
        const all = known?.type === 'mcp_list_tools' ? known.tools : (await (await session(server)).tools()).map(shown);
        const tools = allowed == null ? all : all.filter((tool) => matches(allowed, tool));
        bind(server, tools);
        if (!known) listed.push({ type: 'mcp_list_tools', server_label: label, tools });
      }
      return listed;
    },

    definitions: () =>
      [...bound.values()].map(({ tool }) => ({
        name: tool.name,
        ...(tool.description === null ? {} : { description: tool.description }),
        parameters: tool.input_schema,
      })),

    has: (name) => bound.has(name),
    needsApproval: (name) => needsApproval(boundTo(name).server.field, boundTo(name).tool),
    label: (name) => boundTo(name).server.field.server_label,

    async call({ name, arguments: text }, approvalRequestId) {
      const { server } = boundTo(name);
      const told = {
        type: 'mcp_call' as const,
        server_label: server.field.server_label,
        name,
        arguments: text,
        approval_request_id: approvalRequestId,
      };
      try {
        const args = argumentsOf(text);
        return { ...told, output: await (await session(server)).call(name, args), error: null };
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'REMOTE_NOT_ALLOWED') throw error;
        return { ...told, output: null, error: error.message };
      }
    },

    async close() {
      await Promise.all(
        [...sessions.values()].map((open) =>
          open.then(
            (opened) => opened.close(),
            () => undefined,
          ),
        ),
      );
    },
  };
};

const argumentsOf = (text: string): Record<string, unknown> => {
  try {
    return z.record(z.string(), z.unknown()).parse(text.trim() === '' ? {} : JSON.parse(text));
  } catch {
    throw new AppError('BAD_REQUEST', 'The arguments are no JSON object. Call the tool again with one.');
  }
};
