import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { type Clock, Emitter, type Event, newId } from '../common/index.ts';
import { type ApiKey, AppError, type ContractHandlers, KeyScope, type NewKey } from '../contract/index.ts';
import type { Store } from '../storage/index.ts';
import type { Batched } from './gate-writer.ts';
import { createExpiry } from './keys-expiry.ts';
import {
  columnsOf,
  holderOf,
  type KeyHolder,
  type Known,
  type KnownKey,
  noLimits,
  putKnown,
  readKnown,
  withLimits,
  writeHashKey,
} from './keys-rows.ts';
import { createSignIn, type SignIn } from './keys-sign-in.ts';
import { createKeyUse } from './keys-use.ts';

export type { KeyHolder } from './keys-rows.ts';

export interface KeyRing {
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
  /** Who has the key of this id, while it opens anything. */
  find(id: string): KeyHolder | undefined;
  /** Makes a key. */
  issue(asked: z.infer<typeof NewKey>): { readonly key: string; readonly entry: ApiKey };
  readonly handlers: ContractHandlers['keys'];
  /** Every key there ever was, by id. */
  names(): ReadonlyMap<string, { readonly name: string; readonly revoked: boolean }>;
  /** Id of a key that no longer opens anything. */
  readonly onDidEnd: Event<string>;
  /** The list is another. */
  readonly onDidChange: Event<void>;
  /** When keys were used: in the vault it is written seldom. */
  readonly use: Batched;
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

/** The endpoint key is another at every start; what it used belongs together. */
const endpointKeyId = 'endpoint';
/** What chats and runs in Jan itself use is counted under this id. */
export const appKeyId = 'app';
const ownNames = [
  [endpointKeyId, { name: 'endpoint.json', revoked: false }],
  [appKeyId, { name: 'Jan itself', revoked: false }],
] as const;
const visiblePrefix = 'jan_'.length + 6;
const allScopes = KeyScope.options;

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
  const use = createKeyUse({ openStore, clock });

  const read = (from: Store): Known => {
    if (known) return known;
    known = readKnown(from);
    expiry.watch();
    return known;
  };
  const expiry = createExpiry({
    entries: () => [...(known?.keys.values() ?? [])].map(({ entry }) => entry),
    onExpired: (id) => ended.fire(id),
    clock,
  });

  const requireTime = ({ entry: { expiresAt }, holder }: KnownKey): KeyHolder => {
    if (expiresAt !== null && expiresAt <= clock.now()) throw expiredError(expiresAt);
    return holder;
  };

  /** The vault has it. */
  const put = (to: Known, entry: ApiKey, hash: string): void => {
    putKnown(to, entry, hash);
    expiry.watch();
    changed.fire();
  };

  const named = (id: string): KnownKey => {
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

  const withUse = (entry: ApiKey): ApiKey => ({ ...entry, lastUsedAt: use.last(entry.id) ?? entry.lastUsedAt });

  const issue: KeyRing['issue'] = ({ name, scopes = [...allScopes], expiresAt = null, limits = {}, models = null }) => {
    const to = store();
    inFuture(expiresAt);
    const all = read(to);
    if (!all.hashKey) {
      const made = randomBytes(32);
      writeHashKey(to, made);
      all.hashKey = made;
    }
    const key = newKey();
    const hash = hashWith(all.hashKey, key).toString('base64');
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
      ...columnsOf(entry),
      hash,
      endpoint: 0,
      revokedAt: null,
    };
    to.write((tx) => tx.run(to.qb.insertInto('apiKey').values(row)));
    put(all, entry, hash);
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
      const { hashKey, byHash } = read(open);
      const match = hashKey && byHash.get(hashWith(hashKey, key).toString('base64'));
      if (!match) return undefined;
      const holder = requireTime(match);
      use.note(holder.keyId);
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
    find(id) {
      const open = openStore();
      const found = open && read(open).keys.get(id);
      if (!found || (found.entry.expiresAt ?? Number.POSITIVE_INFINITY) <= clock.now()) return undefined;
      return found.holder;
    },
    issue,
    names: () => new Map([...ownNames, ...read(store()).names]),
    handlers: {
      list: () => [
        ...(announced ? [endpoint] : []),
        ...[...read(store()).keys.values()].map(({ entry }) => withUse(entry)),
      ],
      create: (asked) => issue(asked),
      update({ id, patch }) {
        const { entry, hash } = named(id);
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
              .set({ name: next.name, expiresAt: next.expiresAt, ...columnsOf(next) })
              .where('id', '=', id),
          ),
        );
        put(read(to), next, hash);
        return next;
      },
      revoke({ id }) {
        const { entry, hash } = named(id);
        const from = store();
        from.write((tx) =>
          tx.run(
            from.qb
              .updateTable('apiKey')
              .set({ revokedAt: clock.now(), hash: `revoked ${id}` })
              .where('id', '=', id),
          ),
        );
        use.forget(id);
        const { keys, byHash, names } = read(from);
        keys.delete(id);
        byHash.delete(hash);
        names.set(id, { name: entry.name, revoked: true });
        ended.fire(id);
        changed.fire();
      },
    },
    onDidEnd: ended.event,
    onDidChange: changed.event,
    use,
    onLock() {
      expiry.dispose();
      known?.hashKey?.fill(0);
      known = undefined;
    },
  };
};
