import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_VERSION } from '../engine-version.ts';

const inSource = import.meta.url.endsWith('.ts');
/** Of the clone, or of the packaged app. */
const root = fileURLToPath(new URL(inSource ? '../../../' : '../../', import.meta.url));

/** Holds the sources, and how they are built. */
export const nativeDir = join(root, 'node-core', 'inference', 'native');
export const addonSource = join(nativeDir, 'engine.cpp');
/** Products of matrices that take the place of llama.cpp's, and what compares the two. */
export const matrixSources = ['matrix-q4.cpp', 'matrix-q8.cpp'].map((file) => join(nativeDir, file));
export const matrixCheckSource = join(nativeDir, 'matrix-check.cpp');
export const addonChecker = join(nativeDir, 'check.ts');
export const processorChecker = join(nativeDir, 'processor-check.ts');
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
export const findAddon = (built = builtDir): string | null => {
  const name = addonName();
  if (name !== null) return [built, packagedDir].map((dir) => join(dir, name)).find(existsSync) ?? null;
  const packaged = existsSync(packagedDir) ? readdirSync(packagedDir) : [];
  const found = packaged.find((file) => file.startsWith(prefix()) && file.endsWith('.node'));
  return found === undefined ? null : join(packagedDir, found);
};

/** The library's own compiled addon for this machine's kind of processor; null where it brings none without a graphics card. */
export const libraryAddon = (): string | null => {
  const target = `${process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : process.platform}-${process.arch}`;
  const path = join(dirname(library()), '@node-llama-cpp', target, 'bins', target, 'llama-addon.node').replace(
    /\.asar([\\/])/u,
    '.asar.unpacked$1',
  );
  return existsSync(path) ? path : null;
};

const library = (): string => dirname(dirname(fileURLToPath(import.meta.resolve('node-llama-cpp'))));

/** llama.cpp's source as the library brings it; null where it brings none. */
export const engineSource = (): string | null => {
  const path = join(library(), 'llama', 'gitRelease.bundle');
  return existsSync(path) ? path : null;
};

/** Of this source and for this very processor: another one, as after a move to another machine, might not know its instructions. */
const processorKey = (): string => {
  const info = process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  const features = /^(?:flags|Features)\s*:.*$/mu.exec(info)?.[0] ?? '';
  return createHash('sha256')
    .update(`${cpus()[0]?.model ?? ''} ${features}`)
    .update(matrixSources.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join())
    .digest('hex')
    .slice(0, 12);
};

/** Where llama.cpp's arithmetic lies once it is compiled for this processor. */
export const processorName = (): string => `processor-${ENGINE_VERSION}-${process.arch}-${processorKey()}`;

/** Null where it was not compiled. */
export const findProcessor = (built = builtDir): string | null => {
  if (process.platform !== 'linux') return null;
  const dir = join(built, processorName());
  return existsSync(join(dir, 'libggml-cpu.so')) ? dir : null;
};
