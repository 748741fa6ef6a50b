import { z } from 'zod';
import { AppError } from '../contract/index.ts';
import { type EndpointAddress, failed } from './endpoint-errors.ts';
import type { EmbedRequest, EmbedResult } from './types.ts';

const MAX_DIMENSIONS = 65_536;
const MAX_BYTES = 256 * 1024 * 1024;

/** A list that is too long is refused before its items are looked at: a note of each that does not fit would take more memory than there is. */
const Embeddings = (count: number) =>
  z.object({
    data: z
      .array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).max(MAX_DIMENSIONS) }))
      .max(count),
    usage: z.object({ prompt_tokens: z.number().int().nonnegative() }).nullish(),
  });

/** A body that may be large, but not without end. */
const boundedJson = async (response: Response, alive: () => void): Promise<unknown> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    alive();
    size += part.length;
    if (size > MAX_BYTES) return undefined;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
};

const ofLengthOne = (numbers: readonly number[], dimensions: number | undefined): Float32Array | null => {
  const cut = dimensions === undefined ? numbers : numbers.slice(0, dimensions);
  const length = Math.hypot(...cut);
  return Number.isFinite(length) && length > 0 ? Float32Array.from(cut, (value) => value / length) : null;
};

export const embeddingsBody = (address: EndpointAddress, { inputs }: EmbedRequest): Record<string, unknown> => {
  if (inputs.some((input) => typeof input !== 'string'))
    throw new AppError('BAD_REQUEST', 'Tokens mean something only to a model on this machine. Send text.');
  return { model: address.model, input: inputs, encoding_format: 'float' };
};

/** @throws AppError `ENDPOINT_FAILED` where the answer is none; `BAD_REQUEST` for more dimensions than the model has */
export const embeddingsOf = async (
  address: EndpointAddress,
  request: EmbedRequest,
  response: Response,
  alive: () => void,
): Promise<EmbedResult> => {
  const nonsense = () =>
    failed(address, 'sent no embeddings', 'Check that this model makes embeddings and the address ends in /v1.');
  const body = Embeddings(request.inputs.length).safeParse(await boundedJson(response, alive));
  if (!body.success || body.data.data.length !== request.inputs.length) throw nonsense();
  const sorted = body.data.data.toSorted((left, right) => left.index - right.index);
  const dimensions = sorted[0]?.embedding.length ?? 0;
  if (request.dimensions !== undefined && request.dimensions > dimensions)
    throw new AppError('BAD_REQUEST', `This model has ${dimensions} dimensions. Ask for as many or fewer.`);
  const vectors = sorted.map(({ index, embedding }, place) => {
    const vector =
      index === place && embedding.length === dimensions ? ofLengthOne(embedding, request.dimensions) : null;
    if (!vector) throw nonsense();
    return vector;
  });
  return { vectors, promptTokens: body.data.usage?.prompt_tokens ?? 0, modelId: address.id };
};
