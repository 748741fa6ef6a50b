import { styleText } from 'node:util';
import { createLogger, logFault } from '../common/index.ts';
import { AppError, errorCode, toWireError } from '../contract/index.ts';

/** Where a command writes: answers to `out`, everything else to `err`. */
export interface Output {
  /** Machine-readable answers only. */
  readonly json: boolean;
  print(text: string): void;
  printJson(value: unknown): void;
  /** Replaces the last progress line; shown to a person alone. */
  progress(text: string): void;
  /** Something a person should know that is not the answer. */
  note(text: string): void;
}

type Style = Parameters<typeof styleText>[0];

/** Coloured where a person reads it and has not asked for none. */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

export const createOutput = (json: boolean): Output => {
  const interactive = process.stderr.isTTY && !json;
  let progressShown = false;
  const clear = () => {
    if (progressShown) process.stderr.write('\r\u001B[2K');
    progressShown = false;
  };
  return {
    json,
    print(text) {
      clear();
      process.stdout.write(`${text}\n`);
    },
    printJson(value) {
      clear();
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    progress(text) {
      if (!interactive) return;
      clear();
      if (text === '') return;
      const line = printable(text).slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1));
      process.stderr.write(styleText('dim', line, { stream: process.stderr }));
      progressShown = true;
    },
    note(text) {
      clear();
      if (!json) process.stderr.write(`${text}\n`);
    },
  };
};

/** Text that can't steer a terminal: what a user or a model wrote may hold escape sequences. */
export const printable = (text: string): string =>
  text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]+/g, ' ');

/** Says what went wrong, to a person or a program. */
export const reportError = (error: unknown, json: boolean): void => {
  const code = errorCode(error);
  if (code === undefined)
    logFault(
      createLogger((line) => process.stderr.write(line)),
      'a command failed',
      error,
    );
  const { message } = code !== undefined && error instanceof Error ? error : toWireError(error);
  if (json) process.stderr.write(`${JSON.stringify({ error: { code: code ?? 'INTERNAL', message } })}\n`);
  else process.stderr.write(`jan: ${printable(message)}\n`);
};

/** Columns as wide as their widest cell. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
};

/** Bytes as a person reads them, in units of 1024. */
export const sizeText = (bytes: number): string => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step] ?? ''}`;
};

export const usageError = (message: string): AppError => new AppError('BAD_REQUEST', message);
