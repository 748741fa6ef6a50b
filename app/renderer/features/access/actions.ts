import type { ApiKey, KeyLimits, KeyScope } from '../../../../node-core/contract/index.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { confirm, showToast } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { accessKeys } from './queries.ts';

export interface KeyDraft {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly expiresAt: number | null;
  readonly limits: KeyLimits;
  readonly models: readonly string[] | null;
}

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: accessKeys.keys });
const sendable = (draft: KeyDraft) => ({
  ...draft,
  scopes: [...draft.scopes],
  models: draft.models && [...draft.models],
});

/** The key itself, which is told this once. */
export const createKey = async (draft: KeyDraft): Promise<{ key: string; entry: ApiKey } | undefined> => {
  try {
    const made = await api.keys.create(sendable(draft));
    await refresh();
    return made;
  } catch (error) {
    showFault(error, 'The key was not made.');
    return undefined;
  }
};

export const updateKey = async (id: string, draft: KeyDraft): Promise<boolean> => {
  try {
    await api.keys.update({ id, patch: sendable(draft) });
    await refresh();
    showToast({ tone: 'plain', text: 'Saved. It counts from the next request on.' });
    return true;
  } catch (error) {
    showFault(error, 'The key was not changed.');
    return false;
  }
};

export const revokeKey = ({ id, name }: ApiKey, onDone: () => void): void =>
  confirm({
    title: `Revoke “${name}”?`,
    text: 'Programs that use it are refused from now on, and answers they wait for end. What it used stays in the usage.',
    action: 'Revoke',
    danger: true,
    run: async () => {
      try {
        await api.keys.revoke({ id });
        onDone();
      } catch (error) {
        showFault(error, 'The key was not revoked.');
      }
      await refresh();
    },
  });

interface Grant {
  readonly code: string;
  readonly scopes: readonly KeyScope[];
  readonly expiresAt: number | null;
}

export const approvePairing = async ({ code, scopes, expiresAt }: Grant): Promise<void> => {
  try {
    await api.pairing.approve({ code, scopes: [...scopes], expiresAt });
    showToast({ tone: 'plain', text: 'Allowed. The program fetches its key now.' });
  } catch (error) {
    showFault(error, 'It was not allowed.');
  }
  await queryClient.invalidateQueries({ queryKey: accessKeys.pairing });
};

export const denyPairing = async (code: string): Promise<void> => {
  try {
    await api.pairing.deny({ code });
  } catch (error) {
    showFault(error, 'It was not denied.');
  }
  await queryClient.invalidateQueries({ queryKey: accessKeys.pairing });
};

export const clearRequests = (): void =>
  confirm({
    title: 'Clear the request log?',
    text: 'The list is emptied for good. Usage and budgets stay as they are.',
    action: 'Clear',
    danger: true,
    run: async () => {
      try {
        await api.requests.clear();
      } catch (error) {
        showFault(error, 'The log was not cleared.');
      }
      await queryClient.invalidateQueries({ queryKey: accessKeys.requests });
    },
  });
