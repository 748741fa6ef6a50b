/** Structured log lines. Never pass what a user wrote: names of things, ids, codes and counts only; the id of a model holds a file's name. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(name: string): Logger;
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** One JSON object per line to `write`. */
export const createLogger = (write: (line: string) => void, level: LogLevel = 'info', name = 'jan'): Logger => {
  const log =
    (at: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (order.indexOf(at) < order.indexOf(level)) return;
      write(`${JSON.stringify({ time: new Date().toISOString(), level: at, name, message, ...fields })}\n`);
    };
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: (child) => createLogger(write, level, `${name}.${child}`),
  };
};

export const silentLogger: Logger = createLogger(() => undefined, 'error');
