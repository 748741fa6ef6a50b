import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import {
  callService,
  missingToken,
  readAnswer,
  type PlainService,
  type ServiceRequest,
  serviceOrigins,
  serviceSettings,
} from '../rest.ts';
import { OutcomeUnknown } from '../outcome.ts';
import { defineTool, type ToolContext } from '../types.ts';
import { visibleLine } from '../visible.ts';
import { Block, blockMarkdown, markdownBlocks, plain, titleBlocks } from './blocks.ts';

const service: PlainService = {
  title: 'Notion',
  address: 'https://api.notion.com/v1/',
  headers: (token) => ({ authorization: `Bearer ${token}`, 'notion-version': '2022-06-28' }),
  fault: (body) => z.object({ message: z.string() }).safeParse(body).data?.message,
};

const ask = async <T>(context: ToolContext, request: ServiceRequest, schema: z.ZodType<T>): Promise<T> =>
  readAnswer(service, schema, await callService(service, context, request), request.method);

const shared = {
  outside: true,
  labels: { untrusted: true, private: true },
  settings: serviceSettings(service, 'Of an internal integration; share the pages with it that it may use.'),
  missing: missingToken(service),
  origins: serviceOrigins,
} as const;

const PER_PAGE = 100;
const PageId = z
  .string()
  .regex(/^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/iu, 'the id of a page, as notion.search gives it');

const RichTitle = z.array(z.object({ plain_text: z.string(), href: z.string().nullish() }));
const Page = z.object({
  id: z.string(),
  url: z.string().default(''),
  last_edited_time: z.string().default(''),
  properties: z
    .record(z.string(), z.looseObject({ type: z.string().optional(), title: z.unknown().optional() }))
    .default({}),
});
const titleOf = ({ properties }: z.infer<typeof Page>): string => {
  const property = Object.values(properties).find(({ type }) => type === 'title');
  return visibleLine(plain(RichTitle.safeParse(property?.title).data ?? []), 300) || '(no title)';
};
const list = <T>(of: z.ZodType<T>) =>
  z.object({ results: z.array(of), has_more: z.boolean(), next_cursor: z.string().nullish() });

const MAX_BLOCKS = 1_000;
const MAX_DEPTH = 4;

/** The text of a page as Markdown, up to so many characters. */
const textOf = async (
  context: ToolContext,
  page: string,
  maxChars: number,
): Promise<{ readonly text: string; readonly truncated: boolean }> => {
  const lines: string[] = [];
  let blocks = 0;
  let length = 0;
  let isCut = false;
  const read = async (parent: string, depth: number): Promise<void> => {
    let cursor: string | null | undefined;
    do {
      const found = await ask(
        context,
        {
          path: `blocks/${parent}/children`,
          query: { page_size: PER_PAGE, ...(cursor ? { start_cursor: cursor } : {}) },
        },
        list(Block),
      );
      for (const block of found.results) {
        blocks += 1;
        if (blocks > MAX_BLOCKS || length > maxChars) {
          isCut = true;
          return;
        }
        const line = blockMarkdown(block, depth);
        if (line !== '') {
          lines.push(line);
          length += line.length + 1;
        }
        if (!block.has_children || block.type === 'child_page' || !PageId.safeParse(block.id).success) continue;
        if (depth < MAX_DEPTH) await read(block.id, depth + 1);
        else isCut = true;
      }
      cursor = found.has_more && found.results.length > 0 ? found.next_cursor : null;
      isCut ||= Boolean(cursor) && length > maxChars;
    } while (cursor && !isCut);
  };
  await read(page, 0);
  const text = lines.join('\n');
  return { text: text.slice(0, maxChars), truncated: isCut || text.length > maxChars };
};

const SearchInput = z.object({
  query: z.string().max(300),
  limit: z.number().int().min(1).max(300).default(20),
  /** Of the text of each page; with 0 none is read. */
  maxChars: z.number().int().min(0).max(20_000).default(0),
});
const SearchOutput = z.object({
  pages: z.array(
    z.object({ id: z.string(), title: z.string(), url: z.string(), editedAt: z.string(), text: z.string() }),
  ),
});

