import { CancellationError } from '../contract/index.ts';

/** Work that goes on without the one who asked for it, until it ends, is cancelled, or the node stops or locks. */
export interface Jobs {
  /** `settled` resolves soon after `end` is called, and never rejects. `keyId`: the key that began it, which it ends with. */
  add(id: string, end: AbortController, settled: Promise<void>, keyId?: string): void;
  /** Resolves once the work has ended; at once where there is none. */
  cancel(id: string): Promise<void>;
  /** The same for everything that the key began. */
  cancelOf(keyId: string): Promise<void>;
  /** Ends all; their signals' reason is {@link interruption}. */
  suspend(): Promise<void>;
}

/** Why a signal fired where nobody asked for it: the node stops, or its vault locks. */
export const interruption = new CancellationError('Jan stops or locks.');

export const createJobs = (): Jobs => {
  const active = new Map<
    string,
    { readonly end: AbortController; readonly settled: Promise<void>; readonly keyId: string | undefined }
  >();
  const end = async (id: string, reason: CancellationError): Promise<void> => {
    const job = active.get(id);
    job?.end.abort(reason);
    await job?.settled;
  };
  return {
    add(id, controller, settled, keyId) {
      active.set(id, { end: controller, settled: settled.finally(() => active.delete(id)), keyId });
    },
    cancel: (id) => end(id, new CancellationError()),
    async cancelOf(keyId) {
      const own = [...active].filter(([, job]) => job.keyId === keyId);
      await Promise.all(own.map(([id]) => end(id, new CancellationError())));
    },
    async suspend() {
      await Promise.all([...active.keys()].map((id) => end(id, interruption)));
    },
  };
};
