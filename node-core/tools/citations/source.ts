import { z } from 'zod';

const Name = z.union([
  z.string().max(300),
  z.object({
    family: z.string().max(200).optional(),
    given: z.string().max(200).optional(),
    literal: z.string().max(300).optional(),
  }),
]);
const DateLike = z.union([
  z.string().max(100),
  z.object({ 'date-parts': z.array(z.array(z.union([z.number().int(), z.string().max(10)])).max(3)).max(2) }),
]);
const Text = z.string().max(1_000).nullish();

/** What is known of a source: the fields of CSL-JSON, or those that reading a page gives. None but the title is needed. */
export const Source = z.object({
  title: z.string().min(1).max(1_000),
  type: z.string().max(60).nullish(),
  author: z.array(Name).max(100).nullish(),
  issued: DateLike.nullish(),
  accessed: DateLike.nullish(),
  'container-title': Text,
  publisher: Text,
  volume: z.union([z.string().max(40), z.number()]).nullish(),
  issue: z.union([z.string().max(40), z.number()]).nullish(),
  page: z.union([z.string().max(40), z.number()]).nullish(),
  DOI: Text,
  URL: z.string().max(2_048).nullish(),
  url: z.string().max(2_048).nullish(),
  byline: Text,
  published: Text,
  site: Text,
});
export type Source = z.infer<typeof Source>;

export const Numbered = z.object({
  references: z.array(z.object({ number: z.number().int(), text: z.string(), url: z.string().nullable() })),
  /** Of each source that was given, in its order: a source that is given twice has one number. */
  numbers: z.array(z.number().int()),
});
export type Numbered = z.infer<typeof Numbered>;
