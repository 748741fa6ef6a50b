import Database, { type Statement } from 'better-sqlite3-multiple-ciphers';
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { ensurePrivateFile } from './durable-file.ts';
import { guarded, newerFormat, toStorageError } from './errors.ts';
import { migrations } from './migrations/index.ts';
import type { Schema } from './schema.ts';

/** A query to run: a builder, or what `sql` compiled with `sql`…`.compile(store.qb)`. */
export type Query<T> = Compilable<T> | CompiledQuery<T>;

export interface DatabaseKey {
  /** 32 bytes. */
  readonly key: Buffer;
  /** 16 bytes; stands in the clear at the head of the file, as SQLCipher does it. */
  readonly salt: Buffer;
}

/** The encrypted file with typed, synchronous queries. One connection, one process. */
export interface EncryptedDatabase {
  readonly qb: Kysely<Schema>;
  all<T>(query: Query<T>): T[];
  first<T>(query: Query<T>): T | undefined;
  run(query: Query<unknown>): number;
  iterate<T>(query: Query<T>): IterableIterator<T>;
  /** Runs `work` as one durable transaction. */
  transaction<T>(work: () => T): T;
  /** Folds the log into the file; `noop` only counts its frames. https://sqlite.org/pragma.html#pragma_wal_checkpoint */
  checkpoint(mode: 'noop' | 'passive' | 'truncate'): { frames: number; complete: boolean };
  close(): void;
}

const createBuilder = () =>
  new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });

/** The statements that open the file in any SQLite with SQLCipher 4's format; `PRAGMA key` alone does in SQLCipher itself. */
export const keyPragma = ({ key, salt }: DatabaseKey): string =>
  `key = "x'${key.toString('hex')}${salt.toString('hex')}'"`;

const migrate = (db: Database) => {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) throw newerFormat();
  if (version === migrations.length) return;
  db.transaction(() => {
    for (const migration of migrations.slice(version)) db.exec(migration);
    db.pragma(`user_version = ${migrations.length}`);
  }).exclusive();
};

const Checkpoint = z.tuple([z.object({ busy: z.number(), log: z.number(), checkpointed: z.number() })]);

/** Statements kept compiled; the node has a few hundred distinct ones. */
const STATEMENTS = 300;

interface OpenOptions {
  /** Who folds the log into the file: SQLite by itself, or the caller. Closing always does. */
  readonly foldLog: 'itself' | 'when-told';
  /** The file was opened but can not be used; it is about to be closed. */
  readonly onFailure?: () => void;
}

/** @throws AppError `VAULT_DAMAGED`, `VAULT_IN_USE`, `VAULT_NEWER_FORMAT`, `STORAGE_*` */
export const openDatabase = (path: string, key: DatabaseKey, options: OpenOptions): EncryptedDatabase => {
  const db = guarded(() => {
    ensurePrivateFile(path);
    return new Database(path, { timeout: 0 });
  });
  try {
    db.pragma("cipher = 'sqlcipher'");
    db.pragma('legacy = 4');
    db.pragma(keyPragma(key));
    db.pragma('locking_mode = exclusive');
    db.pragma('journal_mode = wal');
    db.pragma('synchronous = full');
    db.pragma('foreign_keys = on');
    db.pragma('temp_store = memory');
    db.pragma('secure_delete = on');
    if (options.foldLog === 'when-told') db.pragma('wal_autocheckpoint = 0');
    migrate(db);
  } catch (error) {
    options.onFailure?.();
    db.close();
    throw toStorageError(error);
  }

  let closed = false;
  const requireOpen = () => {
    if (closed) throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  };
  const statements = new Map<string, Statement>();
  const prepare = (sql: string) => {
    requireOpen();
    const known = statements.get(sql);
    if (known && !known.busy) return known;
    const statement = db.prepare(sql);
    if (statements.size >= STATEMENTS) statements.delete(statements.keys().next().value ?? '');
    statements.set(sql, statement);
    return statement;
  };
  const compiled = <T>(query: Query<T>): CompiledQuery<T> => ('compile' in query ? query.compile() : query);

  // What a row looks like is known from the query's type alone: SQLite's own types end here.
  return {
    qb: createBuilder(),
    all: <T>(query: Query<T>) =>
      guarded(() => {
        const { sql, parameters } = compiled(query);
        return prepare(sql).all(...parameters) as T[];
      }),
    first: <T>(query: Query<T>) =>
      guarded(() => {
        const { sql, parameters } = compiled(query);
        return prepare(sql).get(...parameters) as T | undefined;
      }),
    run: (query) =>
      guarded(() => {
        const { sql, parameters } = compiled(query);
        return prepare(sql).run(...parameters).changes;
      }),
    iterate: <T>(query: Query<T>) => {
      const { sql, parameters } = compiled(query);
      return prepare(sql).iterate(...parameters) as IterableIterator<T>;
    },
    transaction: (work) =>
      guarded(() => {
        requireOpen();
        return db.transaction(work).immediate();
      }),
    checkpoint: (mode) =>
      guarded(() => {
        const [{ busy, log, checkpointed }] = Checkpoint.parse(db.pragma(`wal_checkpoint(${mode})`));
        return { frames: Math.max(0, log), complete: busy === 0 && checkpointed === log };
      }),
    close: () => {
      closed = true;
      statements.clear();
      guarded(() => db.close());
    },
  };
};
