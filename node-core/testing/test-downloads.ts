import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from '../common/index.ts';
import type { Download } from '../contract/index.ts';
import type { CatalogModel } from '../inference/catalog.ts';
import { createDownloadRows } from '../inference/downloads/download-rows.ts';
import { createDownloads, type Downloads, type DownloadsComponents } from '../inference/downloads/downloads.ts';
import type { Pace } from '../inference/downloads/pace.ts';
import type { Store } from '../storage/index.ts';
import { openTestStore } from './open-test-store.ts';

/** Quick enough for tests; patient, so that a loaded machine is not taken for a server that hangs. */
export const testPace: Pace = { stall: 20_000, firstWait: 2, longestWait: 20, record: 20, announce: 5 };

interface TestFile {
  readonly path: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

export const catalogModel = (id: string, files: readonly TestFile[]): CatalogModel => ({
  id,
  name: `The ${id}`,
  author: 'Nobody',
  kind: 'chat',
  description: 'Random weights.',
  goodAt: ['nothing'],
  parameters: '1M',
  quantization: 'F32',
  context: 512,
  licence: { name: 'Test licence', url: 'https://example.com/licence' },
  repository: 'nobody/tiny',
  revision: 'main',
  files: files.map(({ path, bytes = null, sha256 = null }) => ({ path, bytes, sha256 })),
  about: 8_000_000,
  cacheBytesPerToken: 100,
});

/** Downloads over a real store and real files. */
export interface TestDownloads {
  readonly downloads: Downloads;
  readonly store: Store;
  /** Where models come to lie. */
  readonly dir: string;
  /** Ids of those that are under way no longer. */
  readonly left: readonly string[];
  /** Resolves once the download is in one of these states; at once where it is. Rejects where it failed and that is none of them. */
  until(id: string, ...states: readonly Download['state'][]): Promise<Download>;
  /** Resolves once something of it came. */
  untilSome(id: string): Promise<Download>;
  /** Everything that was announced, in order. */
  readonly seen: readonly Download[];
  /** The same vault and files after a restart. */
  again(catalog?: readonly CatalogModel[]): TestDownloads;
  dispose(): Promise<void>;
}

type Settings = Pick<DownloadsComponents, 'catalog' | 'modelMirror'> & Partial<DownloadsComponents>;

export const createTestDownloads = (settings: Settings): TestDownloads => {
  const dir = mkdtempSync(join(tmpdir(), 'jan-downloads-'));
  const opened = openTestStore();
  const all: Downloads[] = [];
  const open = (catalog = settings.catalog): TestDownloads => {
    const seen: Download[] = [];
    const left: string[] = [];
    const downloads = createDownloads({
      dir,
      rows: createDownloadRows(() => opened.store),
      clock: systemClock,
      logger: silentLogger,
      contextLength: (info) => info.contextLength,
      pace: testPace,
      onLeave: (id) => left.push(id),
      ...settings,
      catalog,
    });
    downloads.onDidChange((download) => seen.push(download));
    all.push(downloads);
    const first = async (id: string, is: (download: Download) => boolean): Promise<Download> => {
      const now = seen.findLast((download) => download.id === id);
      if (now && is(now)) return now;
      const { promise, resolve } = Promise.withResolvers<Download>();
      const listener = downloads.onDidChange((download) => {
        if (download.id === id && is(download)) resolve(download);
      });
      return promise.finally(() => listener.dispose());
    };
    return {
      downloads,
      store: opened.store,
      dir,
      left,
      seen,
      async until(id, ...states) {
        const download = await first(id, ({ state }) => states.includes(state) || state === 'failed');
        if (!states.includes(download.state)) throw new Error(download.error?.message);
        return download;
      },
      untilSome: (id) => first(id, ({ received }) => received > 0),
      again: open,
      async dispose() {
        await Promise.all(all.map((one) => one.stop()));
        opened.dispose();
        rmSync(dir, { recursive: true, force: true });
      },
    };
  };
  return open();
};