export const searchNotion = defineTool({
  ...shared,
  name: 'notion.search',
  title: 'Search Notion',
  description:
    'Pages that are shared with the integration, by their titles; with their texts where these are asked for.',
  effect: 'read',
  repeatable: true,
  input: SearchInput,
  output: SearchOutput,
  sources: (_, { pages }) => pages.map(({ url, title }) => url || `Notion: ${title}`).slice(0, 100),
  async call({ query, limit, maxChars }, context) {
    const pages: z.infer<typeof Page>[] = [];
    let cursor: string | null | undefined;
    do {
      const found = await ask(
        context,
        {
          method: 'POST',
          path: 'search',
          body: {
            query,
            filter: { property: 'object', value: 'page' },
            page_size: Math.min(PER_PAGE, limit),
            ...(cursor ? { start_cursor: cursor } : {}),
          },
        },
        list(Page),
      );
      pages.push(...found.results);
      cursor = found.has_more && found.results.length > 0 ? found.next_cursor : null;
    } while (cursor && pages.length < limit);
    const found: z.infer<typeof SearchOutput>['pages'] = [];
    for (const page of pages.slice(0, limit))
      found.push({
        id: page.id,
        title: titleOf(page),
        url: page.url,
        editedAt: page.last_edited_time,
        text: maxChars > 0 && PageId.safeParse(page.id).success ? (await textOf(context, page.id, maxChars)).text : '',
      });
    return { pages: found };
  },
});

const ReadInput = z.object({ id: PageId, maxChars: z.number().int().min(100).max(200_000).default(30_000) });

export const readNotion = defineTool({
  ...shared,
  name: 'notion.read',
  title: 'Read Notion',
  description: 'A page of Notion as Markdown.',
  effect: 'read',
  repeatable: true,
  input: ReadInput,
  output: z.object({ title: z.string(), url: z.string(), text: z.string(), truncated: z.boolean() }),
  sources: (_, { url, title }) => [url || `Notion: ${title}`],
  async call({ id, maxChars }, context) {
    const page = await ask(context, { path: `pages/${id}` }, Page);
    return { title: titleOf(page), url: page.url, ...(await textOf(context, id, maxChars)) };
  },
});

const WriteInput = z
  .object({
    /** The page under which a new one is made. */
    parent: PageId.optional(),
    title: z.string().min(1).max(1_000).optional(),
    /** The page at whose end the text is added. */
    page: PageId.optional(),
    /** Markdown: headings, lists, to-dos, quotes, paragraphs. */
    text: z.string().max(100_000),
  })
  .refine(
    ({ parent, title, page }) =>
      page === undefined ? parent !== undefined && title !== undefined : parent === undefined && title === undefined,
    'parent and title for a new page, or page to add to one',
  );

export const writeNotion = defineTool({
  ...shared,
  name: 'notion.write',
  title: 'Write to Notion',
  description: 'Makes a page under another, or adds to the end of one. A person sees it first, word by word.',
  effect: 'send-out',
  repeatable: false,
  input: WriteInput,
  output: z.object({ id: z.string(), url: z.string() }),
  sources: () => [],
  async call({ parent, title, page, text }, context) {
    const blocks = markdownBlocks(text);
    const target = page
      ? await ask(context, { path: `pages/${page}` }, Page)
      : await ask(
          context,
          {
            method: 'POST',
            path: 'pages',
            body: {
              parent: { page_id: parent },
              properties: { title: { title: titleBlocks(title ?? '') } },
              children: blocks.slice(0, PER_PAGE),
            },
          },
          Page,
        );
    for (let done = page ? 0 : PER_PAGE; done < blocks.length; done += PER_PAGE) {
      try {
        await callService(service, context, {
          method: 'PATCH',
          path: `blocks/${page ?? target.id}/children`,
          body: { children: blocks.slice(done, done + PER_PAGE) },
        });
      } catch (error) {
        if (!(error instanceof AppError) || done === 0) throw error;
        throw new OutcomeUnknown(
          `Only the first ${done} of ${blocks.length} lines were written to Notion. ${error.message}`,
          { cause: error },
        );
      }
    }
    return { id: target.id, url: target.url };
  },
});
