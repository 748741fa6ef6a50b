import { QueryClient } from '@tanstack/react-query';
import { errorCode } from '../../../node-core/contract/errors.ts';

/** Server state. `system.events` says what changed, so nothing goes stale by time. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (count, error) => errorCode(error) === undefined && count < 2,
      retryDelay: 300,
    },
    mutations: { networkMode: 'always' },
  },
});
