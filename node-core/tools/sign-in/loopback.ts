import { createServer, type Server } from 'node:http';
import { z } from 'zod';

const Address = z.object({ port: z.number() });

/** Where a browser comes back to from a sign-in: a port on loopback that is open meanwhile (RFC 8252, section 7.3). */
export interface Loopback {
  /** On that port where it is free, else on any. @returns the port */
  open(port: number): Promise<number>;
  readonly isOpen: boolean;
  close(): void;
}

/** `onBack` gets what the server of the sign-in sent back, and says what the person reads then. */
export const createLoopback = (onBack: (params: URLSearchParams) => Promise<string>): Loopback => {
  let server: Server | undefined;

  const listen = async (port: number): Promise<number> => {
    const opening = createServer((request, response) => {
      const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
      if (url?.pathname !== '/callback') {
        response.writeHead(404).end();
        return;
      }
      void onBack(url.searchParams).then((says) =>
        response
          .writeHead(200, {
            'content-type': 'text/plain; charset=utf-8',
            'cache-control': 'no-store',
            'referrer-policy': 'no-referrer',
            connection: 'close',
          })
          .end(says),
      );
    });
    await new Promise<void>((resolve, reject) => {
      opening.once('error', reject);
      opening.listen(port, '127.0.0.1', resolve);
    });
    server = opening.unref();
    return Address.parse(opening.address()).port;
  };

  return {
    open: (port) => listen(port).catch(() => listen(0)),
    get isOpen() {
      return server !== undefined;
    },
    close() {
      server?.close();
      server?.closeAllConnections();
      server = undefined;
    },
  };
};

/** What a person reads in the browser. */
export const backTexts = {
  unknown: 'This is not the sign-in that Jan waits for.',
  refused: 'The server did not accept the sign-in. Go back to Jan and try again.',
  done: 'You are signed in. You can close this page and go back to Jan.',
} as const;
