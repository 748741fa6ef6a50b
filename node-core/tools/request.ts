import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIPv6 } from 'node:net';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError, CancellationError } from '../contract/index.ts';
import { onlyAsks, OutcomeUnknown } from './outcome.ts';

interface Once {
  readonly url: URL;
  /** Where it goes: the name in the address is not resolved again. */
  readonly addresses: readonly string[];
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Of the body, as it came and as it was unpacked. */
  readonly maxBytes: number;
  /** How long a server may say nothing. */
  readonly idleMs: number;
  /** Ends it, for whatever reason. */
  readonly signal: AbortSignal;
  /** Ends it because someone asked. */
  readonly cancelled: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly truncated: boolean;
}

/** Set by the connection, not by a tool. */
const OWN_HEADERS: readonly string[] = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];

/** `onConnected`: from then on what is asked for may arrive. */
const send = (
  { url, addresses, method, headers, body, idleMs, signal }: Once,
  onConnected: () => void,
): Promise<IncomingMessage> => {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  const [first] = found;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
    url,
    {
      // A connection of its own: one that is kept was checked for someone else.
      agent: false,
      method,
      signal,
      timeout: idleMs,
      lookup: (_host, { all }, answer) =>
        all || !first ? answer(null, found) : answer(null, first.address, first.family),
      headers: {
        'user-agent': 'Mozilla/5.0 (compatible; JanNode)',
        ...Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase()))),
        'accept-encoding': 'gzip, br',
      },
    },
    resolve,
  );
  request.once('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', onConnected));
  request.once('timeout', () => request.destroy(new Error(`Nothing was said for ${idleMs / 1_000} s.`)));
  request.once('error', reject);
  request.end(body);
  return promise;
};

const unpacking = (encoding: string): (() => Transform) | undefined => {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip;
  if (encoding === 'deflate') return createInflate;
  if (encoding === 'br') return createBrotliDecompress;
  throw new Error(`Its answer is packed as "${encoding}".`);
};

const readBody = async (
  response: IncomingMessage,
  maxBytes: number,
): Promise<{ readonly body: Uint8Array; readonly truncated: boolean }> => {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const unpack = encoding === 'identity' || encoding === '' ? undefined : unpacking(encoding);
  let arrived = 0;
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const part of source) {
      arrived += part.length;
      if (arrived > maxBytes) throw new Error(`It sends more than ${maxBytes} bytes.`);
      yield part;
    }
  };
  const stream: Readable = unpack
    ? // Whoever reads the end of the pipe meets its faults.
      pipeline(response, counted, unpack(), () => undefined)
    : response;
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      parts.push(part);
      length += part.length;
      if (length > maxBytes) break;
    }
  } finally {
    response.destroy();
  }
  return { body: Buffer.concat(parts).subarray(0, maxBytes), truncated: length > maxBytes };
};

const headersOf = (response: IncomingMessage): Headers => {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return headers;
};

/**
 * One request to addresses that were checked, its answer capped while it arrives.
 *
 * @throws AppError `TOOL_FAILED` where the server can't be talked to; OutcomeUnknown where it may have done what it was asked for;
 * CancellationError where someone asked to stop
 */
export const requestOnce = async (once: Once): Promise<Answer> => {
  const { url, method, cancelled, signal, maxBytes } = once;
  let mayBeDone = false;
  try {
    const response = await send(once, () => {
      mayBeDone = !onlyAsks(method);
    });
    const status = response.statusCode ?? 0;
    // It refused, whatever the rest of its answer is.
    if (status >= 400 && status < 500) mayBeDone = false;
    const headers = headersOf(response);
    const said = { status, url: url.href.split('#', 1).join(''), headers };
    if (status >= 300 && status < 400) {
      response.destroy();
      return { ...said, body: new Uint8Array(), truncated: false };
    }
    return { ...said, ...(await readBody(response, maxBytes)) };
  } catch (error) {
    if (cancelled.aborted) throw new CancellationError();
    const why = signal.aborted ? 'it took too long' : error instanceof Error ? error.message : 'the connection broke';
    if (mayBeDone)
      throw new OutcomeUnknown(`${url.host} was written to, and its answer could not be read (${why}).`, {
        cause: error,
      });
    throw new AppError('TOOL_FAILED', `${url.host} could not be read (${why}). Try again later, or another address.`, {
      cause: error,
    });
  }
};
