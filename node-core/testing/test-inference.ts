import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, silentLogger } from '../common/index.ts';
import type { RuntimeConfig } from '../config/index.ts';
import type { HostProcess, Inference, InferenceComponents } from '../inference/index.ts';
import { createInference, forkHost } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import type { CatalogModel } from '../inference/catalog.ts';
import { openTestStore } from './open-test-store.ts';
import { testPace } from './test-downloads.ts';
import { sha256, tinyGguf, type TinyModelShape } from './tiny-gguf.ts';

/** The inference room over a real store, real host processes and a model with random weights in place of the built-in one. */
export interface TestInference {
  readonly inference: Inference;
  readonly store: Store;
  /** Holds the models; empty but for the built-in one. */
  readonly dir: string;
  /** Every host process so far, the newest last. */
  readonly hosts: readonly HostProcess[];
  writeModel(name: string, shape?: TinyModelShape): string;
  /** The same vault and models in a fresh inference room, as after a restart. */
  again(spawnHost?: () => HostProcess): Inference;
  dispose(): Promise<void>;
}

export interface TestInferenceOptions
  extends Partial<
    Pick<InferenceComponents, 'logger' | 'availableMemory' | 'memoryCapacity' | 'mayHaveGraphicsCard' | 'policy'>
  > {
  readonly builtin?: TinyModelShape;
  /** What can be downloaded, and from where. */
  readonly catalog?: readonly CatalogModel[];
  readonly modelMirror?: string;
  /** Bytes that prompt states may take; none are kept where left out. */
  readonly promptStates?: number;
  readonly runtimes?: readonly RuntimeConfig[];
}

export const createTestInference = ({
  builtin = {},
  catalog = [],
  modelMirror = 'http://127.0.0.1:9',
  promptStates,
  runtimes = [{ kind: 'llama', idleMinutes: 0 }],
  ...rest
}: TestInferenceOptions = {}): TestInference => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-models-'));
  const { store, dispose } = openTestStore();
  const hosts: HostProcess[] = [];
  const rooms: Inference[] = [];

  const writeModel = (name: string, shape: TinyModelShape = {}): string => {
    const path = join(dir, name);
    writeFileSync(path, tinyGguf(shape));
    return path;
  };
  const bytes = tinyGguf(builtin);
  writeFileSync(join(dir, 'tiny-builtin.gguf'), bytes);
  writeFileSync(
    join(dir, 'catalog.json'),
    JSON.stringify({
      models: [
        {
          id: 'jan-builtin',
          name: 'Tiny',
          description: 'Random weights',
          licence: 'not yet fixed',
          file: 'tiny-builtin.gguf',
          sha256: sha256(bytes),
          context: builtin.contextLength ?? 512,
        },
        ...catalog,
      ],
    }),
  );
  const open = (spawnHost = forkHost): Inference => {
    const inference = createInference({
      store: () => store,
      runtimes,
      clock: systemClock,
      logger: silentLogger,
      catalogPath: join(dir, 'catalog.json'),
      downloads: { dir: join(dir, 'models'), modelMirror, pace: testPace },
      ...(promptStates === undefined ? {} : { promptStates: { dir: join(dir, 'prompts'), limit: promptStates } }),
      ...rest,
      spawnHost: () => {
        const host = spawnHost();
        hosts.push(host);
        return host;
      },
    });
    rooms.push(inference);
    return inference;
  };
  return {
    inference: open(),
    store,
    dir,
    hosts,
    writeModel,
    again: open,
    async dispose() {
      await Promise.all(rooms.map((room) => room.stop()));
      dispose();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** The model that comes with Jan, in a host process of its own; `models`: where others would lie. */
export const builtInInference = (store: () => Store, models: string): Inference =>
  createInference({
    store,
    spawnHost: forkHost,
    runtimes: [{ kind: 'llama', idleMinutes: 0 }],
    downloads: { dir: models, modelMirror: 'http://127.0.0.1:9' },
    clock: systemClock,
    logger: silentLogger,
  });
