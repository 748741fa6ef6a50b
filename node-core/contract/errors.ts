/**
 * Every error a person or a client can meet, with the HTTP status it travels as.
 * Across a process boundary test `code`, never `instanceof`.
 */
export const errorStatus = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  CANCELLED: 499,
  INTERNAL: 500,

  VAULT_LOCKED: 423,
  VAULT_MISSING: 404,
  VAULT_EXISTS: 409,
  VAULT_IN_USE: 409,
  VAULT_WRONG_SECRET: 401,
  VAULT_DAMAGED: 500,
  VAULT_ROLLED_BACK: 409,
  VAULT_NEWER_FORMAT: 409,
  VAULT_LAST_SLOT: 409,
  KEYCHAIN_UNAVAILABLE: 503,

  STORAGE_FULL: 507,
  STORAGE_READ_ONLY: 507,
  STORAGE_FAILED: 500,

  CONFIG_INVALID: 400,
  NO_LOCAL_RUNTIME: 400,
  REMOTE_NOT_ALLOWED: 403,
  LICENSE_NOT_ACCEPTED: 409,
  DOWNLOAD_FAILED: 502,
  KEY_EXPIRED: 401,
  BUDGET_SPENT: 429,
  PORT_IN_USE: 409,

  MODEL_NOT_FOUND: 404,
  MODEL_FILE_INVALID: 400,
  MODEL_TOO_LARGE: 507,
  MODEL_LOAD_FAILED: 500,
  CONTEXT_OVERFLOW: 400,
  SCHEMA_UNSUPPORTED: 400,
  INFERENCE_CRASHED: 503,
  INFERENCE_UNAVAILABLE: 503,
  INFERENCE_BUSY: 429,
  ENDPOINT_FAILED: 502,

  GOAL_EMPTY: 400,
  INPUT_NOT_TEXT: 400,
  INPUT_TOO_LONG: 413,
  PLAN_UNUSABLE: 422,
  NOTHING_TO_UNDO: 409,

  PLAYBOOK_INVALID: 400,
  TOOL_FAILED: 502,
  TOOL_NOT_READY: 409,
  EGRESS_REFUSED: 403,
  APPROVAL_REFUSED: 403,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export interface AppErrorOptions {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A fault that a person can act on: `message` says what happened and what to do next. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.data = options.data;
  }
}

/** Someone asked for the work to stop. Not a fault: never logged as one, never retried. */
export class CancellationError extends Error {
  override readonly name = 'CancellationError';
  readonly code = 'CANCELLED';

  constructor(message = 'Cancelled.') {
    super(message);
  }
}

export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errorStatus, code);

/** One that a later version journalled, or another process made up, is a fault like any other. */
export const knownCode = (code: unknown): ErrorCode => (isErrorCode(code) ? code : 'INTERNAL');

/** What may leave the process: known errors as they are, anything else as `INTERNAL` without its text. */
export const toWireError = (error: unknown): WireError => {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, ...(error.data ? { data: error.data } : {}) };
  }
  if (isCancellation(error)) return { code: 'CANCELLED', message: 'Cancelled.' };
  return { code: 'INTERNAL', message: 'Something went wrong inside Jan. The log has the details; try again.' };
};

/** The reverse of {@link toWireError}, for the near side of a process boundary. */
export const fromWireError = (wire: WireError): AppError | CancellationError =>
  wire.code === 'CANCELLED'
    ? new CancellationError(wire.message)
    : new AppError(knownCode(wire.code), wire.message, wire.data ? { data: wire.data } : {});

export const isCancellation = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'CANCELLED'));

/** The code of any error that has one of ours, whichever side of a boundary it was made on. */
export const errorCode = (error: unknown): ErrorCode | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return isErrorCode(error.code) ? error.code : undefined;
};
