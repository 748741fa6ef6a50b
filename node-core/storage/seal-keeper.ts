import { closeSync, openSync } from 'node:fs';
import { Emitter, type Event } from '../common/index.ts';
import type { EncryptedDatabase } from './database.ts';
import { syncDirectory } from './durable-file.ts';
import { guarded } from './errors.ts';
import type { Checked } from './freshness.ts';
import type { HeadFile } from './head-file.ts';
import { migrations } from './migrations/index.ts';
import type { ChainHead } from './operations.ts';
import { retagPages, tagAllPages } from './pages.ts';
import { writeSeal } from './seal.ts';
import { createWalFollower, walPages, walSize } from './wal.ts';

/** Frames of log after which it is folded into the database when the node has a moment; at the second, at once. */
const FOLD_SOON = 1_000;
const FOLD_NOW = 8_000;

export interface SealKeeper {
  /** Rises with every seal. */
  readonly generation: () => number;
  readonly onDidSeal: Event<number>;
  /** The file with the keys was written anew. */
  noteRevision(revision: number): void;
  /** Call after every commit. */
  committed(): void;
  /** Closes the database as well. */
  close(): void;
}

interface SealKeeperComponents {
  readonly db: EncryptedDatabase;
  readonly checked: Checked;
  readonly chain: () => ChainHead;
  readonly record: HeadFile;
  readonly key: Buffer;
  readonly revision: number;
}

/** Before a database that could not be used is closed: SQLite folds the log then, which no seal of ours covers. */
export const giveUpSeal = ({ paths, head }: Checked, record: HeadFile): void => {
  if (!head?.sealed || walSize(paths.log) === 0) return;
  const { count: _count, ...last } = head;
  record.write({ ...last, sealed: false }, true);
};

/** Keeps seal and head in step with the database, and is the only one to fold its log. */
export const keepSealed = ({
  db,
  checked,
  chain,
  record,
  key,
  revision: atOpening,
}: SealKeeperComponents): SealKeeper => {
  const { paths, trusted } = checked;
  const file = checked.file ?? guarded(() => openSync(paths.database, 'r'));
  const schema = migrations.length;
  const follower = createWalFollower(paths.log);
  const didSeal = new Emitter<number>();
  let generation = trusted?.generation ?? checked.generation;
  let tags = trusted?.tags;
  let sealed = trusted !== undefined;
  let revision = atOpening;
  let soon: NodeJS.Immediate | undefined;

  const logFrames = () => db.checkpoint('noop').frames;

  const note = (frames: number, durably: boolean) => {
    const walDigest = frames > 0 ? follower.digest(frames) : '';
    record.write(
      { generation, sealed, clean: false, walFrames: frames, walDigest, revision, schema, ...chain() },
      durably,
    );
  };

  const fold = () => {
    const pages = walPages(paths.log);
    if (!db.checkpoint('passive').complete) throw new Error('the log could not be folded into the database');
    const wasSealed = sealed;
    sealed = false;
    try {
      tags = tags ? retagPages(file, tags, pages) : tagAllPages(file);
      writeSeal(paths.seal, { generation: generation + 1, tags }, key);
    } catch (error) {
      // From here on the log may begin anew, and the old seal would accuse pages that are right: say so before it does.
      if (wasSealed) note(logFrames(), true);
      throw error;
    }
    generation += 1;
    sealed = true;
    db.checkpoint('truncate');
    follower.restart();
    note(0, false);
    didSeal.fire(generation);
  };

  const attempt = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch {
      return false;
    }
  };

  // A full disk must not keep a person from reading: then the log stays, and is folded another time.
  attempt(() => {
    if (!sealed || logFrames() > 0) fold();
  });
  note(logFrames(), true);

  const foldSoon = () => {
    soon ??= setImmediate(() => {
      soon = undefined;
      attempt(fold);
    });
  };

  const close = () => {
    process.off('exit', close);
    clearImmediate(soon);
    const folded = attempt(() => {
      if (!sealed || logFrames() > 0) fold();
    });
    // SQLite folds the log on closing; without a seal of ours for that, the head has to say so first.
    if (!folded && sealed) {
      sealed = false;
      attempt(() => note(0, true));
    }
    const last = chain();
    db.close();
    attempt(() => {
      syncDirectory(paths.dir);
      const clean = walSize(paths.log) === 0;
      record.write({ generation, sealed, clean, walFrames: 0, walDigest: '', revision, schema, ...last }, true);
    });
    record.close();
    closeSync(file);
    didSeal.dispose();
  };
  // A process that ends without closing still has SQLite fold the log, behind the seal's back.
  process.once('exit', close);

  return {
    generation: () => generation,
    onDidSeal: didSeal.event,
    close,

    noteRevision(next) {
      revision = next;
      note(logFrames(), true);
    },

    committed() {
      // What was committed is on disk already. Where this fails, the head lags, which it may.
      attempt(() => {
        const frames = logFrames();
        if (frames >= FOLD_NOW && attempt(fold)) return;
        note(frames, false);
        if (frames >= FOLD_SOON) foldSoon();
      });
    },
  };
};
