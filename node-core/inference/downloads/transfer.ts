import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, CancellationError, isCancellation } from '../../contract/index.ts';
import { FileChanged, Lie, NextTry } from './faults.ts';
import type { Hub, HubAnswer } from './hub.ts';
import type { Pace } from './pace.ts';
import type { FileProgress, PartFile } from './part-file.ts';
import { addRange, bytesIn, nextGap, type Range } from './ranges.ts';

const MIB = 2 ** 20;
/** One request asks for so much: few requests, and little is asked for twice. */
const SMALLEST_PIECE = MIB;
const LARGEST_PIECE = 64 * MIB;
const CONNECTIONS = 4;
/** In a row, with nothing gained in between. */
const MAX_TRIES = 8;
const MAX_CHANGES = 3;
/** Longer is for a person to decide. */
const LONGEST_REQUESTED_WAIT = 15 * 60_000;

export interface TransferOptions {
  readonly hub: Hub;
  readonly repository: string;
  readonly revision: string;
  readonly file: string;
  readonly part: PartFile;
  /** Bytes that the whole file must have; `null` where only the server knows. */
  readonly size: number | null;
  /** What no server may make of it. */
  readonly sizeLimit: number;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** The size is known, and no byte is written yet. @throws to refuse */
  readonly onSize: (total: number) => void;
}

const bad = (message: string): AppError => new AppError('DOWNLOAD_FAILED', message);
const number = new Intl.NumberFormat('en');

/**
 * Fetches a file in ranges, several at once, until all of it is on disk.
 * @throws AppError `DOWNLOAD_FAILED`, `STORAGE_*`, `CancellationError`
 */
