import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_VERSION } from '../engine-version.ts';

const inSource = import.meta.url.endsWith('.ts');
/** Of the clone, or of the packaged app. */
const root = fileURLToPath(new URL(inSource ? '../../../' : '../../', import.meta.url));

const nativeDir = join(root, 'node-core', 'inference', 'native');
export const addonSource = join(nativeDir, 'engine.cpp');
export const addonChecker = join(nativeDir, 'check.ts');
/** Electron runs no scripts: a clone's own Node does. */
export const nodeBinary = process.versions['electron']
  ? join(root, 'node_modules', 'node', 'bin', 'node')
  : process.execPath;
/** Where a clone builds it, and where a package brings it. */
export const builtDir = join(root, '.cache', 'engine');
export const packagedDir = join(root, 'dist', 'engine');

/** Begins the names of all builds for this machine and this version of the library. */
const prefix = (): string => `engine-${ENGINE_VERSION}-${process.platform}-${process.arch}-`;

/** Null where there is no source to build from. */
export const addonName = (): string | null =>
  existsSync(addonSource)
    ? `${prefix()}${createHash('sha256').update(readFileSync(addonSource)).digest('hex').slice(0, 12)}.node`
    : null;

/** The addon of this very source, or in a package the one that came with it; null where there is none. */
export const findAddon = (): string | null => {
  const name = addonName();
  if (name !== null) return [builtDir, packagedDir].map((dir) => join(dir, name)).find(existsSync) ?? null;
  const packaged = existsSync(packagedDir) ? readdirSync(packagedDir) : [];
  const found = packaged.find((file) => file.startsWith(prefix()) && file.endsWith('.node'));
  return found === undefined ? null : join(packagedDir, found);
};
