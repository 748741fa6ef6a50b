import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import type { Slot } from '../contract/index.ts';
import { vaultDamaged } from '../storage/index.ts';
import { KEY_BYTES, kdfFloor, kdfMaxPasses, kdfTargetMs } from './constants.ts';
import type { Kdf, StoredSlot } from './header.ts';

const TAG_BYTES = 16;

export const publicSlot = ({ id, kind, createdAt, confirmed }: StoredSlot): Slot => ({
  id,
  kind,
  createdAt,
  confirmed,
});

/** What the wrapping is bound to: any edit of it makes the slot unusable. */
const contextOf = (vaultId: string, slot: { id: string; kind: Slot['kind']; kdf: Kdf }) =>
  Buffer.from(JSON.stringify(['jan slot 1', vaultId, slot.id, slot.kind, slot.kdf]));

export interface SlotDraft {
  readonly id: string;
  readonly kind: Slot['kind'];
  readonly createdAt: number;
  readonly confirmed: boolean;
  readonly kdf: Kdf;
}

export const wrapKey = (vaultId: string, draft: SlotDraft, wrappingKey: Buffer, vaultKey: Buffer): StoredSlot => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce).setAAD(contextOf(vaultId, draft));
  const wrapped = Buffer.concat([cipher.update(vaultKey), cipher.final(), cipher.getAuthTag()]);
  return { ...draft, nonce: nonce.toString('hex'), wrapped: wrapped.toString('hex') };
};

/** `undefined` where the wrapping key is not the right one, or the slot was edited. */
export const unwrapKey = (vaultId: string, slot: StoredSlot, wrappingKey: Buffer): Buffer | undefined => {
  const wrapped = Buffer.from(slot.wrapped, 'hex');
  const nonce = Buffer.from(slot.nonce, 'hex');
  if (wrapped.length !== KEY_BYTES + TAG_BYTES || nonce.length !== 12)
    throw vaultDamaged('A key slot in vault.json is damaged.');
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, nonce, { authTagLength: TAG_BYTES })
    .setAAD(contextOf(vaultId, slot))
    .setAuthTag(wrapped.subarray(KEY_BYTES));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(0, KEY_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
};

const argon2 = (passphrase: string, salt: Buffer, passes: number, memory: number, lanes: number): Promise<Buffer> =>
  hashRaw(passphrase.normalize('NFC'), {
    salt,
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
    outputLen: KEY_BYTES,
  });

/** A wrapping key for a new passphrase. Passes never go below the floor; a fast machine gets more. */
export const newPassphraseKey = async (
  passphrase: string,
  monotonic: () => number,
): Promise<{ key: Buffer; kdf: Kdf }> => {
  const { memory, lanes } = kdfFloor;
  const salt = randomBytes(16);
  const started = monotonic();
  const atFloor = await argon2(passphrase, salt, kdfFloor.passes, memory, lanes);
  const elapsed = Math.max(1, monotonic() - started);
  const passes = Math.min(
    kdfMaxPasses,
    Math.max(kdfFloor.passes, Math.floor((kdfFloor.passes * kdfTargetMs) / elapsed)),
  );
  const key = passes === kdfFloor.passes ? atFloor : await argon2(passphrase, salt, passes, memory, lanes);
  return { key, kdf: { name: 'argon2id', salt: salt.toString('hex'), memory, passes, lanes } };
};

/** @throws AppError `VAULT_DAMAGED` where the header asks for less work than the floor, or for a ruinous amount. */
export const passphraseKey = (passphrase: string, kdf: Kdf): Promise<Buffer> => {
  if (kdf.name !== 'argon2id') throw vaultDamaged('The passphrase slot in vault.json names no passphrase function.');
  const tooWeak =
    kdf.memory < kdfFloor.memory || kdf.passes < kdfFloor.passes || kdf.lanes < kdfFloor.lanes || kdf.salt.length < 32;
  const tooMuch = kdf.memory > 16 * kdfFloor.memory || kdf.passes > kdfMaxPasses || kdf.lanes > 16;
  if (tooWeak || tooMuch) {
    throw vaultDamaged(
      `vault.json asks for a ${tooWeak ? 'weaker' : 'heavier'} protection of the passphrase than Jan ever writes: it was changed.`,
    );
  }
  return argon2(passphrase, Buffer.from(kdf.salt, 'hex'), kdf.passes, kdf.memory, kdf.lanes);
};

export const newRecoveryKdf = (): Kdf => ({ name: 'hkdf-sha256', salt: randomBytes(16).toString('hex') });

/** The code has 128 random bits of its own, so that a slow function would add nothing. */
export const recoveryKey = (code: Buffer, kdf: Kdf): Buffer => {
  if (kdf.name !== 'hkdf-sha256') throw vaultDamaged('The recovery slot in vault.json names no key function.');
  return Buffer.from(hkdfSync('sha256', code, Buffer.from(kdf.salt, 'hex'), 'jan recovery', KEY_BYTES));
};
