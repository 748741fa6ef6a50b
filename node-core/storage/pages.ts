import { hash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';

/** SQLCipher 4's page size; the store never changes it. */
export const PAGE = 4096;
export const TAG = 16;
const CHUNK_PAGES = 256;

/** Reads until `target` is full or the file ends; answers with the bytes read. */
export const readAt = (file: number, target: Uint8Array, position: number): number => {
  let done = 0;
  while (done < target.length) {
    const read = readSync(file, target, done, target.length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
};

export const pageCount = (file: number): number => Math.ceil(fstatSync(file).size / PAGE);

const tagOf = (page: Uint8Array): Buffer => hash('sha256', page, 'buffer').subarray(0, TAG);

/** One tag per page of the file as it lies on disk, encrypted. */
export const tagAllPages = (file: number): Buffer => {
  const count = pageCount(file);
  const tags = Buffer.alloc(count * TAG);
  const chunk = Buffer.alloc(CHUNK_PAGES * PAGE);
  for (let first = 0; first < count; first += CHUNK_PAGES) {
    const bytes = readAt(file, chunk, first * PAGE);
    for (let offset = 0; offset < bytes; offset += PAGE) {
      tagOf(chunk.subarray(offset, Math.min(offset + PAGE, bytes))).copy(tags, (first + offset / PAGE) * TAG);
    }
  }
  return tags;
};

/** `tags` brought up to date after the given pages (counted from 1) were written. */
export const retagPages = (file: number, tags: Buffer, pages: Iterable<number>): Buffer => {
  const count = pageCount(file);
  const fresh = Buffer.alloc(count * TAG);
  tags.copy(fresh, 0, 0, Math.min(tags.length, fresh.length));
  const page = Buffer.alloc(PAGE);
  for (const number of pages) {
    if (number > count) continue;
    const bytes = readAt(file, page, (number - 1) * PAGE);
    tagOf(page.subarray(0, bytes)).copy(fresh, (number - 1) * TAG);
  }
  return fresh;
};
