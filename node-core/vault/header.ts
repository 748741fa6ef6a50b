import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, SlotKind } from '../contract/index.ts';
import { guarded, vaultDamaged, writeDurably } from '../storage/index.ts';
import { FORMAT } from './constants.ts';
import { subkey } from './subkeys.ts';

const Hex = z.string().regex(/^(?:[0-9a-f]{2})+$/);

const Kdf = z.discriminatedUnion('name', [
  z.object({ name: z.literal('none') }),
  z.object({ name: z.literal('hkdf-sha256'), salt: Hex }),
  z.object({
    name: z.literal('argon2id'),
    salt: Hex,
    memory: z.number().int(),
    passes: z.number().int(),
    lanes: z.number().int(),
  }),
]);
export type Kdf = z.infer<typeof Kdf>;

export const StoredSlot = z.object({
  id: z.string().min(1).max(64),
  kind: SlotKind,
  createdAt: z.number().int(),
  confirmed: z.boolean(),
  kdf: Kdf,
  nonce: Hex,
  /** The vault key under AES-256-GCM, with its tag. */
  wrapped: Hex,
});
export type StoredSlot = z.infer<typeof StoredSlot>;

const Content = z.object({
  format: z.literal(FORMAT),
  vaultId: z.string().min(1).max(64),
  /** Rises with every change of this file. */
  revision: z.number().int().positive(),
  createdAt: z.number().int(),
  /** Salt of all subkeys. */
  salt: Hex,
  slots: z.array(StoredSlot).min(1).max(64),
});
/** What `vault.json` says. */
export type Header = z.infer<typeof Content>;

const File = Content.extend({ mac: Hex, checksum: Hex });

const headerPath = (vaultDir: string) => join(vaultDir, 'vault.json');

export const headerExists = (vaultDir: string): boolean => existsSync(headerPath(vaultDir));

const checksumOf = (content: Header, mac: string) =>
  createHash('sha256')
    .update(JSON.stringify([content, mac]))
    .digest('hex');
const macOf = (content: Header, vaultKey: Buffer) => {
  const key = subkey(vaultKey, Buffer.from(content.salt, 'hex'), 'header');
  const mac = createHmac('sha256', key).update(JSON.stringify(content)).digest('hex');
  key.fill(0);
  return mac;
};

export interface SealedHeader {
  readonly header: Header;
  readonly mac: string;
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw vaultDamaged('vault.json is damaged: it is not JSON.', error);
  }
};

/** @throws AppError `VAULT_MISSING`, `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT` */
export const readHeader = (vaultDir: string): SealedHeader => {
  if (!headerExists(vaultDir))
    throw new AppError(
      'VAULT_MISSING',
      'There is no vault here yet. Create one, or choose the right folder with --data.',
    );
  const parsed = parseJson(guarded(() => readFileSync(headerPath(vaultDir), 'utf8')));
  const format = z.object({ format: z.number().int() }).safeParse(parsed);
  if (format.success && format.data.format > FORMAT) {
    throw new AppError(
      'VAULT_NEWER_FORMAT',
      'This vault was written by a newer version of Jan. Update Jan, then open it again. Nothing was changed.',
    );
  }
  const file = File.strict().safeParse(parsed);
  if (!file.success) throw vaultDamaged('vault.json is damaged: a part of it can not be read.', file.error);
  const { mac, checksum, ...header } = file.data;
  if (checksum !== checksumOf(header, mac)) throw vaultDamaged('vault.json was changed or is damaged.');
  return { header, mac };
};

/** @throws AppError `VAULT_DAMAGED` where someone without the vault key wrote the header. */
export const authenticate = ({ header, mac }: SealedHeader, vaultKey: Buffer): void => {
  if (
    !timingSafeEqual(Buffer.from(mac.padEnd(64, '0').slice(0, 64), 'hex'), Buffer.from(macOf(header, vaultKey), 'hex'))
  ) {
    throw vaultDamaged('vault.json was changed by something else than Jan.');
  }
};

/** Atomic and durable. @throws AppError `STORAGE_*` */
export const writeHeader = (vaultDir: string, content: Header, vaultKey: Buffer): SealedHeader => {
  const header = Content.parse(content);
  const mac = macOf(header, vaultKey);
  const file = { ...header, mac, checksum: checksumOf(header, mac) };
  writeDurably(headerPath(vaultDir), [Buffer.from(JSON.stringify(file, null, 2))]);
  return { header, mac };
};
