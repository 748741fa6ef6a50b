import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Clock, Emitter, type Event, newId } from '../common/index.ts';
import {
  type ApiKey,
  AppError,
  type Call,
  type ContractHandlers,
  KeyLimits,
  KeyScope,
  type NewKey,
} from '../contract/index.ts';
import { readSetting, type Store, writeSetting } from '../storage/index.ts';
import type { Batched } from './gate-writer.ts';
import { createSignIn, type SignIn } from './keys-sign-in.ts';

/** What stands behind a key that was presented. */
export interface KeyHolder {
  readonly keyId: string;
  readonly actor: Call['actor'];
  readonly scopes: ReadonlySet<KeyScope>;
  /** Ids of the models it may use; `null` is all. */
  readonly models: ReadonlySet<string> | null;
  readonly limits: KeyLimits;
}

export interface KeyRing extends Batched {
  /** The key in `endpoint.json`, made anew at every start and kept in memory alone. */
  readonly endpointKey: string;
  /** Who has the key in `endpoint.json`, or a window of this desktop. */
  readonly person: KeyHolder;
  /** Browsers that take the place of the endpoint key. */
  readonly signIn: SignIn;
  /**
   * While the vault is locked only the endpoint key, and what was signed in with it, is known.
   * @throws AppError `KEY_EXPIRED`
   */
  authenticate(key: string | undefined): KeyHolder | undefined;
  /** What a key that was let in may do by now. @throws AppError `UNAUTHORIZED` (revoked), `KEY_EXPIRED` */
  current(holder: KeyHolder): KeyHolder;
  /** Makes a key. */
  issue(asked: z.infer<typeof NewKey>): { readonly key: string; readonly entry: ApiKey };
  readonly handlers: ContractHandlers['keys'];
  /** Every key there ever was, by id. */
  names(): ReadonlyMap<string, { readonly name: string; readonly revoked: boolean }>;
  /** Id of a key that no longer opens anything. */
  readonly onDidEnd: Event<string>;
  /** The list is another. */
  readonly onDidChange: Event<void>;
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
  readonly holder: KeyHolder;
  readonly hash: Buffer;
}
interface Known {
  /** Without one there never was a key. */
  readonly hashKey: Buffer | undefined;
  readonly keys: ReadonlyMap<string, KnownKey>;
  readonly names: ReadonlyMap<string, { readonly name: string; readonly revoked: boolean }>;
}

/** The endpoint key is another at every start; what it used belongs together. */
const endpointKeyId = 'endpoint';
/** What chats and runs in Jan itself use is counted under this id. */
export const appKeyId = 'app';
const ownNames = [
  [endpointKeyId, { name: 'endpoint.json', revoked: false }],
  [appKeyId, { name: 'Jan itself', revoked: false }],
] as const;
const hashKeySetting = 'apiKeyHashKey';
const visiblePrefix = 'jan_'.length + 6;
/** The last use is kept no more exactly than this. */
const lastUsedGrainMillis = 60_000;
/** What a timer can wait for. */
const longestWait = 2 ** 31 - 1;
const allScopes = KeyScope.options;
const noLimits: KeyLimits = { requestsPerMinute: null, tokensPerDay: null, tokensPerMonth: null, tokensInAll: null };
const Models = z.array(z.string()).nullable();

const newKey = (): string => `jan_${randomBytes(32).toString('base64url')}`;
const hashWith = (hashKey: Buffer, key: string): Buffer => createHmac('sha256', hashKey).update(key).digest();

const revokedError = () =>
  new AppError('UNAUTHORIZED', 'This key was revoked. Ask the owner of this Jan for another one.');
const expiredError = (at: number) =>
  new AppError(
    'KEY_EXPIRED',
    `This key expired on ${new Date(at).toISOString()}. Make a new one, or give it more time, in Settings or with "jan keys update".`,
    { data: { expiredAt: at } },
  );
const noSuchKey = () => new AppError('NOT_FOUND', 'There is no such key. "jan keys list" shows what there is.');

const holderOf = ({ id, scopes, models, limits }: ApiKey): KeyHolder => ({
  keyId: id,
  actor: 'api',
  scopes: new Set(scopes),
  models: models && new Set(models),
  limits,
});

/** What a patch leaves out stays. */
const withLimits = (
  limits: KeyLimits,
  patch: Partial<Record<keyof KeyLimits, number | null | undefined>> = {},
): KeyLimits => {
  const pick = (name: keyof KeyLimits) => (patch[name] === undefined ? limits[name] : patch[name]);
  return {
    requestsPerMinute: pick('requestsPerMinute'),
    tokensPerDay: pick('tokensPerDay'),
    tokensPerMonth: pick('tokensPerMonth'),
    tokensInAll: pick('tokensInAll'),
  };
};

