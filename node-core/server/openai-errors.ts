import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, errorStatus, isCancellation, toWireError } from '../contract/index.ts';
import { dropRest, sendJson } from './http.ts';

/** The shape that OpenAI's clients read errors in. */
export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

const types: Partial<Record<ErrorCode, string>> = {
  UNAUTHORIZED: 'authentication_error',
  FORBIDDEN: 'permission_error',
  RATE_LIMITED: 'rate_limit_error',
  INFERENCE_BUSY: 'rate_limit_error',
};

/** Codes that clients of OpenAI's API know; all others travel under our own name in lower case. */
const codes: Partial<Record<ErrorCode, string | null>> = {
  UNAUTHORIZED: 'invalid_api_key',
  MODEL_NOT_FOUND: 'model_not_found',
  CONTEXT_OVERFLOW: 'context_length_exceeded',
  BAD_REQUEST: null,
};

const params: Partial<Record<ErrorCode, string>> = {
  MODEL_NOT_FOUND: 'model',
  CONTEXT_OVERFLOW: 'messages',
  SCHEMA_UNSUPPORTED: 'response_format.json_schema.schema',
};

/** Status and body of any error. `data.param` of a `BAD_REQUEST` names the field at fault. */
export const toOpenAiError = (error: unknown): { status: number; error: OpenAiError } => {
  const wire = toWireError(error);
  const status = errorStatus[wire.code];
  const code = codes[wire.code];
  const param = typeof wire.data?.['param'] === 'string' ? wire.data['param'] : (params[wire.code] ?? null);
  return {
    status,
    error: {
      message: wire.message,
      type:
        types[wire.code] ?? (status >= 500 || wire.code === 'VAULT_LOCKED' ? 'server_error' : 'invalid_request_error'),
      param,
      code: code === undefined ? wire.code.toLowerCase() : code,
    },
  };
};

/** Answers with the error, unless the one who asked is gone. */
export const failOpenAi = (error: unknown, request: IncomingMessage, response: ServerResponse): void => {
  if (isCancellation(error) && response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, error: body } = toOpenAiError(error);
  if (!request.complete) response.setHeader('connection', 'close');
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (status === 429) response.setHeader('retry-after', '1');
  sendJson(response, status, { error: body });
  dropRest(request, response);
};