export const transfer = async (options: TransferOptions): Promise<void> => {
  const { hub, repository, revision, file, part, size, sizeLimit, pace, signal } = options;
  let connections = CONNECTIONS;
  let tries = 0;
  /** Bytes that were there when something failed last. */
  let before = bytesIn(part.progress.ranges);
  let resumable = true;
  let lies = 0;

  /** Bytes of an answer to disk, at most `limit` of them. */
  const drain = async ({ body }: HubAnswer, from: number, limit: number): Promise<number> => {
    let at = from;
    const stalled = setTimeout(() => body.destroy(new NextTry('the server stopped sending')), pace.stall);
    try {
      for await (const chunk of body) {
        if (!(chunk instanceof Uint8Array)) throw new Error('A body without encoding comes as bytes.');
        stalled.refresh();
        if (at + chunk.length > from + limit) {
          part.forget([from, at]);
          throw new Lie('the server sent more than it announced');
        }
        await part.write(chunk, at);
        at += chunk.length;
      }
      return at;
    } catch (error) {
      if (error instanceof NextTry || error === part.fault || signal.aborted) throw error;
      throw new NextTry('the connection broke off');
    } finally {
      clearTimeout(stalled);
      body.destroy();
    }
  };

  const learn = (known: Pick<FileProgress, 'validator' | 'sha256'>, total: number) => {
    if (size !== null && total !== size)
      throw bad(
        `The server's file has ${number.format(total)} bytes instead of ${number.format(size)}: it is another one. Update Jan, or use another mirror.`,
      );
    if (total > sizeLimit)
      throw bad(`The server's file has ${number.format(total)} bytes, far more than this model. Use another mirror.`);
    options.onSize(total);
    part.learn({ total, validator: known.validator, sha256: known.sha256 });
  };

  /** The length of an answer that is the range asked for, of the file that was begun. */
  const accept = ({ status, range, length, validator }: HubAnswer, [from, to]: Range): number => {
    const begun = part.progress;
    if (status === 416) throw new FileChanged('the file became shorter');
    if (range === null || range.from !== from || range.to > to || range.to <= from)
      throw new Lie('the server sent another part of the file than was asked for');
    if (length !== null && length !== range.to - range.from)
      throw new Lie('the server announced another length than it sends');
    if (begun.total !== null && range.total !== null && range.total !== begun.total)
      throw new FileChanged('the file has another size now');
    if (begun.validator !== null && validator !== null && validator !== begun.validator)
      throw new FileChanged('the file is another one now');
    return range.to - range.from;
  };

  /** All of it from the beginning, from a server that knows no ranges. */
  const takeWhole = async (answer: HubAnswer) => {
    resumable = false;
    await part.startOver();
    const { length } = answer;
    if (length !== null) learn(answer, length);
    const end = await drain(answer, 0, length ?? size ?? sizeLimit);
    if (end < (length ?? size ?? 1)) throw new NextTry('the connection broke off');
    if (length === null) learn(answer, end);
  };

  const ask = (range: Range, inner: AbortSignal) =>
    hub.open({ repository, revision, file, range, ifRange: part.progress.validator, signal: inner, stall: pace.stall });

  /** The first request: how large the file is, and whether it comes in ranges. */
  const begin = async () => {
    const answer = await ask([0, 1], signal);
    try {
      if (answer.status === 200) return await takeWhole(answer);
      if (answer.status === 416) throw bad('The server has an empty file. Use another mirror, or try again later.');
      accept(answer, [0, 1]);
      const total = answer.range?.total ?? size;
      if (total === null) throw bad('The server does not say how large the file is. Use another mirror.');
      learn(answer, total);
    } finally {
      answer.body.destroy();
    }
  };

  const takeRange = async (range: Range, inner: AbortSignal) => {
    const answer = await ask(range, inner);
    try {
      // It changed, or the server knows no ranges any more.
      if (answer.status === 200) throw new FileChanged('the server sends the whole file');
      const length = accept(answer, range);
      const end = await drain(answer, range[0], length);
      if (end !== range[0] + length) throw new NextTry('the connection broke off');
    } finally {
      answer.body.destroy();
    }
  };

  /** Again after a wait, which is longer after each try that gained nothing. */
  const persist = async (work: () => Promise<void>, inner: AbortSignal) => {
    for (;;) {
      try {
        await work();
        tries = 0;
        return;
      } catch (error) {
        if (inner.aborted) throw new CancellationError();
        if (!(error instanceof NextTry)) throw error;
        const now = bytesIn(part.progress.ranges);
        const enough = Math.min(MIB / 4, (part.progress.total ?? 0) / 64);
        tries = resumable && now - before > enough ? 1 : tries + 1;
        before = now;
        if (error instanceof Lie) lies += 1;
        const asked = error.wait ?? 0;
        if (asked > LONGEST_REQUESTED_WAIT)
          throw bad(
            `The download stopped: ${error.message} and asks to wait ${Math.ceil(asked / 60_000)} minutes. What came is kept; go on with it then.`,
          );
        if (lies >= MAX_TRIES)
          throw bad(
            `The download stopped: ${error.message}, again and again. What came can not be trusted and was deleted. Use another mirror, or try again later.`,
          );
        if (tries >= MAX_TRIES)
          throw bad(
            `The download stopped: ${error.message}. What came is kept; go on with it when the connection is better.`,
          );
        if (error.wait !== null) connections = Math.max(1, Math.floor(connections / 2));
        const wait = Math.min(pace.longestWait, pace.firstWait * 2 ** (tries - 1)) * (0.75 + Math.random() / 2);
        await sleep(Math.max(asked, wait), undefined, { signal: inner }).catch(() => undefined);
      }
    }
  };

  /** Everything that is missing, several pieces at once. */
  const fillGaps = async (total: number) => {
    const failed = new AbortController();
    const inner = AbortSignal.any([signal, failed.signal]);
    const taken: Range[] = [];
    const size = Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, Math.ceil(total / (2 * CONNECTIONS))));
    const work = async (index: number) => {
      while (index < connections) {
        const covered = taken.reduce<readonly Range[]>(addRange, part.progress.ranges);
        const piece = nextGap(covered, [0, total], size);
        if (piece === null) return;
        taken.push(piece);
        const left = () => nextGap(part.progress.ranges, piece, size);
        await persist(async () => {
          for (let gap = left(); gap !== null; gap = left()) await takeRange(gap, inner);
        }, inner);
      }
    };
    const results = await Promise.allSettled(
      Array.from({ length: CONNECTIONS }, async (_, index) => {
        try {
          await work(index);
        } catch (error) {
          failed.abort();
          throw error;
        }
      }),
    );
    const faults = results.filter((result) => result.status === 'rejected');
    const [fault = faults[0]] = faults.filter(({ reason }) => !isCancellation(reason));
    if (fault) throw fault.reason;
  };

  for (let changes = 0; ; ) {
    const { total, ranges } = part.progress;
    if (total !== null && bytesIn(ranges) === total) return;
    try {
      if (total === null) await persist(begin, signal);
      else {
        learn(part.progress, total);
        await fillGaps(total);
      }
    } catch (error) {
      if (lies >= MAX_TRIES) await part.startOver();
      if (!(error instanceof FileChanged)) throw error;
      changes += 1;
      if (changes > MAX_CHANGES)
        throw bad('The file at the server changes again and again while it is fetched. Try again later.');
      await part.startOver();
    }
  }
};