export const createKeyRing = ({ openStore, store, clock, announced }: KeyRingComponents): KeyRing => {
  const endpointKey = newKey();
  const endpointHashKey = randomBytes(32);
  const endpointHash = hashWith(endpointHashKey, endpointKey);
  const signIn = createSignIn({ clock });
  const endpoint: ApiKey = {
    id: endpointKeyId,
    name: 'endpoint.json',
    prefix: endpointKey.slice(0, visiblePrefix),
    createdAt: clock.now(),
    lastUsedAt: null,
    endpoint: true,
    scopes: [...allScopes],
    expiresAt: null,
    limits: noLimits,
    models: null,
  };
  const person: KeyHolder = { ...holderOf(endpoint), actor: 'user' };
  const ended = new Emitter<string>();
  const changed = new Emitter<void>();
  let known: Known | undefined;
  /** Uses that are not in the vault yet. */
  const used = new Map<string, number>();
  let expiry: NodeJS.Timeout | undefined;

  const read = (from: Store): Known => {
    if (known) return known;
    const rows = from.all(from.qb.selectFrom('apiKey').selectAll().orderBy('createdAt').orderBy('id'));
    const keys = new Map<string, KnownKey>();
    for (const { hash, endpoint: _own, revokedAt, ...row } of rows) {
      if (revokedAt !== null) continue;
      const entry: ApiKey = {
        ...row,
        endpoint: false,
        scopes: z.array(KeyScope).parse(JSON.parse(row.scopes)),
        limits: withLimits(noLimits, KeyLimits.partial().parse(JSON.parse(row.limits))),
        models: Models.parse(JSON.parse(row.models ?? 'null')),
      };
      keys.set(row.id, { entry, holder: holderOf(entry), hash: Buffer.from(hash, 'base64') });
    }
    const stored = readSetting(from, hashKeySetting);
    known = {
      hashKey: typeof stored === 'string' ? Buffer.from(stored, 'base64') : undefined,
      keys,
      names: new Map([
        ...ownNames,
        ...rows.map(({ id, name, revokedAt }) => [id, { name, revoked: revokedAt !== null }] as const),
      ]),
    };
    waitForExpiry(known);
    return known;
  };

  /** Connections that a key opened end with it. */
  const waitForExpiry = ({ keys }: Known): void => {
    clearTimeout(expiry);
    const now = clock.now();
    const next = Math.min(
      ...[...keys.values()].flatMap(({ entry }) =>
        entry.expiresAt !== null && entry.expiresAt > now ? [entry.expiresAt] : [],
      ),
    );
    if (!Number.isFinite(next)) return;
    expiry = setTimeout(
      () => {
        if (!known) return;
        for (const { entry } of known.keys.values())
          if (entry.expiresAt !== null && entry.expiresAt > now && entry.expiresAt <= clock.now()) ended.fire(entry.id);
        waitForExpiry(known);
      },
      Math.min(next - now + 1, longestWait),
    ).unref();
  };

  const isOver = ({ expiresAt }: ApiKey): boolean => expiresAt !== null && expiresAt <= clock.now();
  const requireTime = ({ entry, holder }: KnownKey): KeyHolder => {
    if (entry.expiresAt !== null && isOver(entry)) throw expiredError(entry.expiresAt);
    return holder;
  };

  const newHashKey = (to: Store): Buffer => {
    const hashKey = randomBytes(32);
    writeSetting(to, hashKeySetting, hashKey.toString('base64'));
    return hashKey;
  };

  const refresh = (): void => {
    known = undefined;
    changed.fire();
  };

  const find = (id: string): KnownKey => {
    if (id === endpointKeyId)
      throw new AppError(
        'CONFLICT',
        "The key of endpoint.json is made anew at every start and can't be changed or revoked. Restart Jan to replace it.",
      );
    const found = read(store()).keys.get(id);
    if (!found) throw noSuchKey();
    return found;
  };

  const inFuture = (expiresAt: number | null | undefined): void => {
    if (typeof expiresAt === 'number' && expiresAt <= clock.now())
      throw new AppError('BAD_REQUEST', 'A key can not expire in the past. Choose a later time, or revoke it.', {
        data: { field: 'expiresAt' },
      });
  };

  const withUse = (entry: ApiKey): ApiKey => ({ ...entry, lastUsedAt: used.get(entry.id) ?? entry.lastUsedAt });

  const issue: KeyRing['issue'] = ({ name, scopes = [...allScopes], expiresAt = null, limits = {}, models = null }) => {
    const to = store();
    inFuture(expiresAt);
    const hashKey = read(to).hashKey ?? newHashKey(to);
    const key = newKey();
    const entry: ApiKey = {
      id: newId(),
      name,
      prefix: key.slice(0, visiblePrefix),
      createdAt: clock.now(),
      lastUsedAt: null,
      endpoint: false,
      scopes,
      expiresAt,
      limits: withLimits(noLimits, limits),
      models,
    };
    const row = {
      ...entry,
      ...columns(entry),
      hash: hashWith(hashKey, key).toString('base64'),
      endpoint: 0,
      revokedAt: null,
    };
    to.write((tx) => tx.run(to.qb.insertInto('apiKey').values(row)));
    refresh();
    return { key, entry };
  };

  return {
    endpointKey,
    person,
    signIn,
    authenticate(key) {
      if (key === undefined || key.length > 256) return undefined;
      if (timingSafeEqual(hashWith(endpointHashKey, key), endpointHash) || signIn.knows(key)) return person;
      const open = openStore();
      if (!open) return undefined;
      const { hashKey, keys } = read(open);
      if (!hashKey) return undefined;
      const hash = hashWith(hashKey, key);
      // Every key is compared, so that the time says nothing about which one is near.
      const match = [...keys.values()].filter((candidate) => timingSafeEqual(candidate.hash, hash))[0];
      if (!match) return undefined;
      const holder = requireTime(match);
      used.set(holder.keyId, clock.now());
      return holder;
    },
    current(holder) {
      if (holder.actor === 'user') return holder;
      const open = openStore();
      // The vault's own error comes from whatever needs it.
      if (!open) return holder;
      const found = read(open).keys.get(holder.keyId);
      if (!found) throw revokedError();
      return requireTime(found);
    },
    issue,
    names: () => read(store()).names,
    handlers: {
      list: () => [
        ...(announced ? [endpoint] : []),
        ...[...read(store()).keys.values()].map(({ entry }) => withUse(entry)),
      ],
      create: (asked) => issue(asked),
      update({ id, patch }) {
        const { entry } = find(id);
        if (patch.expiresAt !== entry.expiresAt) inFuture(patch.expiresAt);
        const next: ApiKey = {
          ...withUse(entry),
          name: patch.name ?? entry.name,
          scopes: patch.scopes ?? entry.scopes,
          expiresAt: patch.expiresAt === undefined ? entry.expiresAt : patch.expiresAt,
          limits: withLimits(entry.limits, patch.limits),
          models: patch.models === undefined ? entry.models : patch.models,
        };
        const to = store();
        to.write((tx) =>
          tx.run(
            to.qb
              .updateTable('apiKey')
              .set({ name: next.name, expiresAt: next.expiresAt, ...columns(next) })
              .where('id', '=', id),
          ),
        );
        refresh();
        return next;
      },
      revoke({ id }) {
        find(id);
        const from = store();
        from.write((tx) =>
          tx.run(
            from.qb
              .updateTable('apiKey')
              .set({ revokedAt: clock.now(), hash: `revoked ${id}` })
              .where('id', '=', id),
          ),
        );
        used.delete(id);
        known = undefined;
        ended.fire(id);
        changed.fire();
      },
    },
    isWaiting: () => used.size > 0,
    write(tx) {
      const to = openStore();
      if (!to) return;
      for (const [id, at] of used)
        tx.run(
          to.qb
            .updateTable('apiKey')
            .set({ lastUsedAt: at })
            .where('id', '=', id)
            .where((column) =>
              column.or([
                column('lastUsedAt', 'is', null),
                column('lastUsedAt', '<', at - lastUsedGrainMillis),
                column('lastUsedAt', '>', at),
              ]),
            ),
        );
    },
    written() {
      used.clear();
      known = undefined;
    },
    onDidEnd: ended.event,
    onDidChange: changed.event,
    onLock() {
      clearTimeout(expiry);
      known?.hashKey?.fill(0);
      known = undefined;
    },
  };
};

/** What the vault keeps as JSON. */
const columns = ({ scopes, limits, models }: ApiKey) => ({
  scopes: JSON.stringify(scopes),
  limits: JSON.stringify(Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null))),
  models: models && JSON.stringify(models),
});
