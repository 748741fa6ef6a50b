import type { ErrorCode } from '../../contract/index.ts';
import type { Outcome } from '../gate.ts';
import type { KeyHolder } from '../keys.ts';

/** One request to `/v1`, whatever carried it: HTTP, or the playground's call over RPC. */
export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parts of the path that the route's pattern names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** @throws AppError `PAYLOAD_TOO_LARGE` */
  readonly bytes: () => Promise<Buffer>;
  /** @throws AppError `PAYLOAD_TOO_LARGE`, `BAD_REQUEST` where it is not JSON in UTF-8 */
  readonly json: () => Promise<unknown>;
  readonly requestId: string;
  readonly key: KeyHolder;
  /** Fires when the one who asked is gone, or their key no longer opens anything. */
  readonly signal: AbortSignal;
  /**
   * What the answer came to, for usage and the request log; what a later call names replaces what an earlier one said.
   * @throws AppError `FORBIDDEN` where the key is not for that model: name it before it is asked
   */
  note(outcome: Partial<Outcome>): void;
}

export interface ServerSentEvent {
  readonly event?: string;
  /** One line. */
  readonly data: string;
}

export type ApiReply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly json: unknown }
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly bytes: Uint8Array }
  /**
   * Begins once the first event is there, so that what fails before it fails with its own status. The next event is asked for once there
   * is room for it. What it throws later becomes an event in the shape of the route's errors.
   */
  | { readonly headers?: Readonly<Record<string, string>>; readonly events: AsyncIterable<ServerSentEvent> };

/** An address under `/v1`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/models/:id` */
  readonly pattern: string;
  /** Whose shape errors have; default: OpenAI's. */
  readonly errors?: 'openai' | 'anthropic';
  /** Fields at fault (`param`) for errors of the engine that name none: `{ CONTEXT_OVERFLOW: 'input' }`. */
  readonly params?: Partial<Record<ErrorCode, string>>;
  /** Largest body; default: 32 MiB. */
  readonly maxBytes?: number;
  handle(request: ApiRequest): Promise<ApiReply>;
}
