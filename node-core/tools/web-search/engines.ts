import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import type { ToolContext } from '../types.ts';
import { type Result, usable } from './results.ts';

interface Query {
  readonly query: string;
  readonly limit: number;
}

const failed = (message: string, cause?: unknown): AppError => new AppError('TOOL_FAILED', message, { cause });
const ANSWER_BYTES = 2_000_000;

const json = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
};

const SearxngAnswer = z.object({
  results: z.array(z.unknown()),
  unresponsive_engines: z.array(z.unknown()).catch([]),
});
const SearxngItem = z.object({ title: z.unknown(), url: z.unknown(), content: z.unknown() });

/** The JSON of a SearXNG (https://docs.searxng.org/dev/search_api.html). */
export const askSearxng = async (
  address: string,
  { query, limit }: Query,
  { fetch }: Pick<ToolContext, 'fetch'>,
): Promise<Result[]> => {
  const url = `${address.replace(/\/+(search\/*)?$/u, '')}/search?${new URLSearchParams({ q: query, format: 'json' })}`;
  const { status, body } = await fetch(url, { headers: { accept: 'application/json' }, maxBytes: ANSWER_BYTES });
  if (status === 429) throw failed('SearXNG was asked too often and wants a pause. Try again in a minute.');
  if (status === 403)
    throw failed('SearXNG gives no JSON. Add "json" under search.formats in its settings.yml and start it again.');
  if (status !== 200) throw failed(`SearXNG answered with ${status}. Check its address, and its own log.`);
  const { data } = SearxngAnswer.safeParse(json(body));
  if (!data) throw failed('What answers at the address of SearXNG is no SearXNG. Check the address.');
  const items = data.results.map((result) => {
    const item = SearxngItem.safeParse(result).data;
    return item && { title: item.title, url: item.url, snippet: item.content };
  });
  const results = usable(items, limit);
  if (results.length === 0 && data.unresponsive_engines.length > 0)
    throw failed(
      'SearXNG found nothing because its own engines did not answer. Try again later, or set up more of them there.',
    );
  return results;
};

const SerperAnswer = z.object({ organic: z.array(z.unknown()).catch([]) });
const SerperItem = z.object({ title: z.unknown(), link: z.unknown(), snippet: z.unknown() });

/** Refused for this key: it is unknown, out of credit or asked too often. */
const ANOTHER_KEY: readonly number[] = [401, 402, 403, 429];

export interface Serper {
  ask(keys: readonly string[], query: Query, context: Pick<ToolContext, 'fetch'>): Promise<Result[]>;
}

/** Google by Serper (https://serper.dev): one key after the other, beginning with the one that worked last. */
export const createSerper = (address: string): Serper => {
  let good: string | undefined;
  return {
    async ask(keys, { query, limit }, { fetch }) {
      const statuses = new Set<number>();
      for (const key of keys.toSorted((a, b) => Number(b === good) - Number(a === good))) {
        const { status, body } = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': key },
          body: JSON.stringify({ q: query, num: limit }),
          maxBytes: ANSWER_BYTES,
        });
        const said = json(body);
        const spent = status === 400 && /credit/iu.test(JSON.stringify(said ?? ''));
        if (ANOTHER_KEY.includes(status) || spent) {
          statuses.add(status);
          continue;
        }
        if (status !== 200) throw failed(`Serper answered with ${status}. Try again later.`);
        const { data } = SerperAnswer.safeParse(said);
        if (!data) throw failed('Serper answered with something that is no list of results. Try again later.');
        good = key;
        const items = data.organic.map((result) => {
          const item = SerperItem.safeParse(result).data;
          return item && { title: item.title, url: item.link, snippet: item.snippet };
        });
        return usable(items, limit);
      }
      const only429 = statuses.size === 1 && statuses.has(429);
      throw failed(
        only429
          ? 'Serper was asked too often with every key. Try again in a minute, or add a key.'
          : `Serper refuses ${keys.length === 1 ? 'the key' : `each of the ${keys.length} keys`} of web search, under Agents, Tools. Check them, and their credit, on serper.dev.`,
      );
    },
  };
};
