import type { Keychain } from '../../../node-core/vault/index.ts';
import type { FromCore, ToCore } from '../messages.ts';

type Answer = Extract<ToCore, { type: 'keychain' }>;
type Question = Extract<FromCore, { name: string }>;
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface KeychainClient extends Keychain {
  onAnswer(answer: Answer): void;
}

/** The system's key store as the core sees it: main holds it, because only main may call it. */
export const createKeychainClient = (post: (message: Question) => void): KeychainClient => {
  const waiting = new Map<number, { resolve: (secret: string | undefined) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const ask = (question: Unnumbered<Question>): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      post({ ...question, id: lastId });
    });
  return {
    get: (name) => ask({ type: 'keychain-get', name }),
    set: async (name, secret) => void (await ask({ type: 'keychain-set', name, secret })),
    remove: async (name) => void (await ask({ type: 'keychain-remove', name })),
    onAnswer({ id, ok, secret }) {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (ok) asked?.resolve(secret);
      else asked?.reject(new Error("The system's key store refused."));
    },
  };
};
