import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, request as sendRequest } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '../../contract/index.ts';
import type { ToolContext } from '../types.ts';

/** Of all that a page loads during one call. */
const MOST_BYTES = 64 * 2 ** 20;

/** What a page may reach, while a call that was given it is under way. */
export interface Pass {
  readonly username: string;
  readonly password: string;
  /** Opens what a call may reach; null closes. */
  use(addresses: ToolContext['addresses'] | null): void;
  /** Hosts that were refused since then, by {@link nameOf} them, with why. */
  readonly refused: ReadonlyMap<string, unknown>;
  end(): void;
}

/**
 * The only way from the browser to anything: a proxy on loopback that asks, for every connection, whether the run that uses the page may
 * have it, and connects to the address that was checked. Names are resolved here alone. Who has no pass gets nothing.
 */
export interface Gate {
  readonly url: string;
  issue(): Pass;
  close(): Promise<void>;
}

interface Holder {
  readonly password: Buffer;
  readonly sockets: Set<Duplex>;
  readonly refused: Map<string, unknown>;
  addresses: ToolContext['addresses'] | null;
  left: number;
}

export const openGate = async (): Promise<Gate> => {
  const holders = new Map<string, Holder>();

  const holderOf = (request: IncomingMessage): Holder | undefined => {
    const [, encoded] = /^Basic (.+)$/u.exec(request.headers['proxy-authorization'] ?? '') ?? [];
    const [username, password = ''] = Buffer.from(encoded ?? '', 'base64')
      .toString()
      .split(':');
    const holder = holders.get(username ?? '');
    const given = Buffer.from(password);
    return holder && given.length === holder.password.length && timingSafeEqual(given, holder.password)
      ? holder
      : undefined;
  };

  const reach = async (holder: Holder, host: string, port: number): Promise<string> => {
    try {
      if (!holder.addresses) throw new AppError('EGRESS_REFUSED', 'Nothing is under way that could reach it.');
      const [address] = await holder.addresses(host, port);
      if (address === undefined) throw new AppError('TOOL_FAILED', `${host} has no address.`);
      return address;
    } catch (error) {
      holder.refused.set(nameOf(`http://${host.includes(':') ? `[${host}]` : host}:${port}`), error);
      throw error;
    }
  };
  const counted = (holder: Holder, socket: Socket): Socket => {
    holder.sockets.add(socket);
    socket.once('close', () => holder.sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      holder.left -= chunk.length;
      if (holder.left < 0) socket.destroy();
    });
    return socket;
  };

  const server = createServer((request, response) => {
    const holder = holderOf(request);
    if (!holder) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="jan"' }).end();
      return;
    }
    const target = URL.parse(request.url ?? '');
    if (target?.protocol !== 'http:') {
      response.writeHead(400).end();
      return;
    }
    const port = Number(target.port || 80);
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers;
    reach(holder, bare(target.hostname), port).then(
      (address) => {
        const onward = sendRequest(
          {
            method: request.method,
            path: `${target.pathname}${target.search}`,
            headers: { ...headers, host: target.host },
            setHost: false,
            createConnection: () => counted(holder, connect({ host: address, port })),
          },
          (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
          },
        );
        onward.on('error', () => response.destroy());
        response.on('close', () => onward.destroy());
        request.pipe(onward);
      },
      // An answer would be one that the page could take for the other's.
      () => response.destroy(),
    );
  });

  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const holder = holderOf(request);
    if (!holder) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="jan"\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    const target = URL.parse(`http://${request.url ?? ''}`);
    // The standard port of the scheme is left out by the parser.
    const port = Number(target?.port === '' ? 80 : target?.port);
    reach(holder, bare(target?.hostname ?? ''), port).then(
      (address) => {
        const onward = counted(holder, connect({ host: address, port }));
        onward.once('connect', () => {
          socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          onward.write(head);
          onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        onward.on('close', () => socket.destroy());
        socket.on('close', () => onward.destroy());
        holder.sockets.add(socket);
        socket.once('close', () => holder.sockets.delete(socket));
      },
      () => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'),
    );
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    issue() {
      const [username, password] = [randomBytes(8).toString('hex'), randomBytes(16).toString('hex')];
      const holder: Holder = {
        password: Buffer.from(password),
        sockets: new Set(),
        refused: new Map(),
        addresses: null,
        left: 0,
      };
      holders.set(username, holder);
      const cut = () => {
        for (const socket of holder.sockets) socket.destroy();
      };
      return {
        username,
        password,
        refused: holder.refused,
        use(addresses) {
          // A page that is let go says nothing more, and one that is taken up begins with connections of its own.
          cut();
          holder.addresses = addresses;
          holder.left = MOST_BYTES;
          if (addresses) holder.refused.clear();
        },
        end() {
          holders.delete(username);
          cut();
        },
      };
    },
    async close() {
      holders.clear();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

/** The host of an address, with its port where it is none of the web's. */
export const nameOf = (url: string): string => {
  const { hostname, port } = new URL(url);
  return port === '' || port === '443' ? bare(hostname) : `${bare(hostname)}:${port}`;
};

/** Addresses of IPv6 without their brackets. */
const bare = (host: string): string => host.replace(/^\[(.*)\]$/u, '$1');
