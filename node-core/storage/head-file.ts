import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { syncDirectory } from './durable-file.ts';
import { guarded } from './errors.ts';
import { readAt } from './pages.ts';

const Head = z.object({
  /** Rises with every write of the file. */
  count: z.number().int(),
  /** The newest seal that this machine knows of. */
  generation: z.number().int(),
  /** False where the seal could not be renewed, so that it says nothing about `jan.db`. */
  sealed: z.boolean(),
  /** True where the vault was closed in order: no log is left over. */
  clean: z.boolean(),
  /** How far the log had come, and the SHA-256 of it up to there. */
  walFrames: z.number().int(),
  walDigest: z.string(),
  /** The highest revision of `vault.json`. */
  revision: z.number().int(),
  /** Migrations that the database had seen. */
  schema: z.number().int(),
  /** Newest link of the chain of operations. */
  seq: z.number().int(),
  hash: z.string(),
});
/** What this machine remembers of a vault's last state. */
export type Head = z.infer<typeof Head>;

/** One sector each, written in turn: a power cut spoils one at most. */
const SLOT = 512;
const MAC = 64;

const seal = (head: Head, key: Buffer): Buffer => {
  const body = JSON.stringify(head).padEnd(SLOT - MAC);
  return Buffer.from(body + createHmac('sha256', key).update(body).digest('hex'), 'latin1');
};

const unseal = (slot: Buffer, key: Buffer): Head | undefined => {
  const body = slot.subarray(0, SLOT - MAC);
  const mac = Buffer.from(slot.subarray(SLOT - MAC).toString('latin1'), 'hex');
  const expected = createHmac('sha256', key).update(body).digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return undefined;
  return Head.parse(JSON.parse(body.toString('latin1')));
};

/** The newest state that `key` vouches for. */
export const readHead = (path: string, key: Buffer): Head | undefined =>
  guarded(() => {
    if (!existsSync(path)) return undefined;
    const file = openSync(path, 'r');
    try {
      const heads = [0, SLOT].flatMap((position) => {
        const slot = Buffer.alloc(SLOT);
        return readAt(file, slot, position) === SLOT ? (unseal(slot, key) ?? []) : [];
      });
      return heads.sort((a, b) => b.count - a.count)[0];
    } finally {
      closeSync(file);
    }
  });

export interface HeadFile {
  /** Without `durably` it may be lost in a power cut: the head may lag behind the vault, it never leads. */
  write(head: Omit<Head, 'count'>, durably: boolean): void;
  close(): void;
}

export const openHeadFile = (path: string, key: Buffer, last: Head | undefined): HeadFile => {
  const file = guarded(() => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const fresh = !existsSync(path);
    const opened = openSync(path, fresh ? 'w+' : 'r+', 0o600);
    if (fresh) syncDirectory(dirname(path));
    return opened;
  });
  let count = last?.count ?? 0;
  return {
    write(head, durably) {
      guarded(() => {
        count += 1;
        writeSync(file, seal({ count, ...head }, key), 0, SLOT, (count % 2) * SLOT);
        if (durably) fsyncSync(file);
      });
    },
    close: () => closeSync(file),
  };
};
