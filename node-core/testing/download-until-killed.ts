import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { silentLogger, systemClock } from '../common/index.ts';
import { createDownloadRows } from '../inference/downloads/download-rows.ts';
import { createDownloads } from '../inference/downloads/downloads.ts';
import { openStore } from '../storage/index.ts';
import { catalogModel, testPace } from './test-downloads.ts';

/**
 * A download in a process of its own, to be killed or to run out of space. Arguments: a file with the orders as JSON. Prints each state as
 * it is announced.
 */
const Orders = z.object({
  /** Of the vault. */
  vault: z.string(),
  key: z.string(),
  salt: z.string(),
  models: z.string(),
  mirror: z.string(),
});
export type Orders = z.infer<typeof Orders>;

const orders = Orders.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const database = { key: Buffer.from(orders.key, 'hex'), salt: Buffer.from(orders.salt, 'hex') };
const blobs = { vaultId: 'test-vault', content: Buffer.alloc(32), names: Buffer.alloc(32) };
const store = openStore({ dir: orders.vault, keys: { database, blobs } });
const model = catalogModel('tiny', [{ path: 'tiny.gguf' }]);
const downloads = createDownloads({
  dir: orders.models,
  modelMirror: orders.mirror,
  rows: createDownloadRows(() => store),
  catalog: [model],
  contextLength: (info) => info.contextLength,
  clock: systemClock,
  logger: silentLogger,
  pace: testPace,
  onLeave: () => undefined,
});
const ended = Promise.withResolvers<void>();
downloads.onDidChange((download) => {
  process.stdout.write(`${JSON.stringify(download)}\n`);
  if (['done', 'failed', 'paused'].includes(download.state)) ended.resolve();
});
downloads.begin(model, true);
await ended.promise;
await downloads.stop();
store.close();
