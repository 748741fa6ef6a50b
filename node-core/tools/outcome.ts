import { AppError, type AppErrorOptions } from '../contract/index.ts';

/**
 * Of a call that failed although what it was for may have been done: it was written, and no answer told. Its message says what happened;
 * what to do next depends on whether the call may be made again. Any other `AppError` of a tool says that nothing was done.
 */
export class OutcomeUnknown extends AppError {
  constructor(message: string, options: Pick<AppErrorOptions, 'cause'> = {}) {
    super('TOOL_FAILED', message, options);
  }
}

/** Work that says when it begins to do something: what fails from then on is of unknown outcome. @throws OutcomeUnknown */
export const withEffect = async <T>(work: (begin: () => void) => Promise<T>): Promise<T> => {
  let hasBegun = false;
  try {
    return await work(() => {
      hasBegun = true;
    });
  } catch (error) {
    if (!hasBegun || !(error instanceof AppError)) throw error;
    throw new OutcomeUnknown(error.message, { cause: error });
  }
};

/** RFC 9110 § 9.2.1, and those of calendars (RFC 4918, RFC 3253). */
const askingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT']);

/** Whether a request of that method changes nothing. */
export const onlyAsks = (method: string): boolean => askingMethods.has(method.toUpperCase());
