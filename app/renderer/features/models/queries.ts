import { useQuery } from '@tanstack/react-query';
import type { CatalogEntry, Download, InferenceStatus, Machine, Model } from '../../../../node-core/contract/index.ts';
import { api, queryClient } from '../../rpc/index.ts';

export const modelKeys = {
  list: ['models'] as const,
  status: ['inference'] as const,
  catalog: ['catalog'] as const,
  machine: ['machine'] as const,
  downloads: ['downloads'] as const,
};
const none: Model[] = [];
const noEntries: CatalogEntry[] = [];
const noDownloads: Download[] = [];

export const useModels = (): { readonly models: Model[]; readonly pending: boolean; readonly error: unknown } => {
  const result = useQuery({
    queryKey: modelKeys.list,
    queryFn: ({ signal }) => api.models.list(undefined, { signal }),
  });
  return { models: result.data ?? none, pending: result.isPending, error: result.error };
};

export const useInference = (): InferenceStatus | undefined =>
  useQuery({ queryKey: modelKeys.status, queryFn: ({ signal }) => api.models.status(undefined, { signal }) }).data;

export const useDefaultModel = (): Model | undefined => {
  const { models } = useModels();
  return models.find((model) => model.isDefault) ?? models[0];
};

/** What fits depends on what else takes memory now: asked again each time the place is opened. */
export const useCatalog = (): {
  readonly entries: CatalogEntry[];
  readonly pending: boolean;
  readonly error: unknown;
} => {
  const result = useQuery({
    queryKey: modelKeys.catalog,
    queryFn: ({ signal }) => api.models.catalog(undefined, { signal }),
    refetchOnMount: 'always',
  });
  return { entries: result.data ?? noEntries, pending: result.isPending, error: result.error };
};

/** Free memory and disk change by themselves, and so does the build of the engine. */
const machineAge = 5_000;
export const useMachine = (): { readonly machine: Machine | undefined; readonly error: unknown } => {
  const result = useQuery({
    queryKey: modelKeys.machine,
    queryFn: ({ signal }) => api.models.machine(undefined, { signal }),
    refetchOnMount: 'always',
    refetchInterval: machineAge,
  });
  return { machine: result.data, error: result.error };
};

/** Models on their way, the finished ones left out. */
export const useDownloads = (): readonly Download[] =>
  useQuery({
    queryKey: modelKeys.downloads,
    queryFn: ({ signal }) => api.models.downloads(undefined, { signal }),
  }).data?.filter(({ state }) => state !== 'done') ?? noDownloads;

/** A download as the core told it: in the library and in the list of those on their way. */
export const applyDownload = (download: Download): void => {
  queryClient.setQueryData<CatalogEntry[]>(modelKeys.catalog, (entries) =>
    entries?.map((entry) =>
      entry.id === download.id ? { ...entry, download: download.state === 'done' ? null : download } : entry,
    ),
  );
  queryClient.setQueryData<Download[]>(modelKeys.downloads, (downloads) => {
    if (!downloads) return downloads;
    const others = downloads.filter(({ id }) => id !== download.id);
    return download.state === 'done' ? others : [...others, download];
  });
  if (download.state !== 'done') return;
  for (const queryKey of [modelKeys.catalog, modelKeys.list, modelKeys.machine])
    void queryClient.invalidateQueries({ queryKey });
};
