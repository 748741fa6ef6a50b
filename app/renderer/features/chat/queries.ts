import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { Thread } from '../../../../node-core/contract/index.ts';
import { api, queryClient } from '../../rpc/index.ts';

export const mostThreads = 500;
export const threadKeys = {
  all: ['threads'] as const,
  list: (query: string) => ['threads', query] as const,
  trash: ['threads', { trash: true }] as const,
};

/** Those that a person began; what programs made through the API is theirs. */
export const useThreads = (
  query: string,
): { readonly threads: readonly Thread[]; readonly pending: boolean; readonly error: unknown } => {
  const words = useDeferredValue(query.trim());
  const result = useQuery({
    queryKey: threadKeys.list(words),
    queryFn: ({ signal }) =>
      api.threads.list({ ...(words === '' ? {} : { query: words }), limit: mostThreads }, { signal }),
    placeholderData: (before) => before,
    select: (threads) => threads.filter(({ origin }) => origin === 'user'),
  });
  return { threads: result.data ?? [], pending: result.isPending, error: result.error };
};

export const useTrashedThreads = (): {
  readonly threads: readonly Thread[];
  readonly pending: boolean;
  readonly error: unknown;
} => {
  const result = useQuery({
    queryKey: threadKeys.trash,
    queryFn: ({ signal }) => api.threads.list({ trash: true, limit: mostThreads }, { signal }),
  });
  return { threads: result.data ?? [], pending: result.isPending, error: result.error };
};

/** A thread as an event told it: every list that has it shows it so; one that is new or gone makes them ask again. */
export const applyThread = (id: string | null, thread: Thread | null): void => {
  let isKnown = false;
  for (const [key, threads] of queryClient.getQueriesData<Thread[]>({ queryKey: threadKeys.all })) {
    if (!threads || !thread || thread.deletedAt !== null) continue;
    if (!threads.some((one) => one.id === id)) continue;
    isKnown = true;
    queryClient.setQueryData<Thread[]>(
      key,
      threads.map((one) => (one.id === thread.id ? thread : one)).toSorted((a, b) => b.updatedAt - a.updatedAt),
    );
  }
  if (!isKnown) void queryClient.invalidateQueries({ queryKey: threadKeys.all });
};
