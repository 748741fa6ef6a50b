import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export interface EndpointRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An OpenAI-compatible server on a real socket whose answers the test writes. */
export interface FakeEndpoint {
  /** Base URL up to and including `/v1`. */
  readonly url: string;
  readonly requests: readonly EndpointRequest[];
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: EndpointRequest) => void | Promise<void>;

export const startFakeEndpoint = async (answer: Answer): Promise<FakeEndpoint> => {
  const requests: EndpointRequest[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const request = {
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: z.record(z.string(), z.unknown()).parse(JSON.parse(text || '{}')),
      };
      requests.push(request);
      void answer(response, request);
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port }: AddressInfo = z
    .object({ port: z.number(), address: z.string(), family: z.string() })
    .parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
};

/** One event of a chat stream. */
export const chatChunk = (content: string, finishReason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finishReason }] })}\n\n`;

/** A whole streamed answer, cut into the given pieces. */
export const streamChat = (response: ServerResponse, pieces: readonly string[], finishReason = 'stop'): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of pieces) response.write(chatChunk(piece));
  response.write(chatChunk('', finishReason));
  response.write(
    `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 11, completion_tokens: pieces.length } })}\n\n`,
  );
  response.end('data: [DONE]\n\n');
};
