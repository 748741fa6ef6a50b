import { z } from 'zod';
import { type ApiKey, type Call, KeyLimits, KeyScope } from '../contract/index.ts';
import { readSetting, type Store, writeSetting } from '../storage/index.ts';

/** What stands behind a key that was presented. */
export interface KeyHolder {
  readonly keyId: string;
  readonly actor: Call['actor'];
  readonly scopes: ReadonlySet<KeyScope>;
  /** Ids of the models it may use; `null` is all. */
  readonly models: ReadonlySet<string> | null;
  readonly limits: KeyLimits;
}

export interface KnownKey {
  readonly entry: ApiKey;
  readonly holder: KeyHolder;
  readonly hash: string;
}

/** Keys as the vault has them. */
export interface Known {
  /** Without one there never was a key. */
  hashKey: Buffer | undefined;
  readonly keys: Map<string, KnownKey>;
  /**
   * Found by the hash as it is: it is made with a secret of this vault, so the time that a look-up takes says nothing about a key.
   */
  readonly byHash: Map<string, KnownKey>;
  /** Of every key there ever was. */
  readonly names: Map<string, { readonly name: string; readonly revoked: boolean }>;
}

const hashKeySetting = 'apiKeyHashKey';
const Models = z.array(z.string()).nullable();

export const noLimits: KeyLimits = {
  requestsPerMinute: null,
  tokensPerDay: null,
  tokensPerMonth: null,
  tokensInAll: null,
};

/** What a patch leaves out stays. */
export const withLimits = (
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

export const holderOf = ({ id, scopes, models, limits }: ApiKey): KeyHolder => ({
  keyId: id,
  actor: 'api',
  scopes: new Set(scopes),
  models: models && new Set(models),
  limits,
});

/** Under the id it has. */
export const putKnown = ({ keys, byHash, names }: Known, entry: ApiKey, hash: string): void => {
  const key = { entry, holder: holderOf(entry), hash };
  keys.set(entry.id, key);
  byHash.set(hash, key);
  names.set(entry.id, { name: entry.name, revoked: false });
};

export const readKnown = (from: Store): Known => {
  const stored = readSetting(from, hashKeySetting);
  const known: Known = {
    hashKey: typeof stored === 'string' ? Buffer.from(stored, 'base64') : undefined,
    keys: new Map(),
    byHash: new Map(),
    names: new Map(),
  };
  const rows = from.all(from.qb.selectFrom('apiKey').selectAll().orderBy('createdAt').orderBy('id'));
  for (const { hash, revokedAt, ...row } of rows) {
    if (revokedAt !== null) {
      known.names.set(row.id, { name: row.name, revoked: true });
      continue;
    }
    const entry: ApiKey = {
      ...row,
      endpoint: false,
      scopes: z.array(KeyScope).parse(JSON.parse(row.scopes)),
      limits: withLimits(noLimits, KeyLimits.partial().parse(JSON.parse(row.limits))),
      models: Models.parse(JSON.parse(row.models ?? 'null')),
    };
    putKnown(known, entry, hash);
  }
  return known;
};

export const writeHashKey = (to: Store, hashKey: Buffer): void =>
  writeSetting(to, hashKeySetting, hashKey.toString('base64'));

/** What the vault keeps as JSON. */
export const columnsOf = ({ scopes, limits, models }: ApiKey) => ({
  scopes: JSON.stringify(scopes),
  limits: JSON.stringify(Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null))),
  models: models && JSON.stringify(models),
});
