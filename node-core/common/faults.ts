import type { Logger } from './logger.ts';

/** Logs a bug by its kind and place. Its message is left out: it may quote what a user wrote. */
export const logFault = (logger: Logger, message: string, error: unknown): void => {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.name : undefined;
  logger.error(message, {
    error: error instanceof Error ? error.name : typeof error,
    code,
    cause,
    at: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' | '),
  });
};
