import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../common/index.ts';
import { type ConfigInput, parseConfig } from '../config/index.ts';
import { createRuntime, type Runtime, type RuntimeComponents } from '../runtime.ts';

export interface TestNode {
  readonly runtime: Runtime;
  readonly dir: string;
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
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
  return {
    runtime,
    dir: dataDir,
    url,
    port: Number(new URL(url).port),
    apiKey: runtime.endpointKey,
    async stop() {
      await runtime.stop();
      if (dir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
