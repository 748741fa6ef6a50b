import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Call } from '../contract/index.ts';

/** What stands behind a key that was presented. */
export interface KeyHolder {
  readonly actor: Call['actor'];
}

export interface KeyRing {
  /** The key in `endpoint.json`, made anew at every start. */
  readonly endpointKey: string;
  authenticate(key: string | undefined): KeyHolder | undefined;
}

const newKey = (): string => `jan_${randomBytes(32).toString('base64url')}`;

export const createKeyRing = (): KeyRing => {
  const endpointKey = newKey();
  const hashKey = randomBytes(32);
  const hash = (key: string) => createHmac('sha256', hashKey).update(key).digest();
  const endpointHash = hash(endpointKey);
  return {
    endpointKey,
    authenticate(key) {
      if (key === undefined) return undefined;
      return timingSafeEqual(hash(key), endpointHash) ? { actor: 'user' } : undefined;
    },
  };
};
