import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { include_dir as nodeHeaders } from 'node-api-headers';
import { type Ended, run } from './run.ts';
import { addonChecker, addonName, addonSource, nodeBinary } from './place.ts';

export type Compiled =
  | { readonly outcome: 'ready'; readonly path: string }
  | { readonly outcome: 'no-compiler' }
  | { readonly outcome: 'failed'; readonly detail: string };

export interface CompileOptions {
  /** Where the addon goes. */
  readonly dir: string;
  /** A small model that the new addon has to answer with as the library does, before it takes its name. */
  readonly model: string;
  readonly signal: AbortSignal;
}

const COMPILE_MS = 5 * 60_000;
const CHECK_MS = 2 * 60_000;

/** Names of compilers of C++ worth trying, the person's own choice first. */
export const compilers = (): readonly string[] => [
  ...(process.env['CXX'] ? [process.env['CXX']] : []),
  'c++',
  'g++',
  'clang++',
];

const flags = [
  '-std=c++17',
  '-O2',
  '-fPIC',
  '-fvisibility=hidden',
  '-DNAPI_VERSION=8',
  ...(process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-ldl']),
];

/** Builds `engine.cpp`, runs it once in a process of its own, and gives it its name only then. */
export const compileAddon = async ({ dir, model, signal }: CompileOptions): Promise<Compiled> => {
  const name = addonName();
  // Its libraries are found by the functions of POSIX.
  if (name === null || process.platform === 'win32') return { outcome: 'no-compiler' };
  mkdirSync(dir, { recursive: true });
  const path = join(dir, name);
  const unfinished = `${path}.${process.pid}.node`;
  try {
    let built: Ended | undefined;
    for (const compiler of compilers()) {
      built = await run(compiler, [...flags, '-I', nodeHeaders, '-o', unfinished, addonSource], COMPILE_MS, signal);
      if (!built.missing) break;
    }
    if (!built || built.missing) return { outcome: 'no-compiler' };
    if (built.code !== 0) return { outcome: 'failed', detail: built.errors.split('\n')[0] ?? 'the compiler failed' };
    const checked = await run(nodeBinary, [addonChecker, unfinished, model], CHECK_MS, signal);
    if (checked.code !== 0) return { outcome: 'failed', detail: 'it did not answer as the library does' };
    renameSync(unfinished, path);
    // Those of earlier sources; a process that runs on one keeps it until it ends.
    for (const file of readdirSync(dir))
      if (file.startsWith('engine-') && file !== name) rmSync(join(dir, file), { force: true });
    return { outcome: 'ready', path };
  } finally {
    rmSync(unfinished, { force: true });
  }
};
