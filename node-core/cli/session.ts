import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Config } from '../config/index.ts';
import { AppError, type Contract } from '../contract/index.ts';
import { type Endpoint, readEndpoint } from '../server/endpoint-file.ts';

export type NodeClient = ContractRouterClient<Contract>;

/** A way to call a node's procedures. */
export interface Session {
  readonly client: NodeClient;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Whether the command may need a model. */
  readonly model?: boolean;
}

const healthMillis = 2_000;

/** Over its endpoint where a node runs on this data directory, else in this very process. */
export const openSession = async (config: Config, options: SessionOptions = {}): Promise<Session> => {
  const running = await openRunning(config);
  if (running) return running;
  const { openDirect } = await import('./direct.ts');
  return openDirect(config, options);
};

/** The node that runs on this data directory, if one does. */
export const openRunning = async (config: Config): Promise<Session | undefined> => {
  const endpoint = await findRunning(config.dataDir);
  return endpoint && openRemote(endpoint);
};

/** A node that was killed leaves its file behind, so the node itself is asked. */
const findRunning = async (dataDir: string): Promise<Endpoint | undefined> => {
  const endpoint = readEndpoint(dataDir);
  if (!endpoint || !isAlive(endpoint.pid)) return undefined;
  try {
    const answer = await fetch(`${endpoint.url}/health`, {
      headers: { authorization: `Bearer ${endpoint.apiKey}` },
      signal: AbortSignal.timeout(healthMillis),
    });
    return answer.ok ? endpoint : undefined;
  } catch {
    return undefined;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process is there, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const openRemote = async ({ url, apiKey }: Endpoint): Promise<Session> => {
  const { RPCLink } = await import('@orpc/client/websocket');
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/rpc`, ['jan.rpc', `bearer.${apiKey}`]);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.addEventListener('open', () => resolve(), { once: true });
  socket.addEventListener(
    'error',
    () =>
      reject(
        new AppError(
          'INTERNAL',
          'The running node closed the connection. Try again; if that does not help, restart it.',
        ),
      ),
    { once: true },
  );
  await promise;
  return {
    client: createORPCClient<NodeClient>(new RPCLink({ websocket: socket })),
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = new Promise<void>((done) => socket.addEventListener('close', () => done(), { once: true }));
      socket.close();
      await closed;
    },
  };
};
