import { z } from 'zod';
import { AppError, isCancellation } from '../../contract/index.ts';
import { defineTool, type Tool, type ToolContext } from '../types.ts';
import { askSearxng, createSerper } from './engines.ts';
import { Result } from './results.ts';

type Setting = ToolContext['setting'];

const searxngOf = (setting: Setting): string | null => setting('searxng')?.trim() || null;
const keysOf = (setting: Setting): string[] => (setting('serper') ?? '').split(/[\s,]+/u).filter((key) => key !== '');

const isWeb = (address: string): boolean => /^https?:$/u.test(URL.parse(address)?.protocol ?? '');

export const createWebSearch = (serperAddress: string): Tool => {
  const serper = createSerper(serperAddress);
  return defineTool({
    name: 'web.search',
    title: 'Search the web',
    description: 'Finds pages on the web: title, address and a few words of each.',
    effect: 'read',
    outside: true,
    repeatable: true,
    input: z.object({
      query: z.string().trim().min(1).max(400),
      limit: z.number().int().min(1).max(10).default(10),
    }),
    output: z.object({ engine: z.enum(['searxng', 'serper']), results: z.array(Result).max(10) }),
    labels: { untrusted: true, private: false },
    settings: [
      {
        id: 'searxng',
        title: 'SearXNG address',
        hint: 'http://127.0.0.1:8888: a SearXNG of yours, with "json" among search.formats in its settings.yml',
        secret: false,
      },
      {
        id: 'serper',
        title: 'Serper keys',
        hint: 'Keys of serper.dev, with commas between: the next is used where one is spent. Asked where SearXNG is not set or fails.',
        secret: true,
      },
    ],
    missing(setting) {
      const address = searxngOf(setting);
      if (address !== null && !isWeb(address))
        return 'The SearXNG address of web search, under Agents, Tools, is none. Write it like http://127.0.0.1:8888.';
      if (address === null && keysOf(setting).length === 0)
        return 'Web search is not set up. Set the address of a SearXNG, or a key of serper.dev, under Agents, Tools.';
      return null;
    },
    origins: (setting) => [searxngOf(setting) ?? [], keysOf(setting).length > 0 ? serperAddress : []].flat(),
    sources: (_input, { results }) => results.map(({ url }) => url),
    async call(query, context) {
      const address = searxngOf(context.setting);
      const keys = keysOf(context.setting);
      if (address !== null)
        try {
          return { engine: 'searxng' as const, results: await askSearxng(address, query, context) };
        } catch (error) {
          if (keys.length === 0 || isCancellation(error) || !(error instanceof AppError)) throw error;
        }
      if (keys.length === 0) throw new AppError('TOOL_NOT_READY', this.missing(context.setting) ?? '');
      return { engine: 'serper' as const, results: await serper.ask(keys, query, context) };
    },
  });
};

export const webSearch: Tool = createWebSearch('https://google.serper.dev/search');
