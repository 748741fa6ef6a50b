import { forkHost } from '../../node-core/inference/index.ts';
import { inspectGguf } from '../../node-core/inference/gguf/inspect.ts';
import { availableMemory, readingShape } from '../../node-core/inference/load-plan.ts';
import { z } from 'zod';
import type { Contestant, ContestantOptions, Timing } from './contestant.ts';

const Message = z.object({
  type: z.string(),
  id: z.number().optional(),
  result: z.unknown().optional(),
  part: z.object({ type: z.string() }).optional(),
});
const Written = z.object({ outputTokens: z.number() });
const Measured = z.object({ threads: z.object({ decode: z.number(), prefill: z.number() }) });

export interface Ours extends Contestant {
  /** The model out of memory and in again, what it had read on disk. */
  again(states: { readonly dir: string; readonly key: string; readonly limit: number }): Promise<void>;
}

/** The inference host itself, over the channel that the node talks to it by. */
export const startOurs = async ({ model, sequences, contextLength, vocabulary }: ContestantOptions): Promise<Ours> => {
  const begun = performance.now();
  const host = forkHost();
  const waiting = new Map<
    number,
    { onPart: () => void; resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();
  const hello = Promise.withResolvers<void>();
  let next = 1;
  host.onMessage((raw) => {
    const { type, id = 0, result, part } = Message.parse(raw);
    if (type === 'hello') hello.resolve();
    else if (type === 'part' && part?.type === 'text') waiting.get(id)?.onPart();
    else if (type === 'done') waiting.get(id)?.resolve(result);
    else if (type === 'failed') waiting.get(id)?.reject(new Error(JSON.stringify(raw)));
  });
  const exited = new Promise<void>((resolve) => host.onExit(() => resolve()));
  await hello.promise;
  const order = (message: object, onPart: () => void = () => undefined): Promise<unknown> => {
    const id = next;
    next += 1;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { onPart, resolve, reject });
    host.post({ ...message, id });
    return promise.finally(() => waiting.delete(id));
  };
  const load = () =>
    order({
      type: 'load',
      model: 'm',
      path: model,
      kind: 'chat',
      identity: model,
      architecture: 'llama',
      vocabularySize: vocabulary,
      chatTemplate: null,
      slidingWindow: 0,
      contextLength,
      sequences,
      ...readingShape(inspectGguf(model), contextLength, sequences, availableMemory()),
      gpu: false,
      offload: false,
      threads: { decode: 2, prefill: 2 },
    });
  await load();
  const readyMs = performance.now() - begun;
  const { threads } = Measured.parse(await order({ type: 'calibrate', model: 'm' }));
  await order({ type: 'threads', model: 'm', threads });

  return {
    pid: host.pid ?? 0,
    readyMs,
    async ask(prompt, maxTokens): Promise<Timing> {
      const start = performance.now();
      let firstMs = 0;
      const result = await order(
        {
          type: 'generate',
          model: 'm',
          input: { tokens: prompt },
          tools: [],
          toolChoice: 'auto',
          parallelToolCalls: true,
          reasoning: null,
          grammar: null,
          maxTokens,
          sampling: {
            temperature: 0,
            topP: 1,
            topK: 40,
            minP: 0,
            seed: 1,
            presencePenalty: 0,
            frequencyPenalty: 0,
            logitBias: [],
          },
          logprobs: null,
          stop: [],
          overflow: 'error',
        },
        () => {
          firstMs ||= performance.now() - start;
        },
      );
      return { firstMs, totalMs: performance.now() - start, tokens: Written.parse(result).outputTokens };
    },
    async again(store) {
      await order({ type: 'unload', model: 'm' });
      await order({ type: 'states', store });
      await load();
    },
    async stop() {
      host.post({ type: 'shutdown' });
      await exited;
    },
  };
};
