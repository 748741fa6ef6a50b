/** Requests that may wait, so that a burst can't grow without end: of one asker, for one model, and in all. */
export const limits = { asker: 64, model: 128, all: 256 } as const;
export type Limit = keyof typeof limits;

export interface Waiting {
  readonly modelId: string;
  readonly asker: string;
  /** Position in the order of arrival. */
  readonly order: number;
}

/** Who waits for which model. Askers of a model take turns; what one asker asks for keeps its order. */
export interface FairQueue<T extends Waiting> {
  /** The limit that keeps an entry of this asker out; undefined where there is room. */
  full(modelId: string, asker: string): Limit | undefined;
  add(entry: T): void;
  /** Takes the entry whose turn it is among those that came before `order`. */
  next(modelId: string, order: number): T | undefined;
  /** Models that are waited for, the one waited for longest first, with the order of its oldest entry. */
  models(): { readonly modelId: string; readonly order: number }[];
  of(modelId: string): T[];
  /** False where it is no longer in the queue. */
  remove(entry: T): boolean;
  readonly size: number;
}

export const createFairQueue = <T extends Waiting>(): FairQueue<T> => {
  /** By model, then by asker; the asker whose turn it is comes first. */
  const queues = new Map<string, Map<string, T[]>>();
  let size = 0;

  const of = (modelId: string): T[] => [...(queues.get(modelId)?.values() ?? [])].flat();

  const drop = (modelId: string, asker: string, index: number): T | undefined => {
    const askers = queues.get(modelId);
    const entries = askers?.get(asker);
    const [entry] = entries?.splice(index, 1) ?? [];
    if (!entry) return undefined;
    size -= 1;
    if (entries?.length === 0) askers?.delete(asker);
    if (askers?.size === 0) queues.delete(modelId);
    return entry;
  };

  return {
    full(modelId, asker) {
      if (size >= limits.all) return 'all';
      if (of(modelId).length >= limits.model) return 'model';
      let own = 0;
      for (const askers of queues.values()) own += askers.get(asker)?.length ?? 0;
      return own >= limits.asker ? 'asker' : undefined;
    },
    add(entry) {
      const askers = queues.get(entry.modelId) ?? new Map<string, T[]>();
      queues.set(entry.modelId, askers);
      askers.set(entry.asker, [...(askers.get(entry.asker) ?? []), entry]);
      size += 1;
    },
    next(modelId, order) {
      const askers = queues.get(modelId);
      for (const [asker, [head]] of askers ?? []) {
        if (!head || head.order >= order) continue;
        drop(modelId, asker, 0);
        const rest = askers?.get(asker);
        if (rest) {
          askers?.delete(asker);
          askers?.set(asker, rest);
        }
        return head;
      }
      return undefined;
    },
    models: () =>
      [...queues.keys()]
        .map((modelId) => ({ modelId, order: Math.min(...of(modelId).map(({ order }) => order)) }))
        .toSorted((left, right) => left.order - right.order),
    of,
    remove(entry) {
      const index = queues.get(entry.modelId)?.get(entry.asker)?.indexOf(entry) ?? -1;
      return index >= 0 && drop(entry.modelId, entry.asker, index) !== undefined;
    },
    get size() {
      return size;
    },
  };
};
