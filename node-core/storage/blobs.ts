import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { writeDurably } from './durable-file.ts';
import { guarded, vaultDamaged } from './errors.ts';

const FORMAT = 1;
const SALT = 16;
const FRAME = 64 * 1024;
const TAG = 16;
const HEADER = 1 + SALT;

export interface BlobKeys {
  readonly vaultId: string;
  /** 32 bytes; seals contents. */
  readonly content: Buffer;
  /** 32 bytes; hides names. */
  readonly names: Buffer;
}

/** Sealed files. `type` is bound to the content: a blob read as another type does not open. */
export interface Blobs {
  /** Durable when it returns. @throws AppError `STORAGE_*` */
  put(id: string, type: string, data: Uint8Array): void;
  /** @throws AppError `NOT_FOUND`, `VAULT_DAMAGED`, `STORAGE_*` */
  get(id: string, type: string): Buffer;
  remove(id: string): void;
}

/**
 * A file is: format (1 byte), salt (16), then frames of up to 64 KiB of AES-256-GCM ciphertext, each followed by its
 * 16-byte tag. The key of a file is HKDF-SHA256(content key, salt); a frame's nonce is its number.
 */
export const createBlobs = (dir: string, keys: BlobKeys): Blobs => {
  const pathOf = (id: string) => join(dir, createHmac('sha256', keys.names).update(id).digest('hex'));
  const fileKey = (salt: Uint8Array) => Buffer.from(hkdfSync('sha256', keys.content, salt, 'jan blob', 32));
  const nonceOf = (frame: number) => {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(frame, 8);
    return nonce;
  };
  const contextOf = (id: string, type: string, frame: number, last: boolean) =>
    Buffer.from(JSON.stringify([keys.vaultId, id, type, FORMAT, frame, last]));

  function* sealed(id: string, type: string, data: Uint8Array) {
    const salt = randomBytes(SALT);
    const key = fileKey(salt);
    yield Buffer.concat([Buffer.of(FORMAT), salt]);
    const frames = Math.max(1, Math.ceil(data.length / FRAME));
    for (let frame = 0; frame < frames; frame++) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame)).setAAD(
        contextOf(id, type, frame, frame === frames - 1),
      );
      yield Buffer.concat([
        cipher.update(data.subarray(frame * FRAME, (frame + 1) * FRAME)),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    }
  }

  const opened = (id: string, type: string, file: Buffer): Buffer => {
    if (file.length < HEADER + TAG || file[0] !== FORMAT) throw new Error('not a sealed file');
    const key = fileKey(file.subarray(1, HEADER));
    const step = FRAME + TAG;
    const frames = Math.ceil((file.length - HEADER) / step);
    const parts: Buffer[] = [];
    for (let frame = 0; frame < frames; frame++) {
      const part = file.subarray(HEADER + frame * step, HEADER + (frame + 1) * step);
      if (part.length < TAG) throw new Error('cut short');
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame), { authTagLength: TAG })
        .setAAD(contextOf(id, type, frame, frame === frames - 1))
        .setAuthTag(part.subarray(part.length - TAG));
      parts.push(decipher.update(part.subarray(0, part.length - TAG)), decipher.final());
    }
    return Buffer.concat(parts);
  };

  return {
    put(id, type, data) {
      guarded(() => mkdirSync(dir, { recursive: true, mode: 0o700 }));
      writeDurably(pathOf(id), sealed(id, type, data));
    },
    get(id, type) {
      const path = pathOf(id);
      if (!existsSync(path)) throw new AppError('NOT_FOUND', 'The file of this attachment is not in the vault.');
      const file = guarded(() => readFileSync(path));
      try {
        return opened(id, type, file);
      } catch (error) {
        throw vaultDamaged('The file of this attachment was changed or is damaged, so it is not opened.', error);
      }
    },
    remove: (id) => guarded(() => rmSync(pathOf(id), { force: true })),
  };
};
