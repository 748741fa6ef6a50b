import { z } from 'zod';
import { AppError, isCancellation } from '../../contract/index.ts';
import { sseData } from '../../inference/sse.ts';

/** A server of tools, as a request names it. Its key and headers are used for that request and nowhere kept. */
export interface McpAddress {
  readonly label: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const Tool = z.object({
  name: z.string().min(1).max(256),
  description: z.string().nullish(),
  inputSchema: z.record(z.string(), z.unknown()),
  annotations: z.looseObject({ readOnlyHint: z.boolean().optional() }).nullish(),
});
export type McpTool = z.infer<typeof Tool>;

/** A session with a server of tools over Streamable HTTP: https://modelcontextprotocol.io/specification/2025-06-18/basic/transports */
export interface McpSession {
  tools(): Promise<McpTool[]>;
  /** What the tool says, as text. @throws AppError `ENDPOINT_FAILED`, also where the tool says that it failed */
  call(name: string, args: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

const protocolVersion = '2025-06-18';
const answerWithinMillis = 60_000;
const maxAnswerBytes = 4 * 1024 * 1024;
const maxTools = 256;
const maxPages = 16;

const Message = z.union([
  z.object({ id: z.number(), result: z.record(z.string(), z.unknown()) }),
  z.object({ id: z.number(), error: z.object({ message: z.string() }) }),
  /** What the server asks or tells on its own. */
  z.looseObject({ method: z.string() }),
]);
const Page = z.object({ tools: z.array(Tool), nextCursor: z.string().nullish() });
const Called = z.object({
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
  isError: z.boolean().nullish(),
});

/** Begins a session. @throws AppError `ENDPOINT_FAILED`, `CancellationError` */
export const openMcpSession = async (
  { label, url, headers }: McpAddress,
  version: string,
  signal: AbortSignal,
): Promise<McpSession> => {
  let nextId = 0;
  let sessionId: string | null = null;

  const failed = (what: string, cause?: unknown) =>
    new AppError('ENDPOINT_FAILED', `The MCP server "${label}" ${what}.`, { data: { label }, cause });

  const post = async (message: object, method: 'POST' | 'DELETE' = 'POST'): Promise<Response> => {
    try {
      return await fetch(url, {
        method,
        ...(method === 'POST' ? { body: JSON.stringify({ jsonrpc: '2.0', ...message }) } : {}),
        headers: {
          ...headers,
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          'mcp-protocol-version': protocolVersion,
          ...(sessionId === null ? {} : { 'mcp-session-id': sessionId }),
        },
        // What is sent was meant for this address alone.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMillis)]),
      });
    } catch (error) {
      if (signal.aborted) throw error;
      throw failed(isCancellation(error) || isTimeout(error) ? 'took too long' : 'could not be reached', error);
    }
  };

  const request = async (method: string, params: object): Promise<Readonly<Record<string, unknown>>> => {
    const id = (nextId += 1);
    const response = await post({ id, method, params });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw failed(`answered with status ${response.status}`);
    }
    sessionId ??= response.headers.get('mcp-session-id');
    try {
      for await (const text of messagesOf(response, response.body)) {
        const message = Message.parse(JSON.parse(text));
        if (!('id' in message) || message.id !== id || 'method' in message) continue;
        if ('error' in message) throw failed(`refused: ${String(Object(message.error).message).slice(0, 500)}`);
        return z.record(z.string(), z.unknown()).parse(message.result);
      }
    } catch (error) {
      if (signal.aborted || error instanceof AppError) throw error;
      throw failed(isTimeout(error) ? 'took too long' : 'sent no answer that could be read', error);
    }
    throw failed('sent no answer');
  };

  await request('initialize', {
    protocolVersion,
    capabilities: {},
    clientInfo: { name: 'jan-node', version },
  });
  await (await post({ method: 'notifications/initialized' })).body?.cancel();

  return {
    async tools() {
      const tools: McpTool[] = [];
      let cursor: string | null | undefined;
      for (let page = 0; page < maxPages; page += 1) {
        const result = Page.safeParse(await request('tools/list', cursor == null ? {} : { cursor }));
        if (!result.success) throw failed('lists tools that could not be read');
        tools.push(...result.data.tools);
        cursor = result.data.nextCursor;
        if (tools.length > maxTools)
          throw failed(`has more than ${maxTools} tools; name the wanted ones in "allowed_tools"`);
        if (cursor == null) break;
      }
      return tools;
    },

    async call(name, args) {
      const result = Called.safeParse(await request('tools/call', { name, arguments: args }));
      if (!result.success) throw failed('sent no answer that could be read');
      const text = result.data.content
        .map((part) => (part.type === 'text' ? (part.text ?? '') : `[${part.type}, which can't be shown here]`))
        .join('\n');
      if (result.data.isError) throw failed(`says that "${name}" failed: ${text.slice(0, 2_000)}`);
      return text;
    },

    async close() {
      if (sessionId === null || signal.aborted) return;
      const response = await post({}, 'DELETE').catch(() => undefined);
      await response?.body?.cancel();
    },
  };
};

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

async function* messagesOf(response: Response, body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const limited = atMost(body, maxAnswerBytes);
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return yield* sseData(limited);
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited) chunks.push(chunk);
  yield Buffer.concat(chunks).toString('utf8');
}

async function* atMost(body: ReadableStream<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array, void> {
  let left = bytes;
  for await (const chunk of body) {
    left -= chunk.length;
    if (left < 0) throw new Error('The answer is too large.');
    yield chunk;
  }
}
