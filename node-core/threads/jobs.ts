import { CancellationError } from '../contract/index.ts';

/** Work that goes on without the one who asked for it, until it ends, is cancelled, or the node stops or locks. */
export interface Jobs {
  /** `work` settles by itself soon after its signal fires; what it rejects with is a bug. */
  begin(id: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** Resolves once the work has ended; at once where there is none. */
  cancel(id: string): Promise<void>;
  has(id: string): boolean;
  /** Ends all; their signals' reason is {@link interruption}. */
  suspend(): Promise<void>;
}

/** Why a signal fired where nobody asked for it: the node stops, or its vault locks. */
export const interruption = new CancellationError('Jan stops or locks.');

export const createJobs = (): Jobs => {
  const active = new Map<string, { readonly end: AbortController; readonly settled: Promise<void> }>();
  const end = async (id: string, reason: CancellationError): Promise<void> => {
    const job = active.get(id);
    job?.end.abort(reason);
    await job?.settled;
  };
  return {
    begin(id, work) {
      const controller = new AbortController();
      const settled = work(controller.signal).finally(() => active.delete(id));
      active.set(id, { end: controller, settled });
    },
    cancel: (id) => end(id, new CancellationError()),
    has: (id) => active.has(id),
    async suspend() {
      await Promise.all([...active.keys()].map((id) => end(id, interruption)));
    },
  };
};
