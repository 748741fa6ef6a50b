import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A request for a file, before anything was answered. */
export interface HubExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Counts the requests of this hub from 0. */
  readonly index: number;
  readonly file: Buffer;
  readonly etag: string;
  /** What was asked for, as far as the file goes. */
  readonly from: number;
  readonly to: number;
  /** Answers as it should be. */
  serve(): void;
  /** Headers as they should be, and nothing more. */
  head(headers?: Readonly<Record<string, string | number>>): void;
}

/** A hub for models on this machine that behaves as it is told. */
export interface FlakyHub {
  readonly url: string;
  /** Ranges as they were asked for, in order. */
  readonly ranges: readonly string[];
  readonly requests: readonly IncomingMessage[];
  /** Puts a file at `/owner/name/resolve/main/<file>` in place of another one. */
  put(path: string, bytes: Buffer): void;
  /** From now on. */
  behave(next: (exchange: HubExchange) => void): void;
  close(): Promise<void>;
}

const well = (exchange: HubExchange): void => exchange.serve();

export const listenOnLoopback = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port.');
  return address.port;
};

export const startFlakyHub = async (files: Readonly<Record<string, Buffer>>): Promise<FlakyHub> => {
  const contents = new Map(Object.entries(files));
  const requests: IncomingMessage[] = [];
  let behaviour = well;

  const server = createServer((request, response) => {
    const index = requests.push(request) - 1;
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://hub').pathname).slice(1);
    const file = contents.get(path);
    if (file === undefined) return void response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(file).digest('hex').slice(0, 16)}"`;
    const match = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '');
    const ifRange = request.headers['if-range'];
    const partial = match !== null && (ifRange === undefined || ifRange === etag);
    const from = partial ? Number(match[1]) : 0;
    const to = partial ? Math.min(Number(match[2]) + 1, file.length) : file.length;
    const head: HubExchange['head'] = (headers = {}) => {
      response.writeHead(partial ? 206 : 200, {
        etag,
        'content-length': to - from,
        ...(partial ? { 'content-range': `bytes ${from}-${to - 1}/${file.length}` } : {}),
        ...headers,
      });
    };
    behaviour({
      request,
      response,
      index,
      file,
      etag,
      from,
      to,
      head,
      serve() {
        if (from >= file.length) return void response.writeHead(416).end();
        head();
        response.end(file.subarray(from, to));
      },
    });
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    get ranges() {
      return requests.map(({ headers }) => headers.range ?? '');
    },
    put: (path, bytes) => void contents.set(path, bytes),
    behave(next) {
      behaviour = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
