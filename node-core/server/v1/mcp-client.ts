import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { AppError } from '../../contract/index.ts';

/** A server of tools, as a request names it. Its key and headers are used for that request and nowhere kept. */
export interface McpAddress {
  readonly label: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type McpTool = Pick<Tool, 'name' | 'description' | 'inputSchema' | 'annotations'>;

/** A session with a server of tools over Streamable HTTP; one request at a time. */
export interface McpSession {
  tools(): Promise<McpTool[]>;
  /** What the tool says, as text. @throws AppError `ENDPOINT_FAILED`, also where the tool says that it failed */
  call(name: string, args: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

const answerWithinMillis = 60_000;
const maxAnswerBytes = 4 * 1024 * 1024;
const maxTools = 256;
const maxPages = 16;
const maxNameLength = 256;

/** Begins a session. @throws AppError `ENDPOINT_FAILED`, `CancellationError` */
export const openMcpSession = async (
  { label, url, headers }: McpAddress,
  version: string,
  signal: AbortSignal,
): Promise<McpSession> => {
  // Loaded by the first response that names a server: few do, and the start of the node does not wait for it.
  const [{ Client }, { StreamableHTTPClientTransport, StreamableHTTPError }, mcp] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  const failed = (what: string, cause?: unknown) =>
    new AppError('ENDPOINT_FAILED', `The MCP server "${label}" ${what}.`, { data: { label }, cause });
  const explained = (error: unknown): AppError => {
    if (error instanceof AppError) return error;
    if (error instanceof StreamableHTTPError && error.code !== undefined && error.code > 0)
      return failed(`answered with status ${error.code}`);
    if (!(error instanceof mcp.McpError)) return failed('sent no answer that could be read', error);
    if (error.code === Number(mcp.ErrorCode.RequestTimeout)) return failed('took too long', error);
    return failed(`refused: ${error.message.slice(0, 500)}`);
  };

  let onSilence: () => void = () => undefined;
  let turn = 0;
  const guarded: FetchLike = async (address, init) => {
    // What the server would say unasked is not listened to.
    if (init?.method === 'GET') return new Response(null, { status: 405 });
    const mine = (turn += 1);
    const onEnd = () => {
      if (mine === turn) onSilence();
    };
    const signals = [signal, AbortSignal.timeout(answerWithinMillis), ...(init?.signal ? [init.signal] : [])];
    try {
      // What is sent was meant for this address alone, so no redirect is followed.
      const response = await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.any(signals) });
      const body = response.body && ReadableStream.from(atMost(response.body, maxAnswerBytes, onEnd));
      return new Response(body, response);
    } catch (error) {
      signal.throwIfAborted();
      throw failed('could not be reached', error);
    }
  };
  /** Where a body ends and the answer was not in it, the SDK alone would wait until its time is up. */
  const asked = async <T>(request: (options: RequestOptions) => Promise<T>): Promise<T> => {
    const silence = new AbortController();
    onSilence = () => silence.abort();
    try {
      return await request({ signal: AbortSignal.any([signal, silence.signal]), timeout: answerWithinMillis });
    } catch (error) {
      signal.throwIfAborted();
      throw silence.signal.aborted ? failed('sent no answer', error) : explained(error);
    } finally {
      onSilence = () => undefined;
    }
  };

  const client = new Client({ name: 'jan-node', version });
  const transport = new StreamableHTTPClientTransport(new URL(url), { fetch: guarded, requestInit: { headers } });
  await asked((options) => client.connect(transport, options));

  return {
    async tools() {
      const tools: McpTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < maxPages; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        // By `request`: `listTools` and `callTool` would compile schemas of the server that nothing here needs.
        const listed = await asked((options) =>
          client.request({ method: 'tools/list', params }, mcp.ListToolsResultSchema, options),
        );
        if (listed.tools.some(({ name }) => name === '' || name.length > maxNameLength))
          throw failed('lists tools that could not be read');
        tools.push(...listed.tools);
        cursor = listed.nextCursor;
        if (tools.length > maxTools)
          throw failed(`has more than ${maxTools} tools; name the wanted ones in "allowed_tools"`);
        if (cursor === undefined) break;
      }
      return tools;
    },

    async call(name, args) {
      const params = { name, arguments: args };
      const { content, structuredContent, isError } = await asked((options) =>
        client.request({ method: 'tools/call', params }, mcp.CallToolResultSchema, options),
      );
      const text = content
        .map((part) => (part.type === 'text' ? part.text : `[${part.type}, which can't be shown here]`))
        .join('\n');
      if (isError) throw failed(`says that "${name}" failed: ${text.slice(0, 2_000)}`);
      return text === '' && structuredContent ? JSON.stringify(structuredContent) : text;
    },

    async close() {
      if (!signal.aborted) await transport.terminateSession().catch(() => undefined);
      await client.close();
    },
  };
};

/** Tells the end of the body once what was in it could be heard. */
async function* atMost(
  body: ReadableStream<Uint8Array>,
  bytes: number,
  onEnd: () => void,
): AsyncGenerator<Uint8Array, void> {
  let left = bytes;
  try {
    for await (const chunk of body) {
      left -= chunk.length;
      if (left < 0) throw new Error('The answer is too large.');
      yield chunk;
    }
  } finally {
    setTimeout(onEnd);
  }
}
