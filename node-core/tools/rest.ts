import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { AppError } from '../contract/index.ts';
import { onlyAsks, OutcomeUnknown } from './outcome.ts';
import type { ToolContext, ToolSetting } from './types.ts';
import { visibleLine } from './visible.ts';

/** Longest wait that a service may ask for before a call is given up. */
const MAX_WAIT_S = 30;
const MAX_TRIES = 4;

/** A service with a public API of JSON over HTTPS. */
export interface Service {
  readonly title: string;
  /** Of its API, with a slash at its end. */
  readonly address: string;
  /** What it says of an error in the body of an answer, where it says anything. */
  fault(body: unknown): string | undefined;
}

/** One that is called without a client of its own. */
export interface PlainService extends Service {
  headers(token: string | null): Readonly<Record<string, string>>;
}

export interface ServiceRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Setting = ToolContext['setting'];

export const serviceSettings = (service: Service, tokenHint: string): readonly ToolSetting[] => [
  { id: 'token', title: 'Token', hint: tokenHint, secret: true },
  {
    id: 'address',
    title: 'Address of the API',
    hint: `Only for a server of your own; empty: ${service.address}`,
    secret: false,
  },
];

export const missingToken =
  (service: Service) =>
  (setting: Setting): string | null =>
    setting('token') ? null : `Set the Token of ${service.title} under Agents, Tools.`;

/** A server of the person's own needs no leave of the playbook; the public one is asked of it like any host. */
export const serviceOrigins = (setting: Setting): readonly string[] =>
  [setting('address') ?? ''].filter((url) => URL.canParse(url));

/** Why a token does not do, in the words for a person. */
export const refusedToken = (service: Service): AppError =>
  new AppError(
    'TOOL_FAILED',
    `${service.title} refuses the token, or it has expired. Set a new one under Agents, Tools.`,
  );

/** Seconds that a service asks to be left alone for; undefined where it does not. */
const waitOf = (status: number, headers: Headers, now: number): number | undefined => {
  const isLimit =
    status === 429 || (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));
  if (!isLimit) return undefined;
  const after = headers.get('retry-after');
  if (after !== null && /^\d{1,9}$/u.test(after.trim())) return Number(after);
  const date = Date.parse(after ?? '');
  if (!Number.isNaN(date)) return Math.max(0, (date - now) / 1_000);
  const reset = Number(headers.get('x-ratelimit-reset'));
  return reset > 0 ? Math.max(0, reset - now / 1_000) : 1;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Of the API: a person's own server, or the public one. */
export const serviceAddress = (service: Service, { setting }: Pick<ToolContext, 'setting'>): string => {
  const address = setting('address') || service.address;
  return address.endsWith('/') ? address : `${address}/`;
};

/**
 * One request. It waits where the service asks for a short while, for such a request was not carried out; nothing else is sent again.
 *
 * @throws AppError `TOOL_FAILED`, also for an answer of 400 and above; `EGRESS_REFUSED`; OutcomeUnknown for one of 500 and above where
 * something was written
 */
export const answerOf = async (
  service: Service,
  context: ToolContext,
  url: string,
  request: Parameters<ToolContext['fetch']>[1],
): ReturnType<ToolContext['fetch']> => {
  for (let tries = 1; ; tries += 1) {
    const answer = await context.fetch(url, request);
    const wait = waitOf(answer.status, answer.headers, context.clock.now());
    if (wait !== undefined) {
      if (wait > MAX_WAIT_S || tries === MAX_TRIES)
        throw new AppError(
          'TOOL_FAILED',
          `${service.title} has been asked too often. Try again in ${Math.max(1, Math.ceil(wait))} s.`,
        );
      await pause(wait * 1_000, undefined, { signal: context.signal });
      continue;
    }
    if (answer.status === 401) throw refusedToken(service);
    if (answer.status < 400) return answer;
    const said = service.fault(parse(new TextDecoder().decode(answer.body)));
    const why = said === undefined ? '' : ` (${visibleLine(said, 300)})`;
    if (answer.status === 404)
      throw new AppError('TOOL_FAILED', `${service.title} has nothing there, or the token may not see it${why}.`);
    if (answer.status === 403)
      throw new AppError('TOOL_FAILED', `${service.title} does not allow this token to do that${why}.`);
    const status = `${service.title} answers ${answer.status}${why}.`;
    if (answer.status < 500) throw new AppError('TOOL_FAILED', `${status} Check what was asked for.`);
    // What stands between may say so after the service has done it.
    if (!onlyAsks(request?.method ?? 'GET')) throw new OutcomeUnknown(status);
    throw new AppError('TOOL_FAILED', `${status} Try again later.`);
  }
};

/**
 * The body of the answer to one call, as `answerOf` makes it; `undefined` where it is no JSON.
 *
 * @throws AppError `TOOL_FAILED`, `EGRESS_REFUSED`
 */
export const callService = async (
  service: PlainService,
  context: ToolContext,
  { method = 'GET', path, query = {}, headers = {}, body }: ServiceRequest,
): Promise<unknown> => {
  const url = new URL(path, serviceAddress(service, context));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const answer = await answerOf(service, context, url.href, {
    method,
    headers: {
      accept: 'application/json',
      ...service.headers(context.setting('token')),
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return parse(new TextDecoder().decode(answer.body));
};

/** What an answer holds, or the error that it is none. @throws AppError `TOOL_FAILED`; OutcomeUnknown where something was written */
export const readAnswer = <T>(
  service: Service,
  schema: z.ZodType<T>,
  body: unknown,
  method: ServiceRequest['method'] = 'GET',
): T => {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const said = `${service.title} answers in a form that is not known.`;
  if (!onlyAsks(method)) throw new OutcomeUnknown(said, { cause: read.error });
  throw new AppError('TOOL_FAILED', `${said} Check the address of its API.`, { cause: read.error });
};
