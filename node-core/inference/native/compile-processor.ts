import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Compiled, CompileOptions } from './compile.ts';
import { findCompiler } from './compiler.ts';
import {
  engineSource,
  libraryAddon,
  matrixCheckSource,
  matrixSources,
  nodeBinary,
  processorChecker,
  processorName,
} from './place.ts';
import { run } from './run.ts';
import { createUnfinished } from './unfinished.ts';

const COMPILE_MS = 10 * 60_000;
const CHECK_MS = 2 * 60_000;

const folders: Readonly<Record<string, string>> = { x64: 'x86', arm64: 'arm' };

/** As llama.cpp's own build for one processor has them, OpenMP aside. */
const flags = [
  ...['GGML_BACKEND_BUILD', 'GGML_BACKEND_SHARED', 'GGML_BACKEND_DL', 'GGML_SHARED', 'GGML_USE_CPU_REPACK'],
  ...['GGML_USE_LLAMAFILE', 'GGML_SCHED_MAX_COPIES=4', 'NDEBUG', '_GNU_SOURCE', '_XOPEN_SOURCE=600'],
].map((name) => `-D${name}`);

/** What matrix-q4.cpp and matrix-q8.cpp replace; where they can't, they call these by their new names. */
const replaced: Readonly<Record<string, readonly string[]>> = {
  'repack.cpp': ['ggml_gemm_q4_0_8x8_q8_0', 'ggml_gemv_q4_0_8x8_q8_0'],
  'sgemm.cpp': ['llamafile_sgemm'],
};
const renamed = (file: string): string[] =>
  // Beside the one for this processor there is a repack.cpp for all of them.
  dirname(file).endsWith('ggml-cpu')
    ? []
    : (replaced[basename(file)] ?? []).map((name) => `-D${name}=library_${name.replace(/^ggml_/u, '')}`);

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => /\.(?:c|cpp)$/u.test(file) && file !== 'cpu-feats.cpp')
    .map((file) => join(folder, file));

/**
 * Compiles llama.cpp's arithmetic for this very processor, from the source that the library brings, with products of
 * our own for Q4_0 and Q8_0: prompts are read in two thirds of the time. Only on Linux; needs git and a compiler. Without OpenMP, whose threads belong to the thread that computes first: the addon's last.
 */
export const compileProcessor = async ({ dir, model, signal }: CompileOptions): Promise<Compiled> => {
  const addon = libraryAddon();
  const bundle = engineSource();
  const architecture = folders[process.arch];
  if (process.platform !== 'linux' || addon === null || bundle === null || architecture === undefined)
    return { outcome: 'no-compiler' };
  const compiler = await findCompiler(signal);
  if (compiler === null) return { outcome: 'no-compiler' };
  const work = createUnfinished(dir);
  try {
    const unfinished = join(work, 'build');
    mkdirSync(unfinished);
    const source = join(work, 'source');
    const steps = [
      ['clone', '--quiet', '--no-checkout', bundle, source],
      ['-C', source, 'checkout', '--quiet', 'HEAD', '--', 'ggml/include', 'ggml/src/*.h', 'ggml/src/ggml-cpu'],
    ];
    for (const step of steps) {
      const { code, missing } = await run('git', step, COMPILE_MS, signal);
      if (missing) return { outcome: 'no-compiler' };
      if (code !== 0) return { outcome: 'failed', detail: "the library's source can't be read" };
    }
    const ggml = join(source, 'ggml');
    const cpu = join(ggml, 'src', 'ggml-cpu');
    const folder = (...names: string[]) => join(cpu, ...names);
    const objects: string[] = [];
    const include = [join(ggml, 'src'), cpu, join(ggml, 'include')].flatMap((path) => ['-I', path]);
    const compile = (given: readonly string[]) =>
      run(
        compiler.command,
        [...flags, ...include, '-O3', '-march=native', '-fPIC', '-w', ...given],
        COMPILE_MS,
        signal,
      );
    const theirs = [cpu, folder('amx'), folder('llamafile'), folder('arch', architecture)].flatMap(sourcesOf);
    const isReplaced = process.arch === 'x64';
    for (const file of isReplaced ? [...theirs, ...matrixSources] : theirs) {
      const object = join(work, `${objects.length}-${basename(file)}.o`);
      const language = file.endsWith('.c') ? ['-x', 'c', '-std=gnu11'] : ['-x', 'c++', '-std=gnu++17'];
      const built = await compile([...language, ...(isReplaced ? renamed(file) : []), '-c', '-o', object, file]);
      if (built.code !== 0) return { outcome: 'failed', detail: built.errors.split('\n')[0] ?? 'the compiler failed' };
      objects.push(object);
    }
    const library = join(unfinished, 'libggml-cpu.so');
    const base = join(addon, '..', 'libggml-base.so');
    const linked = await run(
      compiler.command,
      ['-shared', '-fPIC', '-o', library, ...objects, base],
      COMPILE_MS,
      signal,
    );
    if (linked.code !== 0) return { outcome: 'failed', detail: linked.errors.split('\n')[0] ?? 'the linker failed' };
    if (isReplaced) {
      const checker = join(work, 'matrix-check');
      const found = `-Wl,-rpath,${dirname(base)}`;
      const built = await compile(['-std=gnu++17', '-o', checker, matrixCheckSource, ...objects, base, found]);
      if (built.code !== 0) return { outcome: 'failed', detail: built.errors.split('\n')[0] ?? 'the compiler failed' };
      const checked = await run(checker, [], CHECK_MS, signal);
      if (checked.code !== 0) return { outcome: 'failed', detail: 'its products are not those of the library' };
    }
    const [expected, found] = [
      await run(nodeBinary, [processorChecker, '', model], CHECK_MS, signal),
      await run(nodeBinary, [processorChecker, unfinished, model], CHECK_MS, signal),
    ];
    if (found.code !== 0 || expected.code !== 0 || found.output !== expected.output)
      return { outcome: 'failed', detail: 'it did not answer as the library does' };
    const path = join(dir, processorName());
    rmSync(path, { recursive: true, force: true });
    renameSync(unfinished, path);
    for (const file of readdirSync(dir))
      if (file.startsWith('processor-') && file !== processorName())
        rmSync(join(dir, file), { recursive: true, force: true });
    return { outcome: 'ready', path };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};
