import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before anything else is imported: a warm start is mostly reading code.
enableCompileCache(join(import.meta.dirname, '..', '..', '.cache', 'compile'));

// Whoever reads the output may stop early: `jan list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { createProgram } = await import('./program.ts');
await createProgram().parseAsync();
