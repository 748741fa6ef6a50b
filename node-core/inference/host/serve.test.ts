import { expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import type { LoadOrder } from './backend.ts';
import { serve } from './serve.ts';

const order: LoadOrder = {
  type: 'load',
  id: 1,
  model: 'a-model',
  path: 'nowhere.gguf',
  kind: 'chat',
  identity: 'one',
  architecture: 'llama',
  vocabularySize: 1,
  chatTemplate: null,
  slidingWindow: 0,
  contextLength: 16,
  sequences: 1,
  batchSize: 16,
  flashAttention: false,
  gpu: false,
  offload: false,
  threads: { decode: 1, prefill: 1 },
};

/** What the host says of a load that goes as `load` has it, once it says how it ended. */
const saidOf = async (load: Engine['load'], then: (tell: (message: unknown) => void) => void): Promise<string[]> => {
  const said: string[] = [];
  const ended = Promise.withResolvers<void>();
  let tell: (message: unknown) => void = () => undefined;
  serve(
    {
      post(message) {
        const type = String(Object(message).type);
        said.push(type);
        if (type === 'failed') ended.resolve();
      },
      onMessage(listener) {
        tell = listener;
      },
      onClose: () => undefined,
    },
    { ...createEngine(), load },
  );
  tell(order);
  then(tell);
  await ended.promise;
  return said;
};

it('tells why a model could not be loaded', async () => {
  expect(
    await saidOf(
      () => Promise.reject(new Error('The file ends early.')),
      () => undefined,
    ),
  ).toEqual(['hello', 'fault', 'failed']);
});

it('has nothing to tell of a load that was stopped on the way', async () => {
  const waiting: Engine['load'] = (_order, _onProgress, signal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('This operation was aborted', 'AbortError')));
    });
  expect(await saidOf(waiting, (tell) => setImmediate(() => tell({ type: 'cancel', target: 1 })))).toEqual([
    'hello',
    'failed',
  ]);
});
