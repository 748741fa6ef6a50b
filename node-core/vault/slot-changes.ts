import type { Clock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import type { KeySources } from './find-key.ts';
import { findKey } from './find-key.ts';
import type { Header, SealedHeader, StoredSlot } from './header.ts';
import { removeKeyFile } from './key-file.ts';
import { removeKeychainKey } from './keychain.ts';
import { passphraseSlot, recoverySlot, storedKeySlot } from './new-slot.ts';
import { parseRecoveryCode } from './recovery-code.ts';
import { recoveryKey, unwrapKey, wrapKey } from './slots.ts';
import type { OpenVault } from './vault-files.ts';

interface SlotChangeComponents {
  readonly saveHeader: (content: Header, vaultKey: Buffer) => SealedHeader;
  readonly sources: KeySources;
  readonly clock: Clock;
  readonly requireOpen: () => OpenVault;
}

/** What a person may change about how the vault is opened, while it is open. */
export const createSlotChanges = ({ saveHeader, sources, clock, requireOpen }: SlotChangeComponents) => {
  const slotsNow = () => requireOpen().header.header.slots;
  const target = () => {
    const { header, vaultKey } = requireOpen();
    return { vaultId: header.header.vaultId, vaultKey, clock };
  };

  const saveSlots = (slots: readonly StoredSlot[]) => {
    const open = requireOpen();
    if (!slots.some((slot) => slot.confirmed)) {
      throw new AppError(
        'VAULT_LAST_SLOT',
        'This is the last way to open the vault. Add another one first, then remove this.',
      );
    }
    const { header } = open.header;
    open.header = saveHeader({ ...header, revision: header.revision + 1, slots: [...slots] }, open.vaultKey);
    open.store.noteRevision(open.header.header.revision);
  };

  return {
    addStoredKey: async () => {
      if (slotsNow().some((slot) => slot.kind === 'keychain' || slot.kind === 'key-file')) {
        throw new AppError('CONFLICT', 'A key for this vault is kept on this machine already.');
      }
      const slot = await storedKeySlot(target(), sources);
      saveSlots([...slotsNow(), slot]);
    },

    addPassphrase: async (passphrase: string) => {
      if (slotsNow().some((slot) => slot.kind === 'passphrase')) {
        throw new AppError('CONFLICT', 'This vault has a passphrase already. Change that one.');
      }
      const slot = await passphraseSlot(target(), passphrase);
      saveSlots([...slotsNow(), slot]);
    },

    changePassphrase: async (current: string, next: string) => {
      const { header } = requireOpen().header;
      const proof = await findKey(header, { with: 'passphrase', passphrase: current }, sources);
      proof.fill(0);
      const slot = await passphraseSlot(target(), next);
      saveSlots([...slotsNow().filter((old) => old.kind !== 'passphrase'), slot]);
    },

    createRecovery: async () => {
      const { slot, code } = recoverySlot(target());
      saveSlots([...slotsNow().filter((old) => old.kind !== 'recovery' || old.confirmed), slot]);
      return { slotId: slot.id, code };
    },

    /** The code typed back counts from now on; one from before does not any more. */
    confirmRecovery: async (slotId: string, code: string) => {
      const { vaultId, vaultKey } = target();
      const slot = slotsNow().find((candidate) => candidate.id === slotId && candidate.kind === 'recovery');
      if (!slot) throw new AppError('NOT_FOUND', 'This recovery code is not in the vault any more. Make a new one.');
      const wrappingKey = recoveryKey(parseRecoveryCode(code), slot.kdf);
      const proof = unwrapKey(vaultId, slot, wrappingKey);
      if (!proof)
        throw new AppError(
          'VAULT_WRONG_SECRET',
          'This is not the code that was just shown. Type that one, or make a new one.',
        );
      proof.fill(0);
      const { nonce: _nonce, wrapped: _wrapped, ...draft } = slot;
      const confirmed = wrapKey(vaultId, { ...draft, confirmed: true }, wrappingKey, vaultKey);
      wrappingKey.fill(0);
      saveSlots([...slotsNow().filter((old) => old.kind !== 'recovery'), confirmed]);
    },

    removeSlot: async (slotId: string) => {
      const slot = slotsNow().find((candidate) => candidate.id === slotId);
      if (!slot) throw new AppError('NOT_FOUND', 'This way to open the vault does not exist any more.');
      saveSlots(slotsNow().filter((other) => other.id !== slotId));
      if (slot.kind === 'key-file') removeKeyFile(sources.keyFile);
      if (slot.kind === 'keychain' && sources.keychain)
        await removeKeychainKey(sources.keychain, requireOpen().header.header.vaultId, slot.id);
    },
  };
};
