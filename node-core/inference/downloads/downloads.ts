import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, Emitter, type Event, logFault, type Logger } from '../../common/index.ts';
import type { DownloadConfig } from '../../config/index.ts';
import { AppError, type Download, errorCode, isCancellation, toWireError } from '../../contract/index.ts';
import { guarded } from '../../storage/index.ts';
import type { CatalogModel } from '../catalog.ts';
import { emptyRow } from '../entries.ts';
import type { GgufInfo } from '../gguf/inspect.ts';
import type { ModelRow } from '../model-rows.ts';
import { requireSpace } from './disk.ts';
import type { DownloadRecord, DownloadRows } from './download-rows.ts';
import { fetchModel } from './fetch-model.ts';
import { createHub, type Hub } from './hub.ts';
import { createJob, type Job, queuedRecord, receivedBytes, remainingBytes, showJob } from './job.ts';
import { defaultPace, type Pace } from './pace.ts';
import { type FileProgress, nothingYet } from './part-file.ts';

/** The others wait. */
const AT_ONCE = 2;

/** Models on their way here. They wait for the next `start` where the node ends, or the vault is locked. */
export interface Downloads {
  list(): Download[];
  find(id: string): Download | null;
  /** Begins or goes on. @throws AppError `LICENSE_NOT_ACCEPTED`, `STORAGE_FULL`, `VAULT_LOCKED` after a stop, `CONFLICT` while it is being cancelled */
  begin(model: CatalogModel, acceptLicense: boolean): Download;
  /** @throws AppError `MODEL_NOT_FOUND` */
  pause(id: string): Promise<Download>;
  /** Deletes what came. @throws AppError `MODEL_NOT_FOUND` */
  cancel(id: string): Promise<void>;
  /** Where a model of the catalog lies once it is here. */
  home(id: string): string;
  /** Deletes the files of a model that is here. @throws AppError `STORAGE_*` */
  discard(id: string): void;
  /** Takes up what was under way. */
  start(): void;
  /** What came is on record when it resolves. */
  stop(): Promise<void>;
  readonly onDidChange: Event<Download>;
}

