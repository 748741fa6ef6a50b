import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/*
 * A sealed state is: format (1 byte), salt (16), length of the sealed head (4, little-endian), head, then the body in frames of up to 1 MiB.
 * Head and frames are AES-256-GCM ciphertext followed by its 16-byte tag. The key of a file is HKDF-SHA256(key, salt); the nonce is the number
 * of the part, the head's is 0. What a part is bound to says which model and which file it belongs to, and whether it is the last.
 */
const FORMAT = 1;
const SALT = 16;
const TAG = 16;
const PREFIX = 1 + SALT + 4;
/** Every frame costs its own beginning and end: smaller ones are slower to open. */
const FRAME = 2 ** 20;
/** A head holds the tokens of a prompt; more than this is not one. */
const MAX_HEAD = 8 * 2 ** 20;

/** What every part is bound to. */
export interface Binding {
  readonly key: Buffer;
  /** Model, library and context. */
  readonly subject: string;
  /** The file's name. */
  readonly name: string;
}

const fileKey = ({ key }: Binding, salt: Uint8Array) =>
  Buffer.from(hkdfSync('sha256', key, salt, 'jan prompt state', 32));
const nonceOf = (part: number) => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(part, 8);
  return nonce;
};
const boundTo = ({ subject, name }: Binding, part: number, last: boolean) =>
  Buffer.from(JSON.stringify([FORMAT, subject, name, part, last]));

const seal = (key: Buffer, part: number, aad: Buffer, data: Uint8Array): Buffer[] => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(part)).setAAD(aad);
  return [cipher.update(data), cipher.final(), cipher.getAuthTag()];
};

const unseal = (key: Buffer, part: number, aad: Buffer, sealed: Buffer): Buffer => {
  if (sealed.length < TAG) throw new Error('cut short');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(part), { authTagLength: TAG })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(sealed.length - TAG));
  const data = decipher.update(sealed.subarray(0, sealed.length - TAG));
  decipher.final();
  return data;
};

/** The bytes of a file, piece by piece. */
export function* sealState(binding: Binding, head: Uint8Array, body: Uint8Array): Generator<Buffer> {
  const salt = randomBytes(SALT);
  const key = fileKey(binding, salt);
  const sealedHead = Buffer.concat(seal(key, 0, boundTo(binding, 0, body.length === 0), head));
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt8(FORMAT);
  salt.copy(prefix, 1);
  prefix.writeUInt32LE(sealedHead.length, 1 + SALT);
  yield prefix;
  yield sealedHead;
  for (let from = 0, part = 1; from < body.length; from += FRAME, part += 1) {
    const last = from + FRAME >= body.length;
    yield* seal(key, part, boundTo(binding, part, last), body.subarray(from, from + FRAME));
  }
}

export const sealedSize = (head: number, body: number): number =>
  PREFIX + head + TAG + body + Math.ceil(body / FRAME) * TAG;

/** How many bytes of a file its head takes, prefix included. @throws where that can't be */
export const sealedHeadLength = (prefix: Buffer): number => {
  if (prefix.length < PREFIX || prefix[0] !== FORMAT) throw new Error('not a sealed state');
  const length = prefix.readUInt32LE(1 + SALT);
  if (length < TAG || length > MAX_HEAD) throw new Error('not a sealed state');
  return PREFIX + length;
};
export const SEALED_PREFIX = PREFIX;

/** @throws where the head was changed, or belongs to something else */
export const openHead = (binding: Binding, file: Buffer, bodyLength: number): Buffer => {
  const key = fileKey(binding, file.subarray(1, 1 + SALT));
  return unseal(key, 0, boundTo(binding, 0, bodyLength === 0), file.subarray(PREFIX, sealedHeadLength(file)));
};

/** Fills the buffer from the file, from `position` on. */
export type ReadFile = (target: Buffer, position: number) => void;

/**
 * `into` is filled where it is large enough; a part of it is what comes back.
 * @throws where anything of the file was changed, is missing, or belongs to something else
 */
export const openBody = (binding: Binding, size: number, read: ReadFile, into: Buffer): Buffer => {
  const prefix = Buffer.alloc(PREFIX);
  read(prefix, 0);
  const start = sealedHeadLength(prefix);
  const key = fileKey(binding, prefix.subarray(1, 1 + SALT));
  const parts = Math.ceil((size - start) / (FRAME + TAG));
  if (size - start < parts * TAG) throw new Error('cut short');
  const length = size - start - parts * TAG;
  const body = length <= into.length ? into.subarray(0, length) : Buffer.allocUnsafeSlow(length);
  // One frame at a time: what was just read is still close to the processor when it is opened and put in its place.
  const frame = Buffer.allocUnsafeSlow(FRAME + TAG);
  let written = 0;
  for (let part = 1; part <= parts; part += 1) {
    const from = start + (part - 1) * (FRAME + TAG);
    const sealed = frame.subarray(0, Math.min(frame.length, size - from));
    read(sealed, from);
    const plain = unseal(key, part, boundTo(binding, part, part === parts), sealed);
    written += plain.copy(body, written);
    // Given back at once, its memory serves the next frame; fetching new memory takes longer than opening what goes into it.
    if (plain.buffer instanceof ArrayBuffer) plain.buffer.transfer(0);
  }
  return body;
};
