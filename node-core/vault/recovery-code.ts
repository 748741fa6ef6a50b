import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../contract/index.ts';

/** Crockford's base 32: no I, L, O, U, so that a code survives handwriting. https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET_BYTES = 16;
const SECRET_CHARACTERS = 26;
const CHECK_CHARACTERS = 2;

const encode = (value: bigint, characters: number): string =>
  Array.from(
    { length: characters },
    (_, index) => ALPHABET[Number((value >> BigInt(5 * (characters - 1 - index))) & 31n)],
  ).join('');

const checkOf = (secret: Buffer): string => {
  const digest = createHash('sha256').update('jan recovery code').update(secret).digest();
  return encode(BigInt(digest.readUInt16BE(0) >> 6), CHECK_CHARACTERS);
};

/** Seven groups of four: 128 random bits and a checksum of 10. */
export const newRecoveryCode = (): { code: string; secret: Buffer } => {
  const secret = randomBytes(SECRET_BYTES);
  const text = encode(BigInt(`0x${secret.toString('hex')}`), SECRET_CHARACTERS) + checkOf(secret);
  return { code: text.match(/.{4}/g)?.join('-') ?? text, secret };
};

/** Case, spaces and dashes aside; O reads as 0, I and L as 1. @throws AppError `VAULT_WRONG_SECRET` on a typing error. */
export const parseRecoveryCode = (typed: string): Buffer => {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const mistyped = new AppError(
    'VAULT_WRONG_SECRET',
    'This recovery code has a typing error. Compare it with your copy, group by group.',
  );
  if (text.length !== SECRET_CHARACTERS + CHECK_CHARACTERS) throw mistyped;
  let value = 0n;
  for (const character of text.slice(0, SECRET_CHARACTERS)) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) throw mistyped;
    value = (value << 5n) | BigInt(digit);
  }
  if (value >> BigInt(8 * SECRET_BYTES) !== 0n) throw mistyped;
  const secret = Buffer.from(value.toString(16).padStart(2 * SECRET_BYTES, '0'), 'hex');
  if (checkOf(secret) !== text.slice(SECRET_CHARACTERS)) throw mistyped;
  return secret;
};
