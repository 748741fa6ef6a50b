import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, Emitter, type Event, newId } from '../common/index.ts';
import { type ApiKey, AppError, type Call, type ContractHandlers, errorCode } from '../contract/index.ts';
import { readSetting, type Store, writeSetting } from '../storage/index.ts';

/** What stands behind a key that was presented. */
export interface KeyHolder {
  readonly keyId: string;
  readonly actor: Call['actor'];
}

export interface KeyRing {
  /** The key in `endpoint.json`, made anew at every start and kept in memory alone. */
  readonly endpointKey: string;
  /** While the vault is locked only the endpoint key is known. */
  authenticate(key: string | undefined): KeyHolder | undefined;
  readonly handlers: ContractHandlers['keys'];
  /** Id of a key that no longer opens anything. */
  readonly onDidRevoke: Event<string>;
  /** Forgets what it read from the vault. */
  onLock(): void;
}

export interface KeyRingComponents {
  /** The open store, or none while the vault is locked. */
  readonly openStore: () => Store | undefined;
  /** The same, for calls that can't do without it: throws `VAULT_LOCKED`. */
  readonly store: () => Store;
  readonly clock: Clock;
  /** Whether `endpoint.json` is written. */
  readonly announced: boolean;
}

interface KnownKey {
  readonly entry: ApiKey;
  readonly hash: Buffer;
}

const hashKeySetting = 'apiKeyHashKey';
const visiblePrefix = 'jan_'.length + 6;
/** Writing the last use of a key more often than this would cost a disk flush per request. */
const lastUsedGrainMillis = 60_000;

const newKey = (): string => `jan_${randomBytes(32).toString('base64url')}`;
const hashWith = (hashKey: Buffer, key: string): Buffer => createHmac('sha256', hashKey).update(key).digest();

export const createKeyRing = ({ openStore, store, clock, announced }: KeyRingComponents): KeyRing => {
  const endpointKey = newKey();
  const endpointHashKey = randomBytes(32);
  const endpointHash = hashWith(endpointHashKey, endpointKey);
  const endpoint: ApiKey = {
    id: newId(),
    name: 'endpoint.json',
    prefix: endpointKey.slice(0, visiblePrefix),
    createdAt: clock.now(),
    lastUsedAt: null,
    endpoint: true,
  };
  const revoked = new Emitter<string>();
  /** Without a `hashKey` there never was a key. */
  let known: { readonly hashKey: Buffer | undefined; readonly keys: Map<string, KnownKey> } | undefined;

  const read = (from: Store) => {
    if (known) return known;
    const rows = from.all(from.qb.selectFrom('apiKey').selectAll().orderBy('createdAt'));
    const keys = new Map(
      rows.map(({ hash, endpoint: _own, ...row }) => [
        row.id,
        { entry: { ...row, endpoint: false }, hash: Buffer.from(hash, 'base64') },
      ]),
    );
    const stored = readSetting(from, hashKeySetting);
    known = { hashKey: typeof stored === 'string' ? Buffer.from(stored, 'base64') : undefined, keys };
    return known;
  };

  const newHashKey = (to: Store): Buffer => {
    const hashKey = randomBytes(32);
    writeSetting(to, hashKeySetting, hashKey.toString('base64'));
    return hashKey;
  };

  const noteUse = (from: Store, id: string, lastUsedAt: number | null): void => {
    const now = clock.now();
    if (lastUsedAt !== null && Math.abs(now - lastUsedAt) < lastUsedGrainMillis) return;
    try {
      from.write((tx) => tx.run(from.qb.updateTable('apiKey').set({ lastUsedAt: now }).where('id', '=', id)));
    } catch (error) {
      // A full disk must not keep anyone from reading.
      if (!errorCode(error)?.startsWith('STORAGE_')) throw error;
    }
    known = undefined;
  };

  return {
    endpointKey,
    authenticate(key) {
      if (key === undefined || key.length > 256) return undefined;
      if (timingSafeEqual(hashWith(endpointHashKey, key), endpointHash)) return { keyId: endpoint.id, actor: 'user' };
      const open = openStore();
      if (!open) return undefined;
      const { hashKey, keys } = read(open);
      if (!hashKey) return undefined;
      const hash = hashWith(hashKey, key);
      // Every key is compared, so that the time says nothing about which one is near.
      const match = [...keys.values()].filter((candidate) => timingSafeEqual(candidate.hash, hash))[0];
      if (!match) return undefined;
      noteUse(open, match.entry.id, match.entry.lastUsedAt);
      return { keyId: match.entry.id, actor: 'api' };
    },
    handlers: {
      list: () => [...(announced ? [endpoint] : []), ...[...read(store()).keys.values()].map(({ entry }) => entry)],
      create({ name }) {
        const to = store();
        const hashKey = read(to).hashKey ?? newHashKey(to);
        const key = newKey();
        const row = {
          id: newId(),
          name,
          prefix: key.slice(0, visiblePrefix),
          createdAt: clock.now(),
          lastUsedAt: null,
        };
        to.write((tx) =>
          tx.run(
            to.qb.insertInto('apiKey').values({ ...row, hash: hashWith(hashKey, key).toString('base64'), endpoint: 0 }),
          ),
        );
        known = undefined;
        return { key, entry: { ...row, endpoint: false } };
      },
      revoke({ id }) {
        if (id === endpoint.id)
          throw new AppError(
            'CONFLICT',
            "The key of endpoint.json is made anew at every start and can't be revoked. Restart Jan to replace it.",
          );
        const from = store();
        if (!read(from).keys.has(id))
          throw new AppError('NOT_FOUND', 'There is no such key. "jan keys list" shows what there is.');
        from.write((tx) => tx.run(from.qb.deleteFrom('apiKey').where('id', '=', id)));
        known = undefined;
        revoked.fire(id);
      },
    },
    onDidRevoke: revoked.event,
    onLock() {
      known?.hashKey?.fill(0);
      known = undefined;
    },
  };
};
