// Models as a benchmark needs them: the inference room over a vault of its own, in a directory that goes with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from '../node-core/common/index.ts';
import { createInference, forkHost, type HostProcess, type Inference } from '../node-core/inference/index.ts';
import { openStore } from '../node-core/storage/index.ts';
import { randomStoreKeys } from '../node-core/testing/open-test-store.ts';

export interface BenchEngine {
  readonly dir: string;
  /** Process id of the newest host. */
  readonly hostPid: number;
  /** One more room over the same vault. */
  open(): Inference;
  /** Once its rooms have stopped. */
  close(): void;
}

export const createBenchEngine = (): BenchEngine => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
  const store = openStore({ dir: join(dir, 'vault'), keys: randomStoreKeys() });
  let newest: HostProcess | undefined;
  return {
    dir,
    get hostPid() {
      return newest?.pid ?? process.pid;
    },
    open: () =>
      createInference({
        store: () => store,
        runtimes: [{ kind: 'llama', idleMinutes: 0 }],
        downloads: { dir: join(dir, 'models'), modelMirror: 'http://127.0.0.1:9' },
        clock: systemClock,
        logger: silentLogger,
        spawnHost: () => (newest = forkHost()),
      }),
    close() {
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

export const call = { signal: new AbortController().signal, actor: 'user' } as const;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
