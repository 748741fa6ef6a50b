import { z } from 'zod';
import { AppError } from '../contract/index.ts';

export interface EndpointAddress {
  readonly id: string;
  readonly name: string;
  /** Base URL up to and including `/v1`. */
  readonly url: string;
  /** The model's name over there. */
  readonly model: string;
  readonly apiKey: string | null;
}

/** Some servers number the code; vLLM once had no `error` around it. */
const Word = z.string().nullish().catch(null);
const Reason = z.object({ code: Word, type: Word, message: Word });
const Failure = z.union([z.object({ error: Reason }), Reason.transform((error) => ({ error }))]);
/** How servers without a code of its own say that a prompt is too long. */
const tooLong = /\bcontext[ _](?:length|window|size)\b/iu;

/** What happened at the endpoint, and what to do next. Without its address: any key may read it. */
export const failed = (address: EndpointAddress, what: string, next: string, cause?: unknown): AppError =>
  new AppError('ENDPOINT_FAILED', `"${address.name}" ${what}. ${next}`, { ...(cause === undefined ? {} : { cause }) });

/** A body longer than this says nothing that is worth its memory. */
const longestFailure = 64 * 1024;

const shortJson = async ({ body }: Response): Promise<unknown> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > longestFailure) return undefined;
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
};

const systemCode = (error: unknown): string | undefined => {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return undefined;
};

/** A kept-open connection that was closed over there. */
export const isStale = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(systemCode(error) ?? '');

export const connectionFailure = (address: EndpointAddress, error: unknown): AppError => {
  const code = systemCode(error);
  if (code === 'ECONNREFUSED')
    return failed(
      address,
      'does not answer at its address',
      'Start that server, or correct the address under Models.',
      error,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return failed(address, "can't be found at its address", 'Check the address and the network connection.', error);
  if (code?.includes('CERT') || code?.startsWith('ERR_TLS') || code === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return failed(
      address,
      'shows a certificate that is not trusted',
      'Check the address; use http:// for a server in your own network without one.',
      error,
    );
  }
  return failed(address, 'broke the connection', 'See whether that server is still running, then try again.', error);
};

export const statusFailure = async (address: EndpointAddress, response: Response): Promise<AppError> => {
  const { status } = response;
  // Only the machine-readable part is told: the rest may quote the prompt or the key.
  const body = Failure.safeParse(await shortJson(response).catch(() => undefined));
  const code = body.success ? (body.data.error.code ?? body.data.error.type ?? '') : '';
  const says = body.success ? (body.data.error.message ?? '') : '';
  if (
    code === 'context_length_exceeded' ||
    code === 'exceed_context_size_error' ||
    (status === 400 && tooLong.test(says.slice(0, longestFailure)))
  ) {
    return new AppError(
      'CONTEXT_OVERFLOW',
      `The text is longer than "${address.model}" at "${address.name}" can see. Shorten it, or use a model with a longer context.`,
    );
  }
  if (status === 401 || status === 403)
    return failed(
      address,
      'refuses the API key',
      'Correct it: remove the endpoint under Models and add it again with the right key.',
    );
  if (status === 404)
    return failed(
      address,
      `knows no model "${address.model}" (or no chat API) at its address`,
      'Check the model name and that the address ends in /v1.',
    );
  if (status === 429 || status === 503)
    return failed(address, `is too busy (${status})`, 'Wait a moment and try again.');
  if (status >= 300 && status < 400)
    return failed(
      address,
      'sends requests elsewhere, which is not followed because it could reveal the key',
      'Enter the final address.',
    );
  const detail = /^[\w.-]{1,64}$/u.test(code) ? `, ${code}` : '';
  if (status >= 400 && status < 500)
    return failed(
      address,
      `refuses the request (${status}${detail})`,
      'It may not support what was asked for, such as tools or a JSON schema. See its log.',
    );
  return failed(address, `failed (${status}${detail})`, "See that server's log, then try again.");
};
