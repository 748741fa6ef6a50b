import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ApiKey, PairingRequest, RequestEntry, UsageReport } from '../../../../node-core/contract/index.ts';
import type { Day } from '../../days.ts';
import { api } from '../../rpc/index.ts';

export const accessKeys = {
  keys: ['keys'] as const,
  pairing: ['pairing'] as const,
  usage: ['usage'] as const,
  requests: ['requests'] as const,
};

/** Requests, and so the last use of a key, are not announced one by one; while someone looks, they are asked for. */
const lookAgainAfter = 4_000;

interface Result<T> {
  readonly data: T | undefined;
  readonly error: unknown;
}

export const useKeys = (): Result<ApiKey[]> =>
  useQuery({
    queryKey: accessKeys.keys,
    queryFn: ({ signal }) => api.keys.list(undefined, { signal }),
    refetchOnMount: 'always',
    refetchInterval: lookAgainAfter,
  });

export const usePairing = (): readonly PairingRequest[] =>
  useQuery({ queryKey: accessKeys.pairing, queryFn: ({ signal }) => api.pairing.list(undefined, { signal }) }).data ??
  [];

export const useUsage = (from: Day, to: Day): Result<UsageReport> =>
  useQuery({
    queryKey: [...accessKeys.usage, from, to],
    queryFn: ({ signal }) => api.usage.report({ from, to }, { signal }),
    refetchInterval: lookAgainAfter,
    placeholderData: keepPreviousData,
  });

export interface RequestFilter {
  readonly keyId?: string;
  readonly modelId?: string;
  readonly outcome?: 'ok' | 'failed';
}

export const useRequests = (filter: RequestFilter): Result<RequestEntry[]> =>
  useQuery({
    queryKey: [...accessKeys.requests, filter],
    queryFn: ({ signal }) => api.requests.list(filter, { signal }),
    refetchInterval: lookAgainAfter,
    placeholderData: keepPreviousData,
  });
