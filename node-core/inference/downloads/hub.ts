import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { DownloadConfig } from '../../config/index.ts';
import { AppError, CancellationError } from '../../contract/index.ts';
import { NextTry, refused, retryAfter, unreachable } from './faults.ts';
import type { Range } from './ranges.ts';

const MAX_REDIRECTS = 5;

/** What a server said of a file, and the file's bytes. */
export interface HubAnswer {
  readonly status: 200 | 206 | 416;
  /** Strong validator: an `ETag`, or the date of the last change. */
  readonly validator: string | null;
  /** Of the body, where it was said. */
  readonly length: number | null;
  /** From `Content-Range`: what is sent, and the size of the whole file. */
  readonly range: { readonly from: number; readonly to: number; readonly total: number | null } | null;
  /** SHA-256 of the whole file as the hub has it on record, where it says so. */
  readonly sha256: string | null;
  readonly body: IncomingMessage;
}

export interface HubRequest {
  readonly repository: string;
  readonly revision: string;
  readonly file: string;
  readonly range: Range;
  /** The server sends the whole file instead where it is another one by now. */
  readonly ifRange: string | null;
  readonly signal: AbortSignal;
  /** Milliseconds without a sign of life. */
  readonly stall: number;
}

/** Where models are fetched from. */
export interface Hub {
  /** @throws AppError `DOWNLOAD_FAILED`, {@link NextTry} where it is worth trying again, `CancellationError` */
  open(request: HubRequest): Promise<HubAnswer>;
  dispose(): void;
}

const strongValidator = ({ headers }: IncomingMessage): string | null => {
  const { etag } = headers;
  if (etag !== undefined && /^"[^"]*"$/u.test(etag)) return etag;
  return headers['last-modified'] ?? null;
};

const contentRange = (value: string | undefined): HubAnswer['range'] => {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/u.exec(value ?? '');
  if (!match) return null;
  const total = match[3] === '*' ? null : Number(match[3]);
  return { from: Number(match[1]), to: Number(match[2]) + 1, total };
};

/** The hub names the digest of large files where it redirects to where their bytes are. */
const announcedDigest = ({ headers }: IncomingMessage): string | null => {
  const value = headers['x-linked-etag'];
  const digest = /^"?([0-9a-f]{64})"?$/u.exec(typeof value === 'string' ? value : '');
  return digest?.[1] ?? null;
};

/** Why a body is not the bytes of a file: something on the way put itself in between. */
const strangeBody = ({ headers }: IncomingMessage): string | null => {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    return 'compresses what it sends, although it was asked not to. Switch that off at the mirror or the proxy';
  if (headers['content-type']?.startsWith('text/html'))
    return 'sends a web page in place of the file. Perhaps this network wants you to sign in: open any page in a browser';
  return null;
};

/** Where a redirect leads. @throws AppError `DOWNLOAD_FAILED` where that is no place to go */
export const redirectTarget = (from: URL, location: string | undefined): URL => {
  const to = location === undefined ? null : URL.parse(location, from.href);
  if (!to || (to.protocol !== 'https:' && to.protocol !== 'http:'))
    throw new AppError(
      'DOWNLOAD_FAILED',
      `${from.host} redirected to an address that is none. Try again later, or use another mirror.`,
    );
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new AppError(
      'DOWNLOAD_FAILED',
      `${from.host} redirected to ${to.host} without encryption, so the download was stopped. Use another mirror.`,
    );
  return to;
};

/**
 * Over HTTP with nothing of this machine in it: no cookie, no key; a name and password in the mirror's address go to the mirror alone.
 * @throws AppError `CONFIG_INVALID` where the proxy is none
 */
export const createHub = ({ modelMirror, proxy }: DownloadConfig): Hub => {
  const proxyEnv = { ...process.env };
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'] as const) {
    if (proxy !== undefined) proxyEnv[name] = proxy;
    // Node would go without a proxy that it does not understand, and tell nobody.
    if (proxyEnv[name] && !/^https?:$/u.test(URL.parse(proxyEnv[name])?.protocol ?? ''))
      throw new AppError(
        'CONFIG_INVALID',
        `The proxy in ${name} is no address that begins with http:// or https://. Correct it, or set "proxy" in jan.config.json, and start Jan again.`,
      );
  }
  const options = { keepAlive: true, maxSockets: 16, proxyEnv };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };

  const send = async (url: URL, { range, ifRange, signal, stall }: HubRequest): Promise<IncomingMessage> => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const { protocol, host } = url;
    const request = (protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      agent: protocol === 'https:' ? agents['https:'] : agents['http:'],
      signal,
      headers: {
        'user-agent': 'jan-node',
        'accept-encoding': 'identity',
        range: `bytes=${range[0]}-${range[1] - 1}`,
        ...(ifRange === null ? {} : { 'if-range': ifRange }),
      },
    });
    const timer = setTimeout(() => request.destroy(new NextTry(`${host} did not answer in time`)), stall);
    request.on('response', resolve);
    request.on('error', reject);
    request.end();
    try {
      return await promise;
    } catch (error) {
      if (signal.aborted) throw new CancellationError();
      throw unreachable(host, error);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    async open(request) {
      const base = new URL(modelMirror);
      const path = [...request.repository.split('/'), 'resolve', request.revision, ...request.file.split('/')];
      let url = new URL(base);
      url.pathname = `${base.pathname.replace(/\/+$/u, '')}/${path.map(encodeURIComponent).join('/')}`;
      let sha256: string | null = null;
      for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
        const answer = await send(url, request);
        const status = answer.statusCode ?? 0;
        // What others say of the file is no word of the hub's.
        if (hops === 0) sha256 = announcedDigest(answer);
        if (status === 200 || status === 206 || status === 416) {
          const strange = strangeBody(answer);
          if (strange !== null) {
            answer.destroy();
            throw new AppError(
              'DOWNLOAD_FAILED',
              `${url.host} ${strange}. What came is kept; go on with it then, or use another mirror.`,
            );
          }
          const length = answer.headers['content-length'];
          return {
            status,
            validator: strongValidator(answer),
            length: length === undefined ? null : Number(length),
            range: contentRange(answer.headers['content-range']),
            sha256,
            body: answer,
          };
        }
        answer.destroy();
        if (![301, 302, 303, 307, 308].includes(status)) {
          if (status === 429 || status === 408 || status >= 500)
            throw new NextTry(`${url.host} is busy (HTTP ${status})`, retryAfter(answer));
          throw refused(url.host, status, request.repository);
        }
        url = redirectTarget(url, answer.headers.location);
      }
      throw new AppError(
        'DOWNLOAD_FAILED',
        `${base.host} redirects in circles. Try again later, or use another mirror.`,
      );
    },
    dispose() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
};
