import { useQuery } from '@tanstack/react-query';
import type { NodeInfo, Settings, VaultStatus } from '../../../../node-core/contract/index.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';

export const settingsKeys = {
  settings: ['settings'] as const,
  vault: ['vault'] as const,
  info: ['info'] as const,
};

export const useVault = (): { readonly vault: VaultStatus | undefined; readonly error: unknown } => {
  const result = useQuery({
    queryKey: settingsKeys.vault,
    queryFn: ({ signal }) => api.vault.status(undefined, { signal }),
  });
  return { vault: result.data, error: result.error };
};

export const useInfo = (): NodeInfo | undefined =>
  useQuery({ queryKey: settingsKeys.info, queryFn: ({ signal }) => api.system.info(undefined, { signal }) }).data;

export const useSettings = (): Settings | undefined =>
  useQuery({ queryKey: settingsKeys.settings, queryFn: ({ signal }) => api.system.settings(undefined, { signal }) })
    .data;

export const updateSettings = async (patch: Partial<Settings>): Promise<void> => {
  const before = queryClient.getQueryData<Settings>(settingsKeys.settings);
  if (before) queryClient.setQueryData(settingsKeys.settings, { ...before, ...patch });
  try {
    queryClient.setQueryData(settingsKeys.settings, await api.system.updateSettings(patch));
  } catch (error) {
    queryClient.setQueryData(settingsKeys.settings, before);
    showFault(error, 'The setting was not saved.');
  }
};
