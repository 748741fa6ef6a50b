import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Task, TaskQuery } from '../../../../node-core/contract/index.ts';
import { type Day, today } from '../../days.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { knownTask, taskKeys } from './cache.ts';

const none: Task[] = [];

export interface TaskListState {
  readonly tasks: Task[];
  /** The first answer is not there yet. */
  readonly pending: boolean;
  readonly error: unknown;
}

export const taskListQuery = (query: TaskQuery) => ({
  queryKey: taskKeys.list(query),
  queryFn: ({ signal }: { signal: AbortSignal }) => api.tasks.list(query, { signal }),
  // Comparing ten thousand rows field by field costs more than drawing forty of them again.
  structuralSharing: false as const,
});

export const useTasks = (query: TaskQuery): TaskListState => {
  const result = useQuery(taskListQuery(query));
  return { tasks: result.data ?? none, pending: result.isPending, error: result.error };
};

/** Enough rows to fill any window. */
const firstRows = 120;

/** The tasks of a project, done ones too. Of a long one the first rows come at once and the rest behind them. */
export const useProjectTasks = (projectId: string): TaskListState & { readonly isPart: boolean } => {
  const query: TaskQuery = { view: 'project', projectId, includeDone: true };
  const known = queryClient.getQueryData(taskKeys.list(query)) !== undefined;
  const first = useQuery({
    queryKey: ['project-first', projectId],
    queryFn: async ({ signal }) => {
      const rows = await api.tasks.list({ ...query, limit: firstRows }, { signal });
      if (rows.length < firstRows) queryClient.setQueryData(taskKeys.list(query), rows);
      return rows;
    },
    enabled: !known,
    gcTime: 0,
    structuralSharing: false,
  });
  const all = useQuery({ ...taskListQuery(query), enabled: known || !first.isPending });
  const tasks = all.data ?? first.data;
  return {
    tasks: tasks ?? none,
    pending: tasks === undefined,
    error: all.error ?? first.error,
    isPart: all.data === undefined,
  };
};

export const useTask = (id: string): { readonly task: Task | undefined; readonly error: unknown } => {
  const result = useQuery({
    queryKey: taskKeys.one(id),
    queryFn: ({ signal }) => api.tasks.get({ id }, { signal }),
    initialData: () => knownTask(id),
  });
  return { task: result.data, error: result.error };
};

/** Today, and tomorrow once midnight has passed. */
export const useToday = (): Day => {
  const [day, setDay] = useState(today);
  useEffect(() => {
    const timer = setInterval(() => setDay(today()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return day;
};

export const useCounts = ():
  | { readonly inbox: number; readonly today: number; readonly overdue: number }
  | undefined => {
  const day = useToday();
  return useQuery({
    queryKey: [...taskKeys.counts, day],
    queryFn: ({ signal }) => api.tasks.counts({ today: day }, { signal }),
  }).data;
};

export const useTags = (): readonly { readonly tag: string; readonly count: number }[] =>
  useQuery({ queryKey: ['tags'], queryFn: ({ signal }) => api.tags.list(undefined, { signal }) }).data ?? [];
