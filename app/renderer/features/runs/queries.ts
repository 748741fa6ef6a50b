import { useQuery } from '@tanstack/react-query';
import type { Run } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';

export const runKeys = { list: ['runs'] as const };
const none: Run[] = [];

export const useRuns = (): { readonly runs: Run[]; readonly pending: boolean; readonly error: unknown } => {
  const result = useQuery({
    queryKey: runKeys.list,
    queryFn: ({ signal }) => api.runs.list({ limit: 200 }, { signal }),
  });
  return { runs: result.data ?? none, pending: result.isPending, error: result.error };
};

export const isActive = (run: Pick<Run, 'state'>): boolean =>
  run.state === 'running' || run.state === 'queued' || run.state === 'waiting';
