import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { silentLogger } from '../common/index.ts';
import { type ConfigInput, parseConfig } from '../config/index.ts';
import type { Contract } from '../contract/index.ts';
import { createRuntime, type Runtime, type RuntimeComponents } from '../runtime.ts';

export interface TestNode {
  readonly runtime: Runtime;
  readonly dir: string;
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  /** The contract, as a window of the desktop calls it. */
  readonly client: ContractRouterClient<Contract>;
  /** Stops the node; its directory goes with it, unless it was given. */
  stop(): Promise<void>;
}

export interface TestNodeOptions {
  readonly dir?: string;
  readonly config?: Partial<ConfigInput>;
  readonly components?: Partial<RuntimeComponents>;
}

/** A real node on a free port and a directory of its own. */
export const startTestNode = async ({ dir, config, components }: TestNodeOptions = {}): Promise<TestNode> => {
  const dataDir = dir ?? mkdtempSync(join(tmpdir(), 'jan-node-'));
  const runtime = createRuntime(parseConfig({ ...config, dataDir }), {
    logger: silentLogger,
    version: '0.0.0',
    host: 'server',
    uiDir: join(dataDir, 'ui'),
    ...components,
  });
  await runtime.start();
  const { url } = runtime.server;
  const { port1: near, port2: far } = new MessageChannel();
  runtime.server.attach(far);
  const client = createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ port: near }));
  near.start();
  return {
    runtime,
    dir: dataDir,
    url,
    port: Number(new URL(url).port),
    apiKey: runtime.endpointKey,
    client,
    async stop() {
      near.close();
      await runtime.stop();
      if (dir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
