import { AppError, type ContractHandlers } from '../../contract/index.ts';
import type { KeyHolder } from '../keys.ts';
import { type Dispatch, frameOf } from './dispatch.ts';
import type { ApiReply } from './route.ts';

type Piece = { type: 'head'; status: number; headers: Record<string, string> } | { type: 'body'; text: string };

/** The API for the node's own windows, without a socket and a key: what the playground shows raw. */
export const createApiCall = (dispatch: Dispatch, person: () => KeyHolder): ContractHandlers['api']['call'] =>
  async function* ({ method, path, body }, { signal, actor }) {
    if (actor !== 'user') throw new AppError('FORBIDDEN', 'Programs call /v1 over HTTP, with their own key.');
    const { pathname, searchParams } = new URL(path, 'http://jan');
    const exchange = dispatch({
      method,
      path: pathname,
      query: searchParams,
      headers: { 'content-type': 'application/json' },
      signal,
      holder: person,
      read: async () => Buffer.from(body ?? ''),
    });
    const head = (status: number, headers: Readonly<Record<string, string>> = {}): Piece => ({
      type: 'head',
      status,
      headers: { ...headers, 'x-request-id': exchange.requestId },
    });
    let status = 200;
    let begun = false;
    try {
      const reply = await exchange.answer();
      status = 'status' in reply ? (reply.status ?? 200) : 200;
      for await (const text of textsOf(reply)) {
        if (!begun) yield head(status, { 'content-type': contentTypeOf(reply), ...reply.headers });
        begun = true;
        yield { type: 'body', text };
      }
    } catch (error) {
      if (begun) yield { type: 'body', text: frameOf(exchange.problemEvent(error)) };
      else {
        const problem = exchange.problem(error);
        ({ status } = problem);
        yield head(status, { 'content-type': 'application/json', ...problem.headers });
        yield { type: 'body', text: JSON.stringify(problem.body) };
      }
    } finally {
      exchange.end(status);
    }
  };

const contentTypeOf = (reply: ApiReply): string =>
  'events' in reply ? 'text/event-stream' : 'json' in reply ? 'application/json' : 'application/octet-stream';

async function* textsOf(reply: ApiReply): AsyncGenerator<string, void> {
  if ('events' in reply) for await (const event of reply.events) yield frameOf(event);
  else yield 'json' in reply ? JSON.stringify(reply.json) : Buffer.from(reply.bytes).toString('utf8');
}
