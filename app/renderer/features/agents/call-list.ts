import type { CallEntry, CallNews, CallPage } from '../../../../node-core/contract/index.ts';

export interface CallList {
  readonly calls: readonly CallEntry[];
  /** Where older ones begin; null: there are none, undefined: not asked yet. */
  readonly next: string | null | undefined;
  /** Up to where was looked for what the filter means. */
  readonly reachedAt: number | null;
  readonly error: unknown;
}

export type CallListChange =
  | { readonly type: 'first'; readonly page: CallPage }
  | { readonly type: 'more'; readonly page: CallPage }
  | { readonly type: 'news'; readonly news: readonly CallNews[] }
  | { readonly type: 'fault'; readonly error: unknown }
  | { readonly type: 'empty' };

export const noCalls: CallList = { calls: [], next: undefined, reachedAt: null, error: null };

export const callKey = ({ runId, id }: Pick<CallEntry, 'runId' | 'id'>): string => `${runId} ${id}`;

const withNews = (state: CallList, { runId, id, call }: CallNews): CallList => {
  const { calls, next } = state;
  const at = calls.findIndex((other) => other.id === id && other.runId === runId);
  if (!call) return at < 0 ? state : { ...state, calls: calls.toSpliced(at, 1) };
  if (at >= 0) return { ...state, calls: calls.with(at, call) };
  const place = calls.findIndex((other) => other.startedAt <= call.startedAt);
  if (place >= 0) return { ...state, calls: calls.toSpliced(place, 0, call) };
  // Older than all that are here: it comes with a later page, unless there is none.
  return next === null ? { ...state, calls: [...calls, call] } : state;
};

export const reduceCalls = (state: CallList, change: CallListChange): CallList => {
  switch (change.type) {
    case 'empty':
      return noCalls;
    case 'first':
      return { ...change.page, error: null };
    case 'more': {
      const known = new Set(state.calls.map(callKey));
      return {
        ...change.page,
        calls: [...state.calls, ...change.page.calls.filter((call) => !known.has(callKey(call)))],
        error: null,
      };
    }
    case 'news':
      return change.news.reduce(withNews, state);
    case 'fault':
      return { ...state, error: change.error };
  }
};