export interface DownloadsComponents {
  /** `models/` in the data directory. */
  readonly dir: string;
  readonly modelMirror: DownloadConfig['modelMirror'];
  readonly proxy?: DownloadConfig['proxy'];
  readonly rows: DownloadRows;
  readonly catalog: readonly CatalogModel[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tokens that a model can see on this machine. */
  readonly contextLength: (info: GgufInfo) => number;
  /** It is under way no longer: on the list of models, or cancelled. */
  readonly onLeave: (id: string) => void;
  readonly pace?: Pace;
}

const unknownDownload = (id: string): AppError =>
  new AppError('MODEL_NOT_FOUND', `"${id.slice(0, 200)}" is not being downloaded. Start it under Models first.`);

export const createDownloads = (components: DownloadsComponents): Downloads => {
  const { dir, modelMirror, proxy, rows, catalog, clock, logger, onLeave, pace = defaultPace } = components;
  const changes = new Emitter<Download>();
  let known: Map<string, Job> | null = null;
  let hub: Hub | null = null;
  /** Before the first start only what is begun by hand is fetched; after a stop, nothing. */
  let state: 'new' | 'active' | 'stopped' = 'new';

  const home = (id: string) => join(dir, id);
  const incoming = (id: string) => join(dir, '.incoming', id);

  const jobOf = (record: DownloadRecord): Job =>
    createJob(
      record,
      catalog.find(({ id }) => id === record.id),
      clock,
    );
  const jobs = () => (known ??= new Map(rows.all().map((record) => [record.id, jobOf(record)])));

  const announce = (job: Job) => changes.fire(showJob(job));

  const keep = (job: Job, patch: Partial<DownloadRecord>) => {
    job.record = { ...job.record, ...patch };
    rows.put(job.record);
  };
  const recordFile = (job: Job, index: number, { ranges, ...progress }: FileProgress) =>
    keep(job, {
      files: job.record.files.map((file, at) =>
        at === index ? { path: file.path, ...progress, ranges: ranges.map(([from, to]) => [from, to]) } : file,
      ),
    });

  const requireRoom = (job: Job) => {
    const others = [...jobs().values()].filter((other) => other !== job && other.live !== null);
    const promised = others.reduce((bytes, other) => bytes + remainingBytes(other), 0);
    requireSpace(dir, showJob(job).name, remainingBytes(job) + promised);
  };

  const fetchJob = async (job: Job, model: CatalogModel) => {
    const { id } = model;
    const update = (index: number, progress: FileProgress) => {
      job.progress = job.progress.map((file, at) => (at === index ? progress : file));
    };
    const { path, info, digests } = await fetchModel({
      model,
      hub: (hub ??= createHub({ modelMirror, proxy })),
      pace,
      signal: job.controller.signal,
      incoming: incoming(id),
      home: home(id),
      progress: (index) => job.record.files[index] ?? nothingYet,
      knownDigest: (file) => rows.digest(model.repository, `${model.revision}/${file}`),
      onSize(index, size) {
        update(index, { ...(job.progress[index] ?? nothingYet), total: size });
        requireRoom(job);
      },
      onBytes: update,
      onRecord: (index, progress) => recordFile(job, index, progress),
      onVerify() {
        job.live = 'verifying';
        announce(job);
      },
    });
    const row: ModelRow = {
      ...emptyRow,
      id,
      name: model.name,
      source: 'download',
      description: model.description,
      license: model.licence.name,
      path,
      size: info.size,
      contextLength: components.contextLength(info),
      addedAt: clock.now(),
    };
    rows.finish(
      id,
      row,
      model.files.map((file, index) => ({
        repository: model.repository,
        file: `${model.revision}/${file.path}`,
        sha256: digests[index] ?? '',
      })),
    );
    jobs().delete(id);
    logger.info('a model was downloaded', { bytes: info.size });
    onLeave(id);
    changes.fire(showJob(job, 'done'));
  };

  /** Why it ended, unless somebody asked for it. */
  const fail = (job: Job, error: unknown) => {
    job.live = null;
    if (isCancellation(error) || errorCode(error) === 'VAULT_LOCKED') return;
    if (errorCode(error) === undefined) logFault(logger, 'a download failed', error);
    const { code, message } = toWireError(error);
    logger.warn('a download stopped', { code });
    const state = code.startsWith('STORAGE_') ? 'paused' : 'failed';
    const patch = { state, error: { code, message } } as const;
    try {
      keep(job, patch);
    } catch (fault) {
      if (errorCode(fault)?.startsWith('STORAGE_') !== true) throw fault;
      // The disk that is full may be the vault's own. After a restart it is tried again, and says so again.
      job.record = { ...job.record, ...patch };
    }
  };

  const work = async (job: Job) => {
    const timer = setInterval(() => {
      if (job.live === 'running' && job.speed.note(receivedBytes(job))) announce(job);
    }, pace.announce);
    try {
      if (job.model === undefined)
        throw new AppError('MODEL_NOT_FOUND', 'This model is no longer in the catalog. Cancel the download.');
      await fetchJob(job, job.model);
    } catch (error) {
      fail(job, error);
      announce(job);
    } finally {
      clearInterval(timer);
      job.live = null;
    }
  };

  const pump = () => {
    if (state !== 'active') return;
    const all = [...jobs().values()];
    const free = AT_ONCE - all.filter(({ live }) => live !== null).length;
    const waiting = all.filter(({ live, record }) => live === null && record.state === 'queued');
    for (const job of waiting.toSorted((a, b) => a.record.createdAt - b.record.createdAt).slice(0, Math.max(0, free))) {
      job.live = 'running';
      job.controller = new AbortController();
      job.progress = job.record.files;
      job.speed.reset();
      announce(job);
      job.work = work(job).then(pump);
    }
  };

  const find = (id: string): Job => {
    const job = jobs().get(id);
    if (!job) throw unknownDownload(id);
    return job;
  };

  return {
    list: () => [...jobs().values()].map((job) => showJob(job)),
    find(id) {
      const job = jobs().get(id);
      return job ? showJob(job) : null;
    },
    begin(model, acceptLicense) {
      if (state === 'stopped') throw new AppError('VAULT_LOCKED', 'Jan is locked. Unlock it, then start the download.');
      const { id } = model;
      const before = jobs().get(id);
      if (before?.leaving)
        throw new AppError('CONFLICT', `"${model.name}" is being cancelled. Start it again in a moment.`);
      if (before && before.live !== null) {
        // A pause that takes effect just now is over as soon as it has.
        if (before.record.state === 'paused') keep(before, { state: 'queued', error: null });
        return showJob(before);
      }
      if (before?.record.state === 'queued' && state === 'active') return showJob(before);
      if (!before && !acceptLicense)
        throw new AppError(
          'LICENSE_NOT_ACCEPTED',
          `"${model.name}" comes under the licence ${model.licence.name} (${model.licence.url}). Read it and accept it to download the model.`,
          { data: { license: model.licence.name, url: model.licence.url } },
        );
      const record = queuedRecord(model, before?.record ?? null, clock.now());
      const job = jobOf(record);
      // What is here already only has to be checked.
      if (!existsSync(home(id))) requireRoom(job);
      rows.put(job.record);
      jobs().set(id, job);
      state = 'active';
      announce(job);
      pump();
      return showJob(job);
    },
    async pause(id) {
      const job = find(id);
      // First, for a disk that is full keeps nothing.
      job.controller.abort();
      if (job.record.state === 'queued') keep(job, { state: 'paused', error: null });
      await job.work;
      if (jobs().get(id) !== job) throw unknownDownload(id);
      announce(job);
      return showJob(job);
    },
    async cancel(id) {
      const job = find(id);
      job.leaving = true;
      try {
        job.controller.abort();
        // In memory alone: a person may cancel it because the disk is full.
        job.record = { ...job.record, state: 'paused' };
        await job.work;
        if (jobs().get(id) !== job) throw unknownDownload(id);
        guarded(() => rmSync(incoming(id), { recursive: true, force: true }));
        rows.remove(id);
      } finally {
        job.leaving = false;
      }
      jobs().delete(id);
      onLeave(id);
    },
    home,
    discard: (id) => guarded(() => rmSync(home(id), { recursive: true, force: true })),
    start() {
      state = 'active';
      pump();
    },
    async stop() {
      state = 'stopped';
      const all = [...(known?.values() ?? [])];
      for (const job of all) job.controller.abort();
      await Promise.all(all.map((job) => job.work));
      known = null;
      hub?.dispose();
      hub = null;
    },
    onDidChange: changes.event,
  };
};
