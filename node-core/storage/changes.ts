import { isDeepStrictEqual } from 'node:util';
import type { EntityKind } from '../contract/index.ts';
import type { Entities } from './codecs.ts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * What one operation did to one entity. Created: `before` is null. Removed: `after` is null. Changed: both hold the
 * changed fields only, so that an inverse leaves alone what the operation did not touch.
 */
export interface Change {
  readonly kind: EntityKind;
  readonly id: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

export const sameValue = (a: unknown, b: unknown): boolean => a === b || isDeepStrictEqual(a, b);

/** `undefined` where nothing changed. */
export const changeOf = <K extends EntityKind>(
  kind: K,
  id: string,
  before: Entities[K] | undefined,
  after: Entities[K] | undefined,
): Change | undefined => {
  if (!before || !after)
    return before || after
      ? { kind, id, before: before ? { ...before } : null, after: after ? { ...after } : null }
      : undefined;
  const old: Fields = { ...before };
  const changed = Object.entries(after).filter(([field, value]) => !sameValue(old[field], value));
  if (changed.length === 0) return undefined;
  return {
    kind,
    id,
    before: Object.fromEntries(changed.map(([field]) => [field, old[field]])),
    after: Object.fromEntries(changed),
  };
};
