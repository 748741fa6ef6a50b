import { api, queryClient } from '../../rpc/index.ts';
import { confirm } from '../../ui-store.ts';
import { settingsKeys } from '../settings/queries.ts';
import { showFault } from '../tasks/actions.ts';

const lock = async (): Promise<void> => {
  try {
    queryClient.setQueryData(settingsKeys.vault, await api.vault.lock());
  } catch (error) {
    showFault(error, 'The vault was not locked.');
  }
};

/** Asks first: the keys leave memory and whatever runs stops. */
export const lockVault = (): void =>
  confirm({
    title: 'Lock the vault?',
    text: 'The keys leave memory. Whatever the agent is doing pauses until you unlock it again.',
    action: 'Lock',
    run: lock,
  });
