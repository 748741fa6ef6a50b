import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { z } from 'zod';

export interface McpServerScript {
  /** What a call comes to. */
  readonly call?: (name: string, args: unknown) => { text: string; isError?: boolean };
  /** Answers as a stream of events in place of JSON. */
  readonly streams?: boolean;
  /** In place of what the protocol wants. */
  readonly answer?: (method: string) => { status: number; body: string; headers?: Record<string, string> } | undefined;
}

export interface TestMcpServer {
  readonly url: string;
  /** Methods and headers of what was asked, in order. */
  readonly heard: readonly { readonly method: string; readonly headers: Readonly<Record<string, unknown>> }[];
  close(): Promise<void>;
}

const Asked = z.object({
  id: z.number().optional(),
  method: z.string(),
  params: z
    .object({ name: z.string().optional(), arguments: z.unknown().optional(), cursor: z.string().optional() })
    .optional(),
});

const tool = (name: string, readOnlyHint: boolean) => ({
  name,
  description: `Does ${name}`,
  inputSchema: { type: 'object', properties: { place: { type: 'string' } } },
  annotations: { readOnlyHint },
});

/** A server of the tools `look` (which only reads), `write` and `erase`, over MCP's Streamable HTTP, on a page each. */
export const startMcpServer = async ({
  call,
  streams = false,
  answer,
}: McpServerScript = {}): Promise<TestMcpServer> => {
  const heard: { method: string; headers: Readonly<Record<string, unknown>> }[] = [];
  const pages = [[tool('look', true)], [tool('write', false), tool('erase', false)]];
  const resultOf = ({ method, params }: z.infer<typeof Asked>): object => {
    if (method === 'initialize')
      return { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'test', version: '0' } };
    if (method === 'tools/list')
      return params?.cursor === undefined ? { tools: pages[0], nextCursor: 'more' } : { tools: pages[1] };
    const { text, isError = false } = call?.(params?.name ?? '', params?.arguments) ?? { text: 'done' };
    return { content: [{ type: 'text', text }], isError };
  };

  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      if (request.method === 'DELETE') {
        heard.push({ method: 'DELETE', headers: request.headers });
        response.writeHead(200).end();
        return;
      }
      const asked = Asked.parse(JSON.parse(body));
      heard.push({ method: asked.method, headers: request.headers });
      const given = answer?.(asked.method);
      if (given) {
        response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers }).end(given.body);
        return;
      }
      if (asked.id === undefined) {
        response.writeHead(202).end();
        return;
      }
      const message = JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: resultOf(asked) });
      const notice = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info' } });
      response.writeHead(200, {
        'content-type': streams ? 'text/event-stream' : 'application/json',
        'mcp-session-id': 'session-1',
      });
      response.end(streams ? `data: ${notice}\n\nevent: message\ndata: ${message}\n\n` : message);
    })().catch((error: unknown) => response.destroy(Error('The test server failed.', { cause: error })));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port }: Pick<AddressInfo, 'port'> = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    heard,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
