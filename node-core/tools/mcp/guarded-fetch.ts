import type { FetchLike } from '@modelcontextprotocol/client';

/** What is sent was meant for this address alone, so no redirect is followed; and no body is read without end. */
export const guardedFetch =
  (maxBytes: number): FetchLike =>
  async (address, init) => {
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
