// The engine's addon for a package of the desktop app: node node-core/inference/native/package.ts
// A package that is made where there is no compiler has none, and says so.
import { defaultCatalogPath, readCatalog } from '../catalog.ts';
import { compileAddon } from './compile.ts';
import { packagedDir } from './place.ts';

const { builtin } = readCatalog(defaultCatalogPath);
const built = await compileAddon({ dir: packagedDir, model: builtin.path, signal: new AbortController().signal });
process.stdout.write(
  built.outcome === 'ready'
    ? `The engine's addon is in ${built.path}\n`
    : `The package gets no engine addon (${built.outcome === 'failed' ? built.detail : 'no compiler'}): it will write with one thread.\n`,
);
