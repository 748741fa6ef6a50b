import { randomBytes } from 'node:crypto';
import { type Clock, logFault, type Logger } from '../../common/index.ts';
import { AppError, type ErrorCode } from '../../contract/index.ts';
import type { Admission, Gate, Outcome } from '../gate.ts';
import { maxBodyBytes } from '../http.ts';
import type { KeyHolder } from '../keys.ts';
import { requireCountable } from './body-size.ts';
import type { Counters } from './counters.ts';
import { type Problem, toProblem } from './errors.ts';
import type { ApiReply, ApiRequest, Route, ServerSentEvent } from './route.ts';
import { createRouter } from './router.ts';

export interface DispatchComponents {
  readonly routes: readonly Route[];
  readonly gate: Gate;
  /** Throws while the vault is not open. */
  readonly requireOpen: () => void;
  readonly counters: Counters;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A request as its transport hands it over. */
export interface Asked extends Pick<ApiRequest, 'method' | 'path' | 'query' | 'headers' | 'signal'> {
  /** @throws AppError `UNAUTHORIZED` */
  readonly holder: () => KeyHolder;
  /** @throws AppError `PAYLOAD_TOO_LARGE` */
  readonly read: (limit: number) => Promise<Buffer>;
}

/** One request and what it comes to. */
export interface Exchange {
  readonly requestId: string;
  /** @throws whatever `problem` then puts into words */
  answer(): Promise<ApiReply>;
  problem(error: unknown): Problem;
  /** A failure after the answer began. */
  problemEvent(error: unknown): ServerSentEvent;
  /** Milliseconds since it arrived. */
  elapsed(): number;
  /** Once, when all is sent or has failed. */
  end(status: number): void;
}

export type Dispatch = (asked: Asked) => Exchange;

/** What every address under `/v1` has in common: who may, what it came to, and how it fails. */
export const createDispatch = (components: DispatchComponents): Dispatch => {
  const { gate, requireOpen, counters, clock, logger } = components;
  const router = createRouter(components.routes);

  return ({ holder, read, ...asked }) => {
    const requestId = `req_${randomBytes(16).toString('hex')}`;
    const startedAt = clock.monotonic();
    const match = router(asked.method, asked.path);
    const shape = 'route' in match ? (match.route.errors ?? 'openai') : match.shape;
    let key: KeyHolder | undefined;
    let admission: Admission | undefined;
    let errorCode: ErrorCode | null = null;
    let outcome: Omit<Outcome, 'status' | 'errorCode'> = {
      modelId: null,
      promptTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
      firstTokenMs: null,
      stream: false,
    };
    const note: ApiRequest['note'] = (more) => {
      if (key && more.modelId) gate.requireModel(key, more.modelId);
      outcome = { ...outcome, ...more };
    };
    const limits = () => (key ? gate.headers(key) : {});
    counters.arrived();

    const problem = (thrown: unknown): Problem => {
      // What ended because its key did says so.
      const error: unknown = admission?.signal.aborted ? admission.signal.reason : thrown;
      const params = 'route' in match ? match.route.params : undefined;
      const told = toProblem(error, { requestId, shape, ...(params ? { params } : {}) });
      errorCode = told.code;
      if (told.code === 'INTERNAL') logFault(logger, 'a request to /v1 failed', error);
      return { ...told, headers: { ...limits(), ...told.headers } };
    };

    return {
      requestId,
      problem,
      problemEvent(error) {
        const data = JSON.stringify(problem(error).body);
        return shape === 'anthropic' ? { event: 'error', data } : { data };
      },
      elapsed: () => clock.monotonic() - startedAt,
      async answer() {
        key = holder();
        if (!('route' in match)) throw match.refusal;
        const { route, params } = match;
        requireOpen();
        admission = gate.admit({ requestId, key, method: asked.method, path: route.pattern });
        const bytes = () => read(route.maxBytes ?? maxBodyBytes);
        const reply = await route.handle({
          ...asked,
          signal: AbortSignal.any([asked.signal, admission.signal]),
          params,
          bytes,
          json: async () => parseJson(await bytes()),
          requestId,
          key,
          note,
        });
        if ('events' in reply) note({ stream: true });
        return { ...reply, headers: { ...limits(), ...reply.headers } };
      },
      end(status) {
        const gone = asked.signal.aborted;
        const told: Outcome = gone
          ? { ...outcome, status: 499, errorCode: errorCode ?? 'CANCELLED' }
          : { ...outcome, status, errorCode };
        counters.ended('route' in match ? match.route : undefined, told);
        admission?.done(told);
      },
    };
  };
};

const decoder = new TextDecoder('utf-8', { fatal: true });

const parseJson = (bytes: Buffer): unknown => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The body is not valid UTF-8. Send JSON as UTF-8.', { cause });
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Without its cause: the engine's message quotes what was sent.
    throw new AppError('BAD_REQUEST', 'The body is not valid JSON. Send one JSON object.');
  }
  requireCountable(body);
  if (isTooDeep(body)) throw new AppError('BAD_REQUEST', `The body is nested more than ${maxDepth} levels deep.`);
  return body;
};

/** Far more than a request needs, and less than ends the stack of what reads and writes JSON by recursion. */
const maxDepth = 1_000;

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isTooDeep = (body: unknown): boolean => {
  let level = [body].filter(isNested);
  for (let depth = 0; depth < maxDepth && level.length > 0; depth += 1)
    level = level.flatMap((value) => Object.values(value).filter(isNested));
  return level.length > 0;
};

export const frameOf = ({ event, data }: ServerSentEvent): string =>
  event === undefined ? `data: ${data}\n\n` : `event: ${event}\ndata: ${data}\n\n`;
