import { createServer } from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

export interface McpServerScript {
  /** What a call comes to. */
  readonly call?: (
    name: string,
    args: unknown,
  ) => { text?: string; structuredContent?: Record<string, unknown>; isError?: boolean };
  /** Answers as a stream of events in place of JSON. */
  readonly streams?: boolean;
  /** Whether a request may come in: a server of sign-ins stands beside it, which gives the token `access-1` for `code-1`. */
  readonly wants?: (headers: Readonly<Record<string, unknown>>) => boolean;
  /** In place of what the protocol wants. */
  readonly answer?: (asked: Asked) => { status: number; body: string; headers?: Record<string, string> } | undefined;
}

export interface TestMcpServer {
  readonly url: string;
  /** Methods and headers of what was asked, in order. */
  readonly heard: readonly { readonly method: string; readonly headers: Readonly<Record<string, unknown>> }[];
  close(): Promise<void>;
}

const Asked = z.object({ id: z.union([z.number(), z.string()]).optional(), method: z.string() });
type Asked = z.infer<typeof Asked>;

/** RFC 9728, RFC 8414, RFC 7591 and the token endpoint, as far as a client asks. */
const signIn = (origin: string, path: string, body: string): Record<string, unknown> | undefined => {
  switch (path) {
    case '/.well-known/oauth-protected-resource/mcp':
      return { resource: `${origin}/mcp`, authorization_servers: [origin] };
    case '/.well-known/oauth-authorization-server':
      return {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        registration_endpoint: `${origin}/register`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
      };
    case '/register':
      return { client_id: 'client-1', ...Object(JSON.parse(body)) };
    case '/token': {
      const form = new URLSearchParams(body);
      if (form.get('code') !== 'code-1' || form.get('code_verifier') === null) return undefined;
      return { access_token: 'access-1', token_type: 'Bearer', expires_in: 3600 };
    }
    default:
      return undefined;
  }
};

const tool = (name: string, readOnlyHint: boolean) => ({
  name,
  description: `Does ${name}`,
  inputSchema: { type: 'object' as const, properties: { place: { type: 'string' } } },
  annotations: { readOnlyHint },
});
const pages = [[tool('look', true)], [tool('write', false), tool('erase', false)]] as const;

/** A server of the tools `look` (which only reads), `write` and `erase`, on a page each, by the SDK of the protocol. */
export const startMcpServer = async ({
  call,
  streams = false,
  wants,
  answer,
}: McpServerScript = {}): Promise<TestMcpServer> => {
  const heard: { method: string; headers: Readonly<Record<string, unknown>> }[] = [];
  const sessions = new Map<string, StreamableHTTPServerTransport>();

  const begin = async (): Promise<StreamableHTTPServerTransport> => {
    const id = `session-${sessions.size + 1}`;
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      enableJsonResponse: !streams,
    });
    sessions.set(id, transport);
    const server = new Server({ name: 'test', version: '0' }, { capabilities: { tools: {}, logging: {} } });
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
      params?.cursor === undefined ? { tools: [...pages[0]], nextCursor: 'more' } : { tools: [...pages[1]] },
    );
    server.setRequestHandler(
      CallToolRequestSchema,
      async ({ params: { name, arguments: args } }, { sendNotification }) => {
        await sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'on the way' } });
        const { text, ...rest } = call?.(name, args) ?? { text: 'done' };
        return { content: text === undefined ? [] : [{ type: 'text', text }], ...rest };
      },
    );
    await server.connect(transport);
    return transport;
  };

  const http = createServer((request, response) => {
    void (async () => {
      let body = '';
      const path = (request.url ?? '').split('?', 1).join('');
      const origin = `http://${request.headers.host ?? ''}`;
      if (wants && path !== '/mcp') {
        for await (const chunk of request) body += String(chunk);
        const said = signIn(origin, path, body);
        response.writeHead(said ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(said ?? {}));
        return;
      }
      if (wants && !wants(request.headers)) {
        const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
        response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${metadata}"` }).end();
        return;
      }
      for await (const chunk of request) body += String(chunk);
      const message: unknown = body === '' ? undefined : JSON.parse(body);
      const asked = message === undefined ? { method: request.method ?? '' } : Asked.parse(message);
      heard.push({ method: asked.method, headers: request.headers });
      const given = answer?.(asked);
      if (given) {
        response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers }).end(given.body);
        return;
      }
      const session = sessions.get(String(request.headers['mcp-session-id'])) ?? (await begin());
      await session.handleRequest(request, response, message);
    })().catch((error: unknown) => response.destroy(Error('The test server failed.', { cause: error })));
  });
  await new Promise<void>((done) => {
    http.listen(0, '127.0.0.1', done);
  });
  const { port } = z.object({ port: z.number() }).parse(http.address());
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    heard,
    async close() {
      await Promise.all([...sessions.values()].map((session) => session.close()));
      http.closeAllConnections();
      await new Promise((done) => http.close(done));
    },
  };
};
