import { hkdfSync } from 'node:crypto';
import { closeSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type Clock, type Disposable, Emitter, type Event, systemClock, toDisposable } from '../common/index.ts';
import type { EntityKind, HistoryEntry } from '../contract/index.ts';
import { type BlobKeys, type Blobs, createBlobs } from './blobs.ts';
import { codecs, type Entities } from './codecs.ts';
import { type DatabaseKey, openDatabase, type Query } from './database.ts';
import { createDerived } from './derived.ts';
import { guarded, vaultDamaged } from './errors.ts';
import { checkChain, checkFreshness, type FreshnessOptions } from './freshness.ts';
import { type HeadFile, openHeadFile } from './head-file.ts';
import { createHistory } from './history.ts';
import { lockDirectory } from './lock.ts';
import { createOperations } from './operations.ts';
import type { EntityRow, Schema } from './schema.ts';
import { giveUpSeal, keepSealed } from './seal-keeper.ts';
import { createWriteTx, type PlainTx, readEntity, type WriteTx } from './write-tx.ts';

export interface StoreKeys {
  readonly database: DatabaseKey;
  readonly blobs: BlobKeys;
}

export interface ChangeMeta {
  readonly actor: 'user' | 'agent' | 'api';
  /** What the history shows: `Add task "Buy milk"`. */
  readonly label: string;
  /** All changes of one run are one step for the person. */
  readonly runId?: string;
}

/** Everything a vault keeps. Calls are synchronous: when one returns, what it wrote is on disk. */
export interface Store {
  /** Builds queries; never executes them itself. */
  readonly qb: Kysely<Schema>;
  all<T>(query: Query<T>): T[];
  first<T>(query: Query<T>): T | undefined;
  get<K extends EntityKind>(kind: K, id: string): Entities[K] | undefined;
  /** A row as the contract names it. */
  decode<K extends EntityKind>(kind: K, row: EntityRow<K>): Entities[K];
  /**
   * One atomic, durable transaction and one step of history. Nothing is kept where `work` throws.
   * @throws AppError `STORAGE_FULL`, `STORAGE_READ_ONLY`, `STORAGE_FAILED`
   */
  transact<T>(meta: ChangeMeta, work: (tx: WriteTx) => T): T;
  /** The same for rows that are not part of a person's history: journal, settings, models, keys. */
  write<T>(work: (tx: PlainTx) => T): T;
  /** After the commit. */
  readonly onDidChange: Event<readonly { kind: EntityKind; id: string }[]>;
  /** Takes a step back: the newest, or the given one; all of its run where it has one. @throws AppError `NOTHING_TO_UNDO`, `NOT_FOUND` */
  undo(id?: string): HistoryEntry;
  undoRun(runId: string): HistoryEntry;
  redo(): HistoryEntry;
  /** Newest first; a run is one entry. */
  history(limit: number): HistoryEntry[];
  readonly blobs: Blobs;
  /** A key of 32 bytes for what is sealed beside the database; the same for the same use, and gone from memory only with the process. */
  secret(use: string): Buffer;
  /** How often the database was sealed; a copy with a lower number is an old one. */
  generation(): number;
  readonly onDidSeal: Event<number>;
  /** The file with the keys was written anew: from now on an older one is noticed. */
  noteRevision(revision: number): void;
  /** Reads everything once. @throws AppError `VAULT_DAMAGED` */
  verify(): void;
  close(): void;
}

export interface StoreOptions {
  /** The vault's directory; holds `jan.db` and `blobs/`. */
  readonly dir: string;
  readonly keys: StoreKeys;
  readonly clock?: Clock;
  /** The lock on `dir`, where the caller took it already; the store gives it back. */
  readonly lock?: Disposable;
  /** Notice an old copy put back. */
  readonly freshness?: FreshnessOptions;
  /** Refuse to begin a new database, because there was one. */
  readonly mustExist?: boolean;
}

