import { z } from 'zod';
import type { RequestOptions } from '@modelcontextprotocol/client';
import { AppError, CancellationError } from '../../contract/index.ts';
import { OutcomeUnknown } from '../outcome.ts';
import { mostTools, type RemoteTool, ToolPage } from './definitions.ts';
import { type Address, greet, type SessionEvents } from './greet.ts';
import { isTooLarge } from './guarded-fetch.ts';

const mostBytes = 2 * 2 ** 20;
const LIST_MS = 30_000;
const CALL_MS = 120_000;
const MOST_PAGES = 32;
/** Who says that it goes on is waited for longer, up to so many times as long. */
const MOST_WAITS = 5;
/** What a session waits for one call at most. */
export const longestCallMs = MOST_WAITS * CALL_MS;

const Content = z.looseObject({
  text: z.string().optional(),
  mimeType: z.string().optional(),
  /** In base64. */
  data: z.string().optional(),
  blob: z.string().optional(),
  uri: z.string().optional(),
});
const Part = Content.extend({ type: z.string(), resource: Content.optional() });

/** Text as it is; what else there is, named: where it lies, what it is, and how long. */
const textOf = ({ type, resource, ...own }: z.infer<typeof Part>): string => {
  const { text, mimeType, data, blob, uri } = resource ?? own;
  const base64 = data ?? blob;
  const size = base64 === undefined ? [] : [`${Math.floor((base64.replace(/=+$/u, '').length * 3) / 4)} bytes`];
  const named = `[${[mimeType ?? type, ...(uri === undefined ? [] : [uri]), ...size].join(', ')}]`;
  if (text === undefined) return named;
  return resource ? `${named}\n${text}` : text;
};
const CallResult = z.object({
  content: z.array(Part).default([]),
  structuredContent: z.json().optional(),
  isError: z.boolean().default(false),
});

export const McpAnswer = z.object({
  text: z.string(),
  /** What the tool gave as data, where it did. */
  data: z.json(),
});
export type McpAnswer = z.infer<typeof McpAnswer>;

/** Whether the connection was never made. */
const neverArrived = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverArrived);
  const isBefore = 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo');
  return isBefore || ('code' in error && error.code === 'UND_ERR_CONNECT_TIMEOUT') || neverArrived(error.cause);
};

/** A server that is connected. */
export interface McpSession {
  tools(): Promise<RemoteTool[]>;
  /** @throws AppError `TOOL_FAILED`; OutcomeUnknown where it said nothing, or nothing that can be read; `CancellationError` */
  call(name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<McpAnswer>;
  close(): Promise<void>;
}

/** @throws AppError `TOOL_FAILED` with what a person can do */
export const openSession = async (address: Address, events: SessionEvents, callMs = CALL_MS): Promise<McpSession> => {
  const mcp = await import('@modelcontextprotocol/client');
  const { client, hadTooMuch, close } = await greet(address, events, 2 * mostBytes);
  const failed = (what: string, cause?: unknown) =>
    new AppError('TOOL_FAILED', `The MCP server "${address.name}" ${what}`, { cause });
  const unknown = (what: string, cause?: unknown) =>
    new OutcomeUnknown(`The MCP server "${address.name}" ${what}`, { cause });

  const asked = async <S extends z.ZodType>(
    request: { readonly method: string; readonly params: Record<string, unknown> },
    schema: S,
    { during, ...options }: RequestOptions & { readonly during: string },
  ): Promise<z.infer<S>> => {
    hadTooMuch();
    try {
      // By `request`: the client's own calls compile schemas of the server.
      return schema.parse(await client.request(request, schema, options));
    } catch (error) {
      if (options.signal?.aborted) throw new CancellationError();
      if (hadTooMuch() || isTooLarge(error))
        throw unknown(`answered with more than ${mostBytes / 2 ** 20} MB while ${during}.`, error);
      if (error instanceof mcp.ProtocolError) throw failed(`refused: ${error.message.slice(0, 500)}`);
      if (neverArrived(error)) throw failed('could not be reached. Check its address, and whether it runs.', error);
      if (error instanceof mcp.UnauthorizedError)
        throw failed('does not accept the sign-in any more. Look at it under Agents, Tools.', error);
      if (error instanceof mcp.SdkHttpError) {
        const said = `answered with HTTP ${error.status} while ${during}.`;
        throw error.status < 500 ? failed(said, error) : unknown(said, error);
      }
      const code = error instanceof mcp.SdkError ? error.code : undefined;
      if (code === mcp.SdkErrorCode.RequestTimeout)
        throw unknown(`did not answer in ${(options.timeout ?? 0) / 1_000} s while ${during}.`, error);
      if (code === mcp.SdkErrorCode.CapabilityNotSupported)
        throw failed(
          `asks for more than the call while ${during}: an answer of a model, words of yours, or your folders. Jan gives none of them.`,
          error,
        );
      if (code === mcp.SdkErrorCode.ConnectionClosed)
        throw unknown(`ended while ${during}. Jan starts it again by itself.`, error);
      // As `fetch` says that no answer came.
      if (error instanceof TypeError) throw unknown(`broke the connection while ${during}.`, error);
      throw unknown(`sent what can’t be read while ${during}.`, error);
    }
  };

  return {
    async tools() {
      const tools: RemoteTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        const listed = await asked({ method: 'tools/list', params }, ToolPage, {
          timeout: LIST_MS,
          during: 'listing its tools',
        });
        tools.push(...listed.tools);
        cursor = listed.nextCursor;
        if (cursor === undefined) break;
      }
      if (tools.length > mostTools)
        throw failed(`has more than ${mostTools} tools, the most that are taken. Have it offer fewer.`);
      if (new Set(tools.map((tool) => tool.name)).size < tools.length) throw failed('has two tools of one name.');
      return tools;
    },

    async call(tool, args, signal) {
      const { content, structuredContent, isError } = await asked(
        { method: 'tools/call', params: { name: tool, arguments: args } },
        CallResult,
        {
          signal,
          timeout: callMs,
          maxTotalTimeout: MOST_WAITS * callMs,
          resetTimeoutOnProgress: true,
          // That it is asked for it has a server tell.
          onprogress: () => undefined,
          during: `"${tool}" was under way`,
        },
      );
      const text = content.map(textOf).join('\n');
      if (text.length + JSON.stringify(structuredContent ?? null).length > mostBytes)
        throw unknown(`answered with more than ${mostBytes / 2 ** 20} MB while "${tool}" was under way.`);
      if (isError) throw failed(`says that "${tool}" failed: ${text.slice(0, 2_000)}`);
      return { text, data: structuredContent ?? null };
    },

    close,
  };
};
