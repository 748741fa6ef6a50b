import { run } from './run.ts';

export interface Compiler {
  readonly command: string;
  /** What it says of itself. */
  readonly version: string;
}

const VERSION_MS = 60_000;

/** The compiler of C++ to use, the person's own choice (`CXX`) first; null where none is there. */
export const findCompiler = async (signal: AbortSignal): Promise<Compiler | null> => {
  const own = process.env['CXX'];
  for (const command of [...(own ? [own] : []), 'c++', 'g++', 'clang++']) {
    const { missing, output } = await run(command, ['--version'], VERSION_MS, signal);
    if (!missing) return { command, version: output.trim() };
  }
  return null;
};
