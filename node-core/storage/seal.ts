import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeDurably } from './durable-file.ts';
import { guarded } from './errors.ts';
import { TAG } from './pages.ts';

const MAGIC = Buffer.from('JANSEAL1');
const HEADER = MAGIC.length + 8;
const MAC = 32;

/** What every page of `jan.db` was after the last checkpoint. */
export interface Seal {
  readonly generation: number;
  readonly tags: Buffer;
}

/** Magic, generation (8 bytes), one tag per page, HMAC-SHA256 of all that. */
export const writeSeal = (path: string, { generation, tags }: Seal, key: Buffer): void => {
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.writeBigUInt64BE(BigInt(generation), MAGIC.length);
  const mac = createHmac('sha256', key).update(header).update(tags).digest();
  writeDurably(path, [header, tags, mac]);
};

/** `undefined` where there is none that `key` vouches for. */
export const readSeal = (path: string, key: Buffer): Seal | undefined =>
  guarded(() => {
    if (!existsSync(path)) return undefined;
    const file = readFileSync(path);
    if (file.length < HEADER + MAC || (file.length - HEADER - MAC) % TAG !== 0) return undefined;
    const body = file.subarray(0, file.length - MAC);
    if (!timingSafeEqual(createHmac('sha256', key).update(body).digest(), file.subarray(file.length - MAC)))
      return undefined;
    return { generation: Number(body.readBigUInt64BE(MAGIC.length)), tags: Buffer.from(body.subarray(HEADER)) };
  });
