import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type CatalogEntry, CancellationError, type Download } from '../contract/index.ts';
import { type Output, printable, sizeText, table } from './output.ts';
import type { NodeClient } from './session.ts';

const BAR = 24;
const POLL_MILLIS = 250;

const fits: Readonly<Record<CatalogEntry['fit']['verdict'], string>> = {
  fits: 'fits',
  slow: 'slow',
  'wont-fit': "won't fit",
};

export const listCatalog = async (client: NodeClient, output: Output): Promise<void> => {
  const entries = await client.models.catalog();
  if (output.json) return output.printJson(entries);
  const rows = entries.map((entry) => [
    printable(entry.id),
    printable(entry.name),
    entry.size === null ? `~${sizeText(entry.estimatedSize)}` : sizeText(entry.size),
    fits[entry.fit.verdict],
    printable(entry.license.name),
    entry.installed ? 'here' : (entry.download?.state ?? ''),
    printable(entry.goodAt.join(', ')),
  ]);
  output.print(table([['ID', 'NAME', 'SIZE', 'MACHINE', 'LICENCE', 'STATE', 'GOOD AT'], ...rows]));
};

export interface DownloadOptions {
  readonly acceptLicense?: boolean;
}

/** Fetches a model and waits for it. */
export const downloadModel = async (
  client: NodeClient,
  output: Output,
  id: string,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<void> => {
  const entry = (await client.models.catalog()).find((candidate) => candidate.id === id);
  const begun = entry?.download ?? null;
  const acceptLicense =
    options.acceptLicense === true || begun !== null || (entry !== undefined && (await accepts(entry, output)));
  await client.models.download({ id, acceptLicense });
  for (;;) {
    if (signal.aborted) {
      output.note('Stopped waiting. What came is kept; the download goes on when Jan runs.');
      throw new CancellationError();
    }
    const download = (await client.models.downloads()).find((candidate) => candidate.id === id);
    if (!download) break;
    if (download.error) throw Object.assign(new Error(download.error.message), { code: download.error.code });
    if (download.state === 'paused')
      throw new AppError('CONFLICT', 'The download was paused. Give the same command again to go on.');
    output.progress(progressLine(download));
    await sleep(POLL_MILLIS, undefined, { signal }).catch(() => undefined);
  }
  const model = (await client.models.list()).find((candidate) => candidate.id === id);
  if (!model) throw new AppError('CONFLICT', 'The download was cancelled.');
  if (output.json) return output.printJson(model);
  output.print(`Downloaded ${printable(model.name)} (${printable(model.id)}).`);
};

/** Shows the licence to a person, who says yes or no; a program says so with an option. */
const accepts = async ({ name, license, fit }: CatalogEntry, output: Output): Promise<boolean> => {
  if (output.json || !process.stdin.isTTY) return false;
  output.note(printable(fit.reason));
  output.note(printable(`${name} comes under the licence ${license.name}: ${license.url ?? ''}`));
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/iu.test((await terminal.question('Accept it and download the model? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
};

const progressLine = ({ name, state, received, total, speed }: Download): string => {
  if (state === 'queued') return `${name}: waiting for other downloads`;
  if (state === 'verifying') return `${name}: checking what came`;
  const share = total === null || total === 0 ? 0 : received / total;
  const filled = Math.round(share * BAR);
  const left = speed !== null && speed > 0 && total !== null ? Math.ceil((total - received) / speed) : null;
  return [
    `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}] ${Math.floor(share * 100)} %`,
    total === null ? sizeText(received) : `${sizeText(received)} of ${sizeText(total)}`,
    ...(speed === null ? [] : [`${sizeText(speed)}/s`]),
    ...(left === null ? [] : [left < 90 ? `${left} s left` : `${Math.round(left / 60)} min left`]),
  ].join('  ');
};

export const listDownloads = async (client: NodeClient, output: Output): Promise<void> => {
  const downloads = await client.models.downloads();
  if (output.json) return output.printJson(downloads);
  if (downloads.length === 0) return output.print('Nothing is being downloaded.');
  const rows = downloads.map(({ id, state, received, total, error }) => [
    printable(id),
    state,
    total === null ? sizeText(received) : `${sizeText(received)} of ${sizeText(total)}`,
    error === null ? '' : printable(error.message),
  ]);
  output.print(table([['ID', 'STATE', 'RECEIVED', ''], ...rows]));
};

export const pauseDownload = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  const download = await client.models.pauseDownload({ id });
  if (output.json) return output.printJson(download);
  output.print(`Paused ${printable(download.name)} (${printable(id)}). "jan models download" goes on with it.`);
};

export const cancelDownload = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  await client.models.cancelDownload({ id });
  if (output.json) return output.printJson({ cancelled: id });
  output.print(`Cancelled ${printable(id)}. What came of it was deleted.`);
};

export const showDisk = async (client: NodeClient, output: Output): Promise<void> => {
  const { disk } = await client.models.machine();
  if (output.json) return output.printJson(disk);
  const models = (await client.models.list()).filter(({ source, size }) => source === 'download' && size !== null);
  output.print(
    table([
      ...models.map(({ id, size }) => [printable(id), sizeText(size ?? 0)]),
      ['downloaded models in all', sizeText(disk.used)],
      ['free', sizeText(disk.free)],
      ['folder', printable(disk.dir)],
    ]),
  );
};
