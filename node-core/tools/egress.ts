import { AppError } from '../contract/index.ts';
import type { ToolContext } from './types.ts';

/** `example.org`, `*.example.org` (and it itself), `*`. */
const allows = (egress: readonly string[], host: string): boolean =>
  egress.some((pattern) => {
    if (pattern === '*') return true;
    if (pattern.startsWith('*.')) return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
    return host === pattern;
  });

export const createEgress = (
  egress: readonly string[],
  signal: AbortSignal,
): Pick<ToolContext, 'fetch' | 'allowHost'> => {
  const allowHost = (host: string): void => {
    if (!allows(egress, host.toLowerCase()))
      throw new AppError(
        'EGRESS_REFUSED',
        `${host} is not among the hosts that this playbook may reach. Add it under "egress" if it should be.`,
      );
  };
  return {
    allowHost,
    async fetch(url, { method = 'GET', headers = {}, body, maxBytes = 5_000_000, timeoutMs = 20_000 } = {}) {
      allowHost(new URL(url).hostname);
      const response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return {
        status: response.status,
        url: response.url,
        headers: response.headers,
        body: bytes.subarray(0, maxBytes),
        truncated: bytes.length > maxBytes,
      };
    },
  };
};
