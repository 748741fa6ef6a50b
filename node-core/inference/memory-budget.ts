/** A model in memory, as far as making room is concerned. */
export interface Resident {
  readonly id: string;
  /** Bytes. */
  readonly memory: number;
  readonly pinned: boolean;
  readonly busy: boolean;
  /** On the monotonic clock. */
  readonly usedAt: number;
}

/** What has to happen before a model of a size can be loaded. */
export type Room =
  | { readonly kind: 'ready'; readonly evict: readonly string[] }
  /** These have to come to rest first. */
  | { readonly kind: 'wait'; readonly evict: readonly string[] }
  /** Only without these. */
  | { readonly kind: 'pinned'; readonly ids: readonly string[] }
  | { readonly kind: 'never' };

/** Which models leave for one that needs `needed` bytes where `free` are free: the one unused for longest first, never a pinned one. */
export const makeRoom = (needed: number, free: number, residents: readonly Resident[]): Room => {
  const missing = needed - free;
  if (missing <= 0) return { kind: 'ready', evict: [] };
  const oldestFirst = residents.toSorted((left, right) => left.usedAt - right.usedAt);
  const enough = (candidates: readonly Resident[]): string[] | null => {
    let gained = 0;
    const taken: string[] = [];
    for (const { id, memory } of candidates) {
      if (gained >= missing) break;
      gained += memory;
      taken.push(id);
    }
    return gained >= missing ? taken : null;
  };
  const idle = oldestFirst.filter(({ pinned, busy }) => !pinned && !busy);
  const now = enough(idle);
  if (now) return { kind: 'ready', evict: now };
  const later = enough([...idle, ...oldestFirst.filter(({ pinned, busy }) => !pinned && busy)]);
  if (later) return { kind: 'wait', evict: later };
  const pinned = oldestFirst.filter((resident) => resident.pinned);
  const unpinned = oldestFirst.filter((resident) => !resident.pinned);
  return enough([...unpinned, ...pinned]) ? { kind: 'pinned', ids: pinned.map(({ id }) => id) } : { kind: 'never' };
};
