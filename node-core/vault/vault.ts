import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, Emitter, type Event, newId, type Startable, systemClock } from '../common/index.ts';
import { AppError, type ContractHandlers, errorCode, type VaultStatus } from '../contract/index.ts';
import { guarded, lockDirectory, type Store, toStorageError, vaultDamaged } from '../storage/index.ts';
import { FORMAT, KEY_BYTES } from './constants.ts';
import { findKey, type KeySources, type Secret } from './find-key.ts';
import { authenticate, type Header } from './header.ts';
import type { Keychain } from './keychain.ts';
import { passphraseSlot, storedKeySlot } from './new-slot.ts';
import { createSlotChanges } from './slot-changes.ts';
import { publicSlot } from './slots.ts';
import { forget } from './subkeys.ts';
import { createVaultFiles, type OpenVault, type RawKey } from './vault-files.ts';

export interface VaultComponents {
  /** The data folder: the vault is its `vault/`, keys of this machine lie in its `keys/`. */
  readonly dir: string;
  /** Where the operating system has one that this process may use. */
  readonly keychain?: Keychain;
  /** Default: `keys/vault.key` in the data folder. */
  readonly keyFile?: string;
  readonly clock?: Clock;
}

/** One vault: missing, locked, open or damaged. Keys are in memory only while it is open. */
export interface Vault extends Startable {
  readonly handlers: ContractHandlers['vault'];
  status(): VaultStatus;
  readonly onDidChange: Event<VaultStatus>;
  /** @throws AppError `VAULT_LOCKED`, `VAULT_MISSING` */
  store(): Store;
  /**
   * Makes the vault and opens it. Without a passphrase its key is kept on this machine (keychain or key file).
   * @throws AppError `VAULT_EXISTS`, `VAULT_IN_USE`, `STORAGE_*`
   */
  create(options?: { readonly passphrase?: string }): Promise<VaultStatus>;
  /**
   * @param options.acceptRollback open although the vault is older than what this machine remembers of it
   * @throws AppError `VAULT_MISSING`, `VAULT_WRONG_SECRET`, `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT`, `VAULT_IN_USE`, `VAULT_ROLLED_BACK`
   */
  unlock(secret: Secret, options?: { readonly acceptRollback?: boolean }): Promise<VaultStatus>;
  lock(): Promise<VaultStatus>;
  /** Reads only; works also while the vault is open elsewhere. */
  exportRawKey(secret: Secret): Promise<RawKey>;
  /**
   * For a node that starts: creates the vault where there is none, and opens it where its key is kept on this machine.
   * A fault of the vault itself stands in `status().error` afterwards, so that a person can mend it in the UI.
   * @throws AppError `VAULT_IN_USE`, `STORAGE_*`: here nothing can be mended from inside
   */
  start(): Promise<void>;
}

const startFatal = (error: unknown) => {
  const code = errorCode(error);
  return code === undefined || code === 'VAULT_IN_USE' || code.startsWith('STORAGE_');
};

