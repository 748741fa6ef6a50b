import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { include_dir as nodeHeaders } from 'node-api-headers';
import { findCompiler } from './compiler.ts';
import { addonChecker, addonName, addonSource, nodeBinary } from './place.ts';
import { run } from './run.ts';
import { createUnfinished } from './unfinished.ts';

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
  const compiler = await findCompiler(signal);
  if (compiler === null) return { outcome: 'no-compiler' };
  const folder = createUnfinished(dir);
  try {
    const unfinished = join(folder, name);
    const path = join(dir, name);
    const given = [...flags, '-I', nodeHeaders, '-o', unfinished, addonSource];
    const built = await run(compiler.command, given, COMPILE_MS, signal);
    if (built.code !== 0) return { outcome: 'failed', detail: built.errors.split('\n')[0] ?? 'the compiler failed' };
    const checked = await run(nodeBinary, [addonChecker, unfinished, model], CHECK_MS, signal);
    if (checked.code !== 0) return { outcome: 'failed', detail: 'it did not answer as the library does' };
    renameSync(unfinished, path);
    // Those of earlier sources; a process that runs on one keeps it until it ends.
    for (const file of readdirSync(dir))
      if (file.startsWith('engine-') && file !== name) rmSync(join(dir, file), { force: true });
    return { outcome: 'ready', path };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
