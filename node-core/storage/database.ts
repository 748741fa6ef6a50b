import Database, { type Statement } from 'better-sqlite3-multiple-ciphers';
import { CompiledQuery, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Compilable } from 'kysely';
import { AppError } from '../contract/errors.ts';
import { guarded, toStorageError } from './errors.ts';
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
  pragma(source: string): unknown;
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
export const keyPragma = ({ key, salt }: DatabaseKey): string => `key = "x'${key.toString('hex')}${salt.toString('hex')}'"`;

const migrate = (db: Database) => {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new AppError('VAULT_NEWER_FORMAT', 'This vault was written by a newer version of Jan. Update Jan, then open it again. Nothing was changed.');
  }
  if (version === migrations.length) return;
  db.transaction(() => {
    for (const migration of migrations.slice(version)) db.exec(migration);
    db.pragma(`user_version = ${migrations.length}`);
  }).exclusive();
};

/** Statements kept compiled; the node has a few hundred distinct ones. */
const STATEMENTS = 300;

/** @throws AppError `VAULT_DAMAGED`, `VAULT_IN_USE`, `VAULT_NEWER_FORMAT`, `STORAGE_*` */
export const openDatabase = (path: string, key: DatabaseKey): EncryptedDatabase => {
  const db = guarded(() => new Database(path, { timeout: 0 }));
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
    migrate(db);
  } catch (error) {
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
    pragma: (source) => guarded(() => db.pragma(source)),
    close: () => {
      closed = true;
      statements.clear();
      guarded(() => db.close());
    },
  };
};
