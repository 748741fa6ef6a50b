import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { parseInput } from './input.ts';

const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  order: z.enum(['asc', 'desc']),
  after: z.string().min(1).optional(),
});
export type Paging = z.infer<typeof Paging>;

/** `limit`, `order` and `after` of a list. @throws AppError `BAD_REQUEST` */
export const pagingOf = (query: URLSearchParams, order: 'asc' | 'desc'): Paging =>
  parseInput(Paging, { order, ...Object.fromEntries(query) });

/** A page of `all`, which is in ascending order. @throws AppError `BAD_REQUEST` where `after` names none of them */
export const pageOf = <T extends { readonly id: string }>(
  all: readonly T[],
  { limit, order, after }: Paging,
  nameOf: (entry: T) => string = ({ id }) => id,
) => {
  const ordered = order === 'asc' ? all : all.toReversed();
  const at = after === undefined ? -1 : ordered.findIndex((entry) => nameOf(entry) === after);
  if (after !== undefined && at < 0)
    throw new AppError('BAD_REQUEST', `"after" is not usable: there is no "${after.slice(0, 100)}" in this list.`, {
      data: { param: 'after' },
    });
  const data = ordered.slice(at + 1, at + 1 + limit);
  return listOf(data, ordered.length > at + 1 + limit);
};

export const listOf = <T extends { readonly id: string }>(data: readonly T[], hasMore: boolean) => ({
  object: 'list',
  data,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
  has_more: hasMore,
});

/** Up to 16 pairs of strings, as OpenAI has them. */
export const Metadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs');
