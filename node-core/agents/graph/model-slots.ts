import { CancellationError } from '../../contract/index.ts';

/** As many questions at once as each model answers at once, over all runs. */
export interface ModelSlots {
  /** Runs take turns, so that one with many questions keeps no other waiting. Gives what to call at the end. @throws CancellationError */
  take(modelId: string, runId: string, signal: AbortSignal): Promise<() => void>;
}

interface Asked {
  taken: number;
  /** By run, the one whose turn is next first. */
  readonly waiting: Map<string, (() => void)[]>;
}

/** `count`: how many a model answers at once, now: one that is not loaded yet may answer more once it is. */
export const createModelSlots = (count: (modelId: string) => number): ModelSlots => {
  const models = new Map<string, Asked>();

  const fill = (modelId: string, asked: Asked): void => {
    while (asked.taken < count(modelId)) {
      const [next] = asked.waiting;
      if (!next) break;
      const [runId, [begin, ...rest]] = next;
      asked.waiting.delete(runId);
      if (rest.length > 0) asked.waiting.set(runId, rest);
      begin?.();
    }
    if (asked.taken === 0 && asked.waiting.size === 0) models.delete(modelId);
  };

  return {
    take(modelId, runId, signal) {
      if (signal.aborted) return Promise.reject(new CancellationError());
      const asked: Asked = models.get(modelId) ?? { taken: 0, waiting: new Map() };
      models.set(modelId, asked);
      return new Promise((resolve, reject) => {
        const begin = (): void => {
          signal.removeEventListener('abort', onAbort);
          asked.taken += 1;
          resolve(() => {
            asked.taken -= 1;
            fill(modelId, asked);
          });
        };
        const onAbort = (): void => {
          const others = asked.waiting.get(runId)?.filter((other) => other !== begin) ?? [];
          if (others.length > 0) asked.waiting.set(runId, others);
          else asked.waiting.delete(runId);
          reject(new CancellationError());
        };
        signal.addEventListener('abort', onAbort, { once: true });
        asked.waiting.set(runId, [...(asked.waiting.get(runId) ?? []), begin]);
        fill(modelId, asked);
      });
    },
  };
};
