import { createHash } from 'node:crypto';
import { createReadStream, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError, CancellationError } from '../../contract/index.ts';
import { guarded, syncDirectory } from '../../storage/index.ts';
import type { CatalogModel } from '../catalog.ts';
import { type GgufInfo, inspectGguf } from '../gguf/inspect.ts';
import type { Hub } from './hub.ts';
import type { Pace } from './pace.ts';
import { type FileProgress, nothingYet, openPartFile } from './part-file.ts';
import { bytesIn } from './ranges.ts';
import { transfer } from './transfer.ts';

export interface FetchOptions {
  readonly model: CatalogModel;
  readonly hub: Hub;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Where the files are until they are checked, and where they belong. */
  readonly incoming: string;
  readonly home: string;
  readonly progress: (index: number) => FileProgress;
  /** Digest that the file had when it was downloaded before. */
  readonly knownDigest: (file: string) => string | null;
  /** @throws AppError `STORAGE_FULL` */
  readonly onSize: (index: number, total: number) => void;
  readonly onBytes: (index: number, progress: FileProgress) => void;
  readonly onRecord: (index: number, progress: FileProgress) => void;
  readonly onVerify: () => void;
}

export interface Fetched {
  /** The first file, in its place. */
  readonly path: string;
  readonly info: GgufInfo;
  /** SHA-256 of each file. */
  readonly digests: readonly string[];
}

/** SHA-256 of a file as it is on disk. */
const digestOf = async (path: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 18, signal })) hash.update(chunk);
  } catch (error) {
    if (signal.aborted) throw new CancellationError();
    throw error;
  }
  return hash.digest('hex');
};

/**
 * Fetches the files of a model and puts them into their place once they are found to be what they should be.
 * @throws AppError `DOWNLOAD_FAILED`, `MODEL_FILE_INVALID`, `STORAGE_*`, `CancellationError`
 */
export const fetchModel = async (options: FetchOptions): Promise<Fetched> => {
  const { model, hub, pace, signal, incoming, home, onRecord } = options;
  const { repository, revision, files } = model;
  const at = (dir: string, index: number) => join(dir, basename(files[index]?.path ?? ''));
  guarded(() => {
    mkdirSync(dirname(incoming), { recursive: true, mode: 0o700 });
    // What a link leads to is not Jan's to move, to cut or to delete.
    for (const dir of [home, incoming])
      if (lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(dir);
    // Left there by a model that was taken off the list, or by a node that was killed just before it put the model on.
    if (existsSync(home) && !existsSync(incoming)) renameSync(home, incoming);
    mkdirSync(incoming, { recursive: true, mode: 0o700 });
    const wanted = new Set(files.map(({ path }) => basename(path)));
    for (const entry of readdirSync(incoming, { withFileTypes: true })) {
      if (!wanted.has(entry.name) || !entry.isFile())
        rmSync(join(incoming, entry.name), { recursive: true, force: true });
    }
  });

  const discard = (index: number) => {
    onRecord(index, nothingYet);
    options.onBytes(index, nothingYet);
    rmSync(at(incoming, index), { force: true });
  };
  const expected = (index: number) => {
    const file = files[index];
    return file === undefined
      ? null
      : (file.sha256 ?? options.knownDigest(file.path) ?? options.progress(index).sha256);
  };

  /** A whole file is there already, though nothing is on record about it. */
  const adopt = async (index: number) => {
    const size = statSync(at(incoming, index), { throwIfNoEntry: false })?.size ?? 0;
    const digest = expected(index);
    if (bytesIn(options.progress(index).ranges) > 0 || size === 0 || digest === null) return;
    if ((await digestOf(at(incoming, index), signal)) !== digest) return;
    const whole: FileProgress = { ...nothingYet, total: size, ranges: [[0, size]] };
    onRecord(index, whole);
    options.onBytes(index, whole);
  };

  for (const [index, { path, bytes }] of files.entries()) {
    await adopt(index);
    const part = await openPartFile({
      path: at(incoming, index),
      progress: options.progress(index),
      onBytes: (progress) => options.onBytes(index, progress),
      onRecord: (progress) => onRecord(index, progress),
    });
    const recording = new AbortController();
    const all = AbortSignal.any([signal, recording.signal]);
    let fault: unknown;
    const timer = setInterval(() => {
      part.record().catch((error: unknown) => {
        fault ??= error;
        recording.abort();
      });
    }, pace.record);
    try {
      const sizeLimit = bytes ?? model.about * 2;
      const onSize = (total: number) => options.onSize(index, total);
      await transfer({
        hub,
        repository,
        revision,
        file: path,
        part,
        size: bytes,
        sizeLimit,
        pace,
        signal: all,
        onSize,
      });
    } catch (error) {
      throw fault ?? error;
    } finally {
      clearInterval(timer);
      await part.close();
    }
  }

  options.onVerify();
  let info: GgufInfo;
  try {
    info = inspectGguf(at(incoming, 0));
  } catch (error) {
    for (const index of files.keys()) discard(index);
    throw error;
  }
  const digests: string[] = [];
  for (const index of files.keys()) {
    const digest = await digestOf(at(incoming, index), signal);
    const wanted = expected(index);
    if (wanted !== null && digest !== wanted) {
      discard(index);
      throw new AppError(
        'DOWNLOAD_FAILED',
        `What came of "${basename(at(incoming, index))}" is not the file that it should be (its SHA-256 differs), so it was deleted. Download it again; if that does not help, use another mirror.`,
        { data: { expected: wanted, received: digest } },
      );
    }
    digests.push(digest);
  }
  guarded(() => {
    syncDirectory(incoming);
    renameSync(incoming, home);
    syncDirectory(dirname(home));
  });
  return { path: at(home, 0), info, digests };
};
