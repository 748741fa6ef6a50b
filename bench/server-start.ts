// What the server adds to the start of a node, in a fresh process; bench/api.ts runs it.
import { mkdtempSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../node-core/common/index.ts';
import { parseConfig } from '../node-core/config/index.ts';

enableCompileCache();
for (const room of ['agents', 'inference', 'threads', 'vault', 'workspace'])
  await import(new URL(`../node-core/${room}/index.ts`, import.meta.url).href);
const begun = performance.now();
await import('../node-core/server/index.ts');
const importMs = performance.now() - begun;
const { createRuntime } = await import('../node-core/runtime.ts');

const startOnce = async (serve: boolean): Promise<number> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
  const runtime = createRuntime(parseConfig({ dataDir }), {
    logger: silentLogger,
    version: '0.0.0',
    host: 'server',
    uiDir: dataDir,
    serve,
    background: false,
  });
  const started = performance.now();
  await runtime.start();
  const millis = performance.now() - started;
  await runtime.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return millis;
};
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

await startOnce(false);
const without: number[] = [];
const withServer: number[] = [];
for (let index = 0; index < 5; index += 1) {
  without.push(await startOnce(false));
  withServer.push(await startOnce(true));
}
const round = (value: number) => Math.round(value * 10) / 10;
process.stdout.write(
  JSON.stringify({ importMs: round(importMs), listenMs: round(median(withServer) - median(without)) }),
);
