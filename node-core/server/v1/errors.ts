import { type ErrorCode, errorStatus, toWireError } from '../../contract/index.ts';

/** Status, headers and body of a refusal, in the shape that the asker's library reads. */
export interface Problem {
  readonly status: number;
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

export interface ProblemOptions {
  readonly requestId: string;
  readonly shape: 'openai' | 'anthropic';
  /** Fields at fault where the error names none. */
  readonly params?: Partial<Record<ErrorCode, string>>;
}

const types: Partial<Record<ErrorCode, string>> = {
  UNAUTHORIZED: 'authentication_error',
  KEY_EXPIRED: 'authentication_error',
  FORBIDDEN: 'permission_error',
  REMOTE_NOT_ALLOWED: 'permission_error',
  RATE_LIMITED: 'rate_limit_error',
  INFERENCE_BUSY: 'rate_limit_error',
  BUDGET_SPENT: 'insufficient_quota',
  VAULT_LOCKED: 'server_error',
};

/** Codes that clients of OpenAI's API know; all others travel under our own name in lower case. */
const codes: Partial<Record<ErrorCode, string | null>> = {
  UNAUTHORIZED: 'invalid_api_key',
  RATE_LIMITED: 'rate_limit_exceeded',
  BUDGET_SPENT: 'insufficient_quota',
  CONTEXT_OVERFLOW: 'context_length_exceeded',
  BAD_REQUEST: null,
};

const commonParams: Partial<Record<ErrorCode, string>> = { MODEL_NOT_FOUND: 'model' };

/** By status, as https://docs.anthropic.com/en/api/errors has them; the rest is `api_error`. */
const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  409: 'invalid_request_error',
  413: 'request_too_large',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  503: 'overloaded_error',
};

const openAiBody = ({ code, message, data }: ReturnType<typeof toWireError>, params: ProblemOptions['params']) => ({
  error: {
    message,
    type: types[code] ?? (errorStatus[code] >= 500 ? 'server_error' : 'invalid_request_error'),
    param: typeof data?.['param'] === 'string' ? data['param'] : (params?.[code] ?? commonParams[code] ?? null),
    code: codes[code] === undefined ? code.toLowerCase() : codes[code],
  },
});

const retryAfter = (data: Readonly<Record<string, unknown>> | undefined): string =>
  String(typeof data?.['retryAfter'] === 'number' ? Math.max(1, Math.ceil(data['retryAfter'])) : 1);

/** What a client reads of any error. `data.param` of a `BAD_REQUEST` names the field at fault, `data.retryAfter` is in seconds. */
export const toProblem = (error: unknown, { requestId, shape, params }: ProblemOptions): Problem => {
  const wire = toWireError(error);
  const status = errorStatus[wire.code];
  return {
    status,
    code: wire.code,
    headers: {
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(status === 429 && wire.data?.['resetsAt'] !== null ? { 'retry-after': retryAfter(wire.data) } : {}),
      // The libraries of OpenAI and Anthropic would ask again at once, in vain.
      ...(wire.code === 'BUDGET_SPENT' ? { 'x-should-retry': 'false' } : {}),
      ...(typeof wire.data?.['allow'] === 'string' ? { allow: wire.data['allow'] } : {}),
    },
    body:
      shape === 'openai'
        ? openAiBody(wire, params)
        : {
            type: 'error',
            error: {
              type: anthropicTypes[status] ?? 'api_error',
              message: wire.message,
              ...(wire.data?.['details'] === undefined ? {} : { details: wire.data['details'] }),
            },
            request_id: requestId,
          },
  };
};
