import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Before anything else is imported: a warm start is mostly reading code.
enableCompileCache(join(import.meta.dirname, '..', '..', '.cache', 'compile'));

const { createProgram } = await import('./program.ts');
const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
await createProgram(manifest.version).parseAsync();
