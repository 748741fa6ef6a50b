// The package's own declarations are not reachable through its `exports`; this is the part of them that is used.
declare module 'better-sqlite3-multiple-ciphers' {
  export interface Statement {
    readonly busy: boolean;
    all(...parameters: unknown[]): unknown[];
    get(...parameters: unknown[]): unknown;
    run(...parameters: unknown[]): { changes: number };
    iterate(...parameters: unknown[]): IterableIterator<unknown>;
  }
  export default class Database {
    constructor(path: string, options?: { timeout?: number; readonly?: boolean; fileMustExist?: boolean });
    readonly inTransaction: boolean;
    prepare(sql: string): Statement;
    exec(sql: string): this;
    pragma(source: string, options?: { simple?: boolean }): unknown;
    transaction<T>(work: () => T): { immediate(): T; exclusive(): T };
    close(): this;
  }
}
