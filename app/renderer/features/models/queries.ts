import { useQuery } from '@tanstack/react-query';
import type { InferenceStatus, Model } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';

export const modelKeys = { list: ['models'] as const, status: ['inference'] as const };
const none: Model[] = [];

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
