// What a clone builds of the engine in the background, at once, whatever failed before: node node-core/inference/native/build.ts
import { defaultCatalogPath, readCatalog } from '../catalog.ts';
import { compileAddon } from './compile.ts';
import { compileProcessor } from './compile-processor.ts';
import { forgetFailure } from './failures.ts';
import { builtDir } from './place.ts';

const { builtin } = readCatalog(defaultCatalogPath);
const options = { dir: builtDir, model: builtin.path, signal: new AbortController().signal };
for (const [what, compile] of [
  ['addon', compileAddon],
  ['processor', compileProcessor],
] as const) {
  forgetFailure(builtDir, what);
  const built = await compile(options);
  process.stdout.write(
    `${what}: ${built.outcome === 'ready' ? built.path : built.outcome === 'failed' ? built.detail : 'no compiler'}\n`,
  );
}
