import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Disposable, Emitter, type Event, newId, type Startable, systemClock } from '../common/index.ts';
import { AppError, type ContractHandlers, errorCode, type VaultStatus } from '../contract/index.ts';
import { guarded, keyPragma, lockDirectory, openStore, type Store, type StoreKeys, syncDirectory, toStorageError, vaultDamaged } from '../storage/index.ts';
import { FORMAT, KEY_BYTES } from './constants.ts';
import { findKey, type KeySources, type Secret } from './find-key.ts';
import { authenticate, type Header, headerExists, readHeader, type SealedHeader, writeHeader } from './header.ts';
import { type Keychain, keychainGeneration, rememberGeneration } from './keychain.ts';
import { passphraseSlot, storedKeySlot } from './new-slot.ts';
import { createSlotChanges } from './slot-changes.ts';
import { publicSlot } from './slots.ts';
import { forget, storeKeys, subkey } from './subkeys.ts';

export interface VaultComponents {
  /** The data folder: the vault is its `vault/`, keys of this machine lie in its `keys/`. */
  readonly dir: string;
  /** Where the operating system has one that this process may use. */
  readonly keychain?: Keychain;
  /** Default: `keys/vault.key` in the data folder. */
  readonly keyFile?: string;
  readonly clock?: Clock;
}

/** What a documented command prints, so that the database can be read without Jan. */
export interface RawKey {
  /** Hex, 32 bytes. */
  readonly key: string;
  /** Hex, 16 bytes; also the first bytes of `jan.db`. */
  readonly salt: string;
  /** The statement that opens `jan.db` in SQLCipher 4. */
  readonly pragma: string;
  readonly database: string;
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

export interface OpenVault {
  header: SealedHeader;
  readonly vaultKey: Buffer;
  readonly keys: StoreKeys;
  readonly freshnessKey: Buffer;
  readonly store: Store;
}

const startFatal = (error: unknown) => {
  const code = errorCode(error);
  return code === undefined || code === 'VAULT_IN_USE' || code.startsWith('STORAGE_');
};

export const createVault = (components: VaultComponents): Vault => {
  const { dir, keychain, clock = systemClock } = components;
  const vaultDir = join(dir, 'vault');
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
    if (!headerExists(vaultDir) && !existsSync(join(vaultDir, 'jan.db'))) return { state: 'missing', slots: [], error };
    try {
      const { header } = readHeader(vaultDir);
      return { state: failure?.code === 'VAULT_DAMAGED' ? 'damaged' : 'locked', slots: header.slots.map(publicSlot), error };
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

  const readExisting = (): SealedHeader => {
    if (!headerExists(vaultDir) && existsSync(join(vaultDir, 'jan.db'))) throw vaultDamaged('vault.json, which holds the keys, is missing.');
    return readHeader(vaultDir);
  };

  const keysOf = ({ vaultId, salt }: Header, vaultKey: Buffer) => {
    const saltBytes = Buffer.from(salt, 'hex');
    const freshness = { headPath: join(dir, 'keys', `${vaultId}.head`), key: subkey(vaultKey, saltBytes, 'freshness') };
    return { keys: storeKeys(vaultKey, saltBytes, vaultId), freshness };
  };

  const openWith = async (header: SealedHeader, vaultKey: Buffer, lock: Disposable, acceptRollback: boolean): Promise<OpenVault> => {
    const { revision, vaultId, slots: stored } = header.header;
    const { keys, freshness } = keysOf(header.header, vaultKey);
    const remembering = stored.some((slot) => slot.kind === 'keychain') ? keychain : undefined;
    try {
      const atLeast = remembering ? await keychainGeneration(remembering, vaultId) : 0;
      const store = openStore({ dir: vaultDir, keys, clock, lock, mustExist: true, freshness: { ...freshness, revision, atLeast, accept: acceptRollback } });
      store.onDidSeal((generation) => remembering && void rememberGeneration(remembering, vaultId, generation));
      return { header, vaultKey, keys, freshnessKey: freshness.key, store };
    } catch (error) {
      forget(keys);
      freshness.key.fill(0);
      throw error;
    }
  };

  const create = async ({ passphrase }: { readonly passphrase?: string } = {}): Promise<VaultStatus> => {
    guarded(() => mkdirSync(dir, { recursive: true, mode: 0o700 }));
    const lock = lockDirectory(dir);
    const vaultKey = randomBytes(KEY_BYTES);
    try {
      if (headerExists(vaultDir) || existsSync(join(vaultDir, 'jan.db'))) {
        throw new AppError('VAULT_EXISTS', 'There is a vault in this folder already. Unlock it, or choose another folder with --data.');
      }
      const vaultId = newId();
      const target = { vaultId, vaultKey, clock };
      const slot = passphrase === undefined ? await storedKeySlot(target, sources) : await passphraseSlot(target, passphrase);
      const salt = randomBytes(KEY_BYTES);
      const content: Header = { format: FORMAT, vaultId, revision: 1, createdAt: clock.now(), salt: salt.toString('hex'), slots: [slot] };
      const header = buildAside(content, vaultKey);
      open = await openWith(header, vaultKey, lock, false);
      failure = undefined;
    } catch (error) {
      vaultKey.fill(0);
      lock.dispose();
      throw toStorageError(error);
    }
    return announce();
  };

  /** Built in a folder of its own and moved into place, so that a crash leaves a whole vault or none. */
  const buildAside = (content: Header, vaultKey: Buffer): SealedHeader => {
    const aside = join(dir, 'vault.new');
    guarded(() => rmSync(aside, { recursive: true, force: true }));
    const { keys, freshness } = keysOf(content, vaultKey);
    try {
      openStore({ dir: aside, keys, clock, freshness }).close();
      const header = writeHeader(aside, content, vaultKey);
      guarded(() => {
        rmSync(join(aside, 'in-use'), { force: true });
        renameSync(aside, vaultDir);
        syncDirectory(dir);
      });
      return header;
    } finally {
      forget(keys);
      freshness.key.fill(0);
    }
  };

  const unlock = async (secret: Secret, { acceptRollback = false } = {}): Promise<VaultStatus> => {
    if (open) return status();
    readExisting();
    const lock = lockDirectory(dir);
    let vaultKey: Buffer | undefined;
    try {
      const header = readExisting();
      vaultKey = await findKey(header.header, secret, sources);
      authenticate(header, vaultKey);
      open = await openWith(header, vaultKey, lock, acceptRollback);
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
    if (status().state === 'missing') throw new AppError('VAULT_MISSING', 'There is no vault here yet. Create one, or choose the right folder with --data.');
    throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  };

  const slots = createSlotChanges({ vaultDir, sources, clock, requireOpen });
  const changing = <Input extends unknown[], T>(change: (...input: Input) => Promise<T>) => (...input: Input) =>
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
      const header = readExisting();
      const vaultKey = await findKey(header.header, secret, sources);
      authenticate(header, vaultKey);
      const keys = storeKeys(vaultKey, Buffer.from(header.header.salt, 'hex'), header.header.vaultId);
      const { key, salt } = keys.database;
      const raw = { key: key.toString('hex'), salt: salt.toString('hex'), pragma: `PRAGMA ${keyPragma(keys.database)};`, database: join(vaultDir, 'jan.db') };
      vaultKey.fill(0);
      forget(keys);
      return raw;
    },

    start: async () => {
      try {
        if (status().state === 'missing') await vault.create();
        else if (readExisting().header.slots.some((slot) => slot.kind === 'keychain' || slot.kind === 'key-file')) await vault.unlock({ with: 'stored-key' });
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
