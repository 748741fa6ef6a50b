import type { FetchLike } from '@modelcontextprotocol/client';

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\./u.test(hostname);

/**
 * For one server, and where it sends a person to sign in: what is sent was meant for that address alone, so no redirect is followed; and no
 * body is read without end. Only a server on this machine names others on it, or any without encryption.
 */
export const guardedFetch =
  (server: URL, maxBytes: number): FetchLike =>
  async (address, init) => {
    const url = new URL(address);
    if (url.origin !== server.origin && !isLoopback(server) && (url.protocol !== 'https:' || isLoopback(url)))
      throw new Error('The server sends on to an address that is not open to it.');
    const response = await fetch(address, { ...init, redirect: 'error' });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const body =
      response.body &&
      ReadableStream.from(isStream ? eventsAtMost(response.body, maxBytes) : atMost(response.body, maxBytes));
    return new Response(body, response);
  };

export const tooLarge = (): Error => new Error('The answer is larger than it may be.');
/** Also where the client wrapped it. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && (error.message.includes(tooLarge().message) || isTooLarge(error.cause));

async function* atMost(body: ReadableStream<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array, void> {
  let left = bytes;
  for await (const chunk of body) {
    left -= chunk.length;
    if (left < 0) throw tooLarge();
    yield chunk;
  }
}

/** A stream may live for days; an event in it may not be longer than an answer. */
async function* eventsAtMost(body: ReadableStream<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  for await (const chunk of body) {
    const end = chunk.lastIndexOf(10);
    size = end < 0 ? size + chunk.length : chunk.length - end;
    if (size > bytes || chunk.length > bytes) throw tooLarge();
    yield chunk;
  }
}
