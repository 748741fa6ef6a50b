import type { IncomingMessage, ServerResponse } from 'node:http';
import { isCancellation } from '../../contract/index.ts';
import { clientSignal, dropRest, readBytes, sendJson } from '../http.ts';
import type { KeyHolder } from '../keys.ts';
import { type Dispatch, type Exchange, frameOf } from './dispatch.ts';
import type { ApiReply } from './route.ts';

/** Answers one request to the API over HTTP. Never rejects. */
export type AnswerOverHttp = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

export interface OverHttpComponents {
  readonly dispatch: Dispatch;
  /** @throws AppError `UNAUTHORIZED` */
  readonly authorize: (request: IncomingMessage) => KeyHolder;
}

const commentEveryMillis = 15_000;
/** A stream whose first piece takes longer begins without it: clients give up on an answer that has no head. */
const headAfterMillis = 20_000;
/** A client that takes nothing for so long is given up; the system notices it up to as long again later. */
const stalledAfterMillis = 60_000;

export const createOverHttp = ({ dispatch, authorize }: OverHttpComponents): AnswerOverHttp => {
  const send = async (response: ServerResponse, exchange: Exchange, reply: ApiReply): Promise<number> => {
    const status = 'status' in reply ? (reply.status ?? 200) : 200;
    const headers = { ...reply.headers, 'openai-processing-ms': String(Math.round(exchange.elapsed())) };
    if ('events' in reply) {
      await sendEvents(response, exchange, reply.events, headers);
    } else if ('json' in reply) {
      setHeaders(response, headers);
      sendJson(response, status, reply.json);
    } else {
      response.writeHead(status, {
        'cache-control': 'no-store',
        ...headers,
        'content-length': reply.bytes.byteLength,
      });
      response.end(reply.bytes);
    }
    return status;
  };

  return async (request, response, { pathname, searchParams }) => {
    const signal = clientSignal(response);
    const exchange = dispatch({
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      signal,
      holder: () => authorize(request),
      read: (limit) => readBytes(request, limit),
    });
    response.setHeader('x-request-id', exchange.requestId);
    // As Anthropic's libraries look for it.
    response.setHeader('request-id', exchange.requestId);
    let status = 499;
    try {
      status = await send(response, exchange, await exchange.answer());
      await finished(response);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        // A bug is told to the log, whoever still listens.
        if (!isCancellation(error)) exchange.problem(error);
        response.destroy();
      } else {
        const problem = exchange.problem(error);
        ({ status } = problem);
        setHeaders(response, problem.headers);
        sendJson(response, status, problem.body);
      }
    } finally {
      dropRest(request);
      exchange.end(status);
    }
  };
};

const setHeaders = (response: ServerResponse, headers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
};

/**
 * The head waits for the first event, so that what fails before it fails with its own status. The next event is asked for once
 * there is room for it: a slow reader slows down what it reads.
 */
const sendEvents = async (
  response: ServerResponse,
  exchange: Exchange,
  events: Extract<ApiReply, { events: unknown }>['events'],
  headers: Readonly<Record<string, string>>,
): Promise<void> => {
  const open = () => {
    if (response.headersSent || response.destroyed) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      ...headers,
    });
    response.setTimeout(stalledAfterMillis, () => response.destroy());
  };
  const headTimer = setTimeout(open, headAfterMillis);
  const commentTimer = setInterval(() => {
    if (response.headersSent && !response.writableNeedDrain) response.write(': working\n\n');
  }, commentEveryMillis);
  try {
    for await (const event of events) {
      open();
      if (!response.write(frameOf(event))) await drained(response);
      if (response.destroyed) return;
    }
    open();
    response.end();
  } catch (error) {
    if (!response.headersSent || response.destroyed) throw error;
    response.end(frameOf(exchange.problemEvent(error)));
  } finally {
    clearTimeout(headTimer);
    clearInterval(commentTimer);
  }
};

/** Room for more, or nobody left to take it. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    if (response.destroyed) resolve();
    response.once('drain', done);
    response.once('close', done);
  });

/** All of it is with the system, or the client is gone. */
const finished = (response: ServerResponse): Promise<void> =>
  response.writableFinished || response.destroyed
    ? Promise.resolve()
    : new Promise((resolve) => {
        const done = () => {
          response.off('finish', done);
          response.off('close', done);
          resolve();
        };
        response.once('finish', done);
        response.once('close', done);
      });
