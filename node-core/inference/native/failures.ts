import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Compiler } from './compiler.ts';
import { nativeDir, processorName } from './place.ts';

type What = 'addon' | 'processor';

/** What could not be built is tried again after a week: what is missing may have been installed. */
const RETRY_MS = 7 * 24 * 3_600_000;
const Failure = z.object({ key: z.string(), at: z.number(), detail: z.string() });

const fileOf = (dir: string, what: What): string => join(dir, `failed-${what}.json`);

/** Everything that the outcome of a build depends on: the sources and how they are built, the library, the machine, the compiler. */
export const buildKey = ({ command, version }: Compiler): string => {
  const hash = createHash('sha256').update(JSON.stringify([processorName(), command, version]));
  for (const file of readdirSync(nativeDir).toSorted())
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(join(nativeDir, file)));
  return hash.digest('hex');
};

/** Why the same build failed not long ago; null where it did not. */
export const lastFailure = (dir: string, what: What, key: string): string | null => {
  try {
    const failure = Failure.parse(JSON.parse(readFileSync(fileOf(dir, what), 'utf8')));
    // A clock that was set back tells nothing about how long ago it was.
    const age = Date.now() - failure.at;
    return failure.key === key && age >= 0 && age < RETRY_MS ? failure.detail : null;
  } catch {
    return null;
  }
};

export const noteFailure = (dir: string, what: What, key: string, detail: string): void => {
  mkdirSync(dir, { recursive: true });
  writeFileSync(fileOf(dir, what), JSON.stringify({ key, at: Date.now(), detail } satisfies z.infer<typeof Failure>));
};

export const forgetFailure = (dir: string, what: What): void => rmSync(fileOf(dir, what), { force: true });
