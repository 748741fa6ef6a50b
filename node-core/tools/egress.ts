import { lookup } from 'node:dns/promises';
import { isIP, isIPv4 } from 'node:net';
import { AppError, CancellationError } from '../contract/index.ts';
import { type Reach, reachOf } from './addresses.ts';
import { cancellable } from './cancellable.ts';
import { onlyAsks, withEffect } from './outcome.ts';
import { requestOnce } from './request.ts';
import type { ToolContext } from './types.ts';

/** Every address of a host, as a resolver gives them. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const systemResolve: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

const WEB_PORTS: readonly number[] = [80, 443];
const MAX_REDIRECTS = 5;
const standardPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'imaps:': 993, 'smtps:': 465 };

const refused = (message: string): AppError => new AppError('EGRESS_REFUSED', message);
const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/gu, '');

interface Pattern {
  readonly host: string;
  readonly port: number | null;
}

/** `example.org`, `example.org:8443`, `127.0.0.1:8888`, `[::1]:8888`. */
const read = (pattern: string): Pattern => {
  const [, host = pattern, port] = /^(\[.*\]|[^:]*):(\d{1,5})$/u.exec(pattern) ?? [];
  return { host: bare(host), port: port === undefined ? null : Number(port) };
};

const covers = (pattern: string, host: string): boolean => {
  if (pattern === '*') return true;
  if (pattern.startsWith('*.')) return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
  return host === pattern;
};

/** Whether a host is among a playbook's: `example.org`, `*.example.org` (and it itself), `*`; each may end in a port. */
export const egressAllows = (egress: readonly string[], host: string): boolean =>
  egress.some((pattern) => covers(read(pattern).host, bare(host)));

const opens = (origin: string, host: string, port: number): boolean => {
  const url = URL.parse(origin);
  return url !== null && bare(url.hostname) === host && (Number(url.port) || standardPorts[url.protocol]) === port;
};

/** Which addresses a host may have: a person's own address wherever it lies; a playbook's only what it names to the letter. */
const permitted = (egress: readonly string[], origins: readonly string[], host: string, port: number): Reach => {
  if (origins.some((origin) => opens(origin, host, port))) return 'local';
  const patterns = egress.map(read).filter((pattern) => covers(pattern.host, host));
  if (patterns.length === 0)
    throw refused(
      `${host} is not among the hosts that this playbook may reach. Add it under "egress" if it should be.`,
    );
  const exact = patterns.filter((pattern) => pattern.port === port);
  if (exact.some((pattern) => pattern.host === host && (isIP(host) !== 0 || host === 'localhost'))) return 'local';
  if (exact.length === 0 && !(WEB_PORTS.includes(port) && patterns.some((pattern) => pattern.port === null)))
    throw refused(
      `Port ${port} of ${host} is closed to this playbook. Name "${host}:${port}" under "egress" if it should be open.`,
    );
  return 'public';
};

/** The host as it was written: what `2130706433`, `0x7f.1` or `①②⑦.1` come to is an address all the same. */
const writtenHost = (text: string): string | undefined =>
  /^\s*(?:https?:[\\/]*|[\\/]{2,})(?<host>[^\\/?#]*)/iu.exec(text)?.groups?.['host'];

const parse = (text: string, base?: URL): URL => {
  const url = URL.parse(text, base?.href);
  if (!url) throw refused('That is not an address. Give one that begins with https://');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(`Only http and https are reached from here, and ${url.protocol} is neither.`);
  if (url.username !== '' || url.password !== '')
    throw refused(
      `The address of ${url.hostname} holds a name or password. Leave them out; keys belong into a tool's settings.`,
    );
  const written = writtenHost(text);
  if (isIPv4(url.hostname) && written !== undefined && written.replace(/:\d*$/u, '') !== url.hostname)
    throw refused(`${written} is an address in disguise. Write it with four numbers and dots.`);
  return url;
};

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/** What may still be said where a server sends the request on to another. */
const PLAIN_HEADERS: readonly string[] = ['accept', 'accept-language', 'user-agent'];
const plain = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => PLAIN_HEADERS.includes(name.toLowerCase())));

/**
 * The only way to another machine. A name is resolved once, every address of it is checked, and the connection goes to these and no
 * other: nothing that answers differently a moment later is asked again. Each redirection is checked like a request of its own.
 *
 * @param run hosts that its playbook names
 * @param own origins that a person opened to the tool by its settings; they may lie on this machine or its network
 */
export const createEgress = (
  run: { readonly egress: readonly string[]; readonly signal: AbortSignal },
  own: readonly string[] = [],
  { resolve = systemResolve, idleMs = 10_000 }: { readonly resolve?: Resolve; readonly idleMs?: number } = {},
): Pick<ToolContext, 'fetch' | 'addresses'> => {
  const checked = async (name: string, port: number, signal: AbortSignal): Promise<readonly string[]> => {
    const host = bare(name);
    const most = permitted(run.egress, own, host, port);
    const found =
      isIP(host) === 0
        ? await cancellable(resolve(host), signal).catch((error: unknown) => {
            if (run.signal.aborted) throw new CancellationError();
            throw new AppError(
              'TOOL_FAILED',
              `${host} could not be found. Check the name, and whether this machine is online.`,
              {
                cause: error,
              },
            );
          })
        : [host];
    if (found.length === 0) throw new AppError('TOOL_FAILED', `${host} has no address. Check the name.`);
    for (const address of found) {
      const reach = reachOf(address);
      if (reach === 'never') throw refused(`${host} leads to ${address}, which no tool may reach.`);
      if (reach === 'local' && most !== 'local')
        throw refused(
          `${host} leads to ${address}, on this machine or its own network. A tool reaches it where its settings give that address, or the playbook names its number and port under "egress".`,
        );
    }
    return found;
  };

  return {
    addresses: (host, port) => checked(host, port, run.signal),
    fetch: (address, { method = 'GET', headers = {}, body, maxBytes = 5_000_000, timeoutMs = 20_000 } = {}) =>
      withEffect(async (begin) => {
        const signal = AbortSignal.any([run.signal, AbortSignal.timeout(timeoutMs)]);
        let request = { url: parse(address), method, headers, body };
        let hasWritten = false;
        for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
          const { url } = request;
          const found = await checked(url.hostname, portOf(url), signal);
          const answer = await requestOnce({
            ...request,
            addresses: found,
            maxBytes,
            idleMs,
            signal,
            cancelled: run.signal,
          });
          const location = answer.headers.get('location');
          if (![301, 302, 303, 307, 308].includes(answer.status) || location === null) {
            if (answer.status >= 400 && hasWritten)
              throw new AppError(
                'TOOL_FAILED',
                `What was written was sent on to another page, which answers ${answer.status}.`,
              );
            return answer;
          }
          const keeps = answer.status !== 303 && (request.method !== 'POST' || answer.status > 303);
          if (!keeps && !onlyAsks(request.method)) {
            // It may have been done, whatever comes of looking elsewhere.
            hasWritten = true;
            begin();
          }
          const next = parse(location, url);
          const away = next.origin !== url.origin;
          if (away && keeps && request.body !== undefined)
            throw refused(
              `${url.host} sends what was written to it on to ${next.host}. Give the tool that address if it is right.`,
            );
          request = {
            url: next,
            method: keeps || request.method === 'HEAD' ? request.method : 'GET',
            headers: away ? plain(request.headers) : request.headers,
            body: keeps ? request.body : undefined,
          };
        }
        throw new AppError(
          'TOOL_FAILED',
          `${URL.parse(address)?.host} sends on more than ${MAX_REDIRECTS} times. Try another address.`,
        );
      }),
  };
};
