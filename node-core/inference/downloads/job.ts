import type { Clock } from '../../common/index.ts';
import type { Download } from '../../contract/index.ts';
import type { CatalogModel } from '../catalog.ts';
import type { DownloadRecord } from './download-rows.ts';
import { type FileProgress, nothingYet } from './part-file.ts';
import { bytesIn } from './ranges.ts';
import { createSpeedometer, type Speedometer } from './speedometer.ts';

/** A download while the vault is open. */
export interface Job {
  /** As the vault has it: what would be there after a power cut. */
  record: DownloadRecord;
  /** As it is now. */
  progress: readonly FileProgress[];
  /** Missing where the catalog has it no more. */
  readonly model: CatalogModel | undefined;
  /** While it is worked on. */
  live: 'running' | 'verifying' | null;
  readonly speed: Speedometer;
  controller: AbortController;
  /** Being cancelled. */
  leaving: boolean;
  work: Promise<void>;
}

/** A download that begins, or goes on. */
export const queuedRecord = (
  { id, files }: CatalogModel,
  before: DownloadRecord | null,
  now: number,
): DownloadRecord => ({
  id,
  state: 'queued',
  files: before?.files ?? files.map(({ path }) => ({ path, ...nothingYet, ranges: [] })),
  error: null,
  createdAt: before?.createdAt ?? now,
});

export const createJob = (record: DownloadRecord, model: CatalogModel | undefined, clock: Clock): Job => {
  const paths = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path).join('\n');
  // Another version of the catalog may name other files.
  const same = model === undefined || paths(model.files) === paths(record.files);
  const kept = same ? record : { ...record, files: queuedRecord(model, null, 0).files };
  return {
    record: kept,
    progress: kept.files,
    model,
    live: null,
    speed: createSpeedometer(clock),
    controller: new AbortController(),
    leaving: false,
    work: Promise.resolve(),
  };
};

export const receivedBytes = ({ progress }: Job): number =>
  progress.reduce((total, { ranges }) => total + bytesIn(ranges), 0);

const totalBytes = ({ progress, model }: Job): number | null =>
  progress.reduce<number | null>((total, file, index) => {
    const bytes = file.total ?? model?.files[index]?.bytes ?? null;
    return total === null || bytes === null ? null : total + bytes;
  }, 0);

export const remainingBytes = (job: Job): number =>
  Math.max(0, (totalBytes(job) ?? job.model?.about ?? 0) - receivedBytes(job));

export const showJob = (job: Job, state: Download['state'] = job.live ?? job.record.state): Download => ({
  id: job.record.id,
  name: job.model?.name ?? job.record.id,
  state,
  received: receivedBytes(job),
  total: totalBytes(job),
  speed: state === 'running' ? job.speed.perSecond() : null,
  error: job.record.error,
  createdAt: job.record.createdAt,
});