export const createVault = (components: VaultComponents): Vault => {
  const { dir, keychain, clock = systemClock } = components;
  const files = createVaultFiles({ dir, keychain, clock });
  const sources: KeySources = { keychain, keyFile: components.keyFile ?? join(dir, 'keys', 'vault.key') };
  const changed = new Emitter<VaultStatus>();
  let open: OpenVault | undefined;
  let failure: AppError | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: deriving a key takes half a second, in which a second click may come. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const status = (): VaultStatus => {
    const error = failure ? { code: failure.code, message: failure.message } : null;
    if (open) return { state: 'open', slots: open.header.header.slots.map(publicSlot), error: null };
    if (!files.exist()) return { state: 'missing', slots: [], error };
    try {
      const { header } = files.readHeader();
      return {
        state: failure?.code === 'VAULT_DAMAGED' ? 'damaged' : 'locked',
        slots: header.slots.map(publicSlot),
        error,
      };
    } catch (cause) {
      const fault = cause instanceof AppError ? cause : vaultDamaged('vault.json can not be read.', cause);
      return { state: 'damaged', slots: [], error: { code: fault.code, message: fault.message } };
    }
  };

  const announce = (): VaultStatus => {
    const now = status();
    changed.fire(now);
    return now;
  };

  const create = async ({ passphrase }: { readonly passphrase?: string } = {}): Promise<VaultStatus> => {
    guarded(() => mkdirSync(dir, { recursive: true, mode: 0o700 }));
    const lock = lockDirectory(dir);
    const vaultKey = randomBytes(KEY_BYTES);
    try {
      if (files.exist()) {
        throw new AppError(
          'VAULT_EXISTS',
          'There is a vault in this folder already. Unlock it, or choose another folder with --data.',
        );
      }
      const vaultId = newId();
      const target = { vaultId, vaultKey, clock };
      const slot =
        passphrase === undefined ? await storedKeySlot(target, sources) : await passphraseSlot(target, passphrase);
      const salt = randomBytes(KEY_BYTES);
      const content: Header = {
        format: FORMAT,
        vaultId,
        revision: 1,
        createdAt: clock.now(),
        salt: salt.toString('hex'),
        slots: [slot],
      };
      const header = files.build(content, vaultKey);
      open = await files.open(header, vaultKey, lock, false);
      failure = undefined;
    } catch (error) {
      vaultKey.fill(0);
      lock.dispose();
      throw toStorageError(error);
    }
    return announce();
  };

  const unlock = async (secret: Secret, { acceptRollback = false } = {}): Promise<VaultStatus> => {
    if (open) return status();
    files.readHeader();
    const lock = lockDirectory(dir);
    let vaultKey: Buffer | undefined;
    try {
      const header = files.readHeader();
      vaultKey = await findKey(header.header, secret, sources);
      authenticate(header, vaultKey);
      open = await files.open(header, vaultKey, lock, acceptRollback);
      failure = undefined;
    } catch (error) {
      vaultKey?.fill(0);
      lock.dispose();
      if (error instanceof AppError && (error.code === 'VAULT_DAMAGED' || error.code === 'VAULT_ROLLED_BACK')) {
        failure = error;
        announce();
      }
      throw error;
    }
    return announce();
  };

  const lock = async (): Promise<VaultStatus> => {
    if (!open) return status();
    const closing = open;
    open = undefined;
    try {
      closing.store.close();
    } finally {
      closing.vaultKey.fill(0);
      closing.freshnessKey.fill(0);
      forget(closing.keys);
    }
    return announce();
  };

  const requireOpen = (): OpenVault => {
    if (open) return open;
    if (status().state === 'missing')
      throw new AppError(
        'VAULT_MISSING',
        'There is no vault here yet. Create one, or choose the right folder with --data.',
      );
    throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  };

  const slots = createSlotChanges({ saveHeader: files.saveHeader, sources, clock, requireOpen });
  const changing =
    <Input extends unknown[], T>(change: (...input: Input) => Promise<T>) =>
    (...input: Input) =>
      inTurn(async () => {
        const result = await change(...input);
        announce();
        return result;
      });

  const vault: Vault = {
    status,
    onDidChange: changed.event,
    store: () => requireOpen().store,
    create: (options) => inTurn(() => create(options)),
    unlock: (secret, options) => inTurn(() => unlock(secret, options)),
    lock: () => inTurn(lock),

    exportRawKey: async (secret) => {
      const header = files.readHeader();
      const vaultKey = await findKey(header.header, secret, sources);
      authenticate(header, vaultKey);
      const raw = files.rawKey(header.header, vaultKey);
      vaultKey.fill(0);
      return raw;
    },

    start: async () => {
      try {
        if (status().state === 'missing') await vault.create();
        else if (files.readHeader().header.slots.some((slot) => slot.kind === 'keychain' || slot.kind === 'key-file'))
          await vault.unlock({ with: 'stored-key' });
      } catch (error) {
        if (!(error instanceof AppError) || startFatal(error)) throw error;
        failure = error;
        announce();
      }
    },

    stop: async () => {
      await vault.lock();
      changed.dispose();
    },

    handlers: {
      status: () => status(),
      unlock: ({ acceptRollback, ...secret }) => vault.unlock(secret, { acceptRollback: acceptRollback ?? false }),
      lock: () => vault.lock(),
      addStoredKey: async () => {
        await changing(slots.addStoredKey)();
        return status();
      },
      addPassphrase: async ({ passphrase }) => {
        await changing(slots.addPassphrase)(passphrase);
        return status();
      },
      changePassphrase: async ({ current, next }) => {
        await changing(slots.changePassphrase)(current, next);
        return status();
      },
      createRecovery: () => changing(slots.createRecovery)(),
      confirmRecovery: async ({ slotId, code }) => {
        await changing(slots.confirmRecovery)(slotId, code);
        return status();
      },
      removeSlot: async ({ slotId }) => {
        await changing(slots.removeSlot)(slotId);
        return status();
      },
    },
  };
  return vault;
};