/** @throws AppError `VAULT_IN_USE`, `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT`, `STORAGE_*` */
export const openStore = (options: StoreOptions): Store => {
  const { dir, clock = systemClock } = options;
  guarded(() => mkdirSync(dir, { recursive: true, mode: 0o700 }));
  const lock = options.lock ?? lockDirectory(dir);
  try {
    if (options.mustExist && !existsSync(join(dir, 'jan.db'))) throw vaultDamaged('The database jan.db is missing.');
    return createStore(options, clock, lock);
  } catch (error) {
    lock.dispose();
    throw error;
  }
};

const openPlain = ({ dir, keys }: StoreOptions, clock: Clock) => {
  const db = openDatabase(join(dir, 'jan.db'), keys.database, { foldLog: 'itself' });
  return { db, operations: createOperations(db, clock), keeper: undefined };
};

/** Checked before it is opened, and followed from then on. */
const openFollowed = ({ dir, keys }: StoreOptions, clock: Clock, freshness: FreshnessOptions) => {
  const checked = checkFreshness(dir, freshness);
  const { headPath, key, revision = 0 } = freshness;
  let record: HeadFile | undefined;
  try {
    const opened = openHeadFile(headPath, key, checked.head);
    record = opened;
    const onFailure = () => giveUpSeal(checked, opened);
    const db = openDatabase(join(dir, 'jan.db'), keys.database, { foldLog: 'when-told', onFailure });
    try {
      const operations = createOperations(db, clock);
      checkChain(checked, operations.hashAt);
      return { db, operations, keeper: keepSealed({ db, checked, chain: operations.head, record, key, revision }) };
    } catch (error) {
      onFailure();
      db.close();
      throw error;
    }
  } catch (error) {
    record?.close();
    if (checked.file !== undefined) closeSync(checked.file);
    throw error;
  }
};

const createStore = (options: StoreOptions, clock: Clock, lock: Disposable): Store => {
  const { dir, keys } = options;
  const { db, operations, keeper } = options.freshness
    ? openFollowed(options, clock, options.freshness)
    : openPlain(options, clock);
  const derived = createDerived(db);
  const changed = new Emitter<readonly { kind: EntityKind; id: string }[]>();

  const inTransaction = <T>(work: (tx: ReturnType<typeof createWriteTx>) => T): T => {
    const tx = createWriteTx(db, derived);
    const result = db.transaction(() => work(tx));
    keeper?.committed();
    const touched = tx.touched();
    if (touched.length > 0) changed.fire(touched);
    return result;
  };

  const takingBack = (act: (history: ReturnType<typeof createHistory>) => HistoryEntry): HistoryEntry =>
    inTransaction((tx) =>
      act(
        createHistory(db, operations, clock.now, ({ apply, ...step }) => {
          apply(tx);
          return operations.append({ ...step, actor: 'user', runId: null, changes: tx.changes() });
        }),
      ),
    );

  return {
    qb: db.qb,
    all: (query) => db.all(query),
    first: (query) => db.first(query),
    get: (kind, id) => readEntity(db, kind, id),
    decode: (kind, row) => codecs[kind].fromRow(row),
    transact: (meta, work) =>
      inTransaction((tx) => {
        const result = work(tx);
        const changes = tx.changes();
        if (changes.length > 0) {
          operations.append({
            actor: meta.actor,
            runId: meta.runId ?? null,
            label: meta.label,
            kind: 'do',
            changes,
            targets: [],
          });
        }
        return result;
      }),
    write: (work) => inTransaction(work),
    onDidChange: changed.event,
    undo: (id) => takingBack((history) => history.undo(id)),
    undoRun: (runId) => takingBack((history) => history.undoRun(runId)),
    redo: () => takingBack((history) => history.redo()),
    history: (limit) => operations.history(limit),
    blobs: createBlobs(join(dir, 'blobs'), keys.blobs),
    secret: (use) => Buffer.from(hkdfSync('sha256', keys.blobs.content, '', `jan beside 1: ${use}`, 32)),
    generation: () => keeper?.generation() ?? 0,
    noteRevision: (revision) => keeper?.noteRevision(revision),
    onDidSeal: keeper?.onDidSeal ?? (() => toDisposable(() => undefined)),
    verify: () => void operations.verify(),
    close: () => {
      changed.dispose();
      try {
        if (keeper) keeper.close();
        else db.close();
      } finally {
        lock.dispose();
      }
    },
  };
};
