import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import { workOnText } from '../texts.ts';
import { defineTool, type Tool } from '../types.ts';
import { visible, visibleLine } from '../visible.ts';
import { decode } from './charset.ts';

const MOST_TEXT = 1_000_000;
const MOST_BYTES = 5_000_000;

const Article = z.object({
  title: z.string(),
  byline: z.string().nullable(),
  published: z.string().nullable(),
  site: z.string().nullable(),
  excerpt: z.string(),
  text: z.string(),
});

const failed = (message: string): AppError => new AppError('TOOL_FAILED', message);

/** `html`, `text`, or why it is neither. */
const kindOf = (type: string, body: Uint8Array, host: string): 'html' | 'text' => {
  const start = new TextDecoder('latin1').decode(body.subarray(0, 1_024));
  if (type === 'application/pdf' || start.startsWith('%PDF-'))
    throw failed(`What ${host} gives is a PDF, which can't be read here. Look for the same text as a web page.`);
  const html =
    /^(text\/html|application\/xhtml\+xml)$/u.test(type) ||
    (type === '' && /<(!doctype|html|head|body|p|div)\b/iu.test(start));
  const text = html || type === '' || /^text\/|[/+](json|xml)$/u.test(type);
  const wide = /^(\u00FE\u00FF|\u00FF\u00FE)/u.test(start);
  if (!text || (!wide && start.includes('\0')))
    throw failed(
      `What ${host} gives is no page to read (${visibleLine(type || 'binary', 100)}). Look for a web page instead.`,
    );
  return html ? 'html' : 'text';
};

const said: Readonly<Record<number, string>> = {
  401: 'wants a login',
  402: 'wants to be paid',
  403: 'refuses to show it',
  404: 'has no such page',
  410: 'has no such page any more',
  429: 'was asked too often',
};

export const webRead: Tool = defineTool({
  name: 'web.read',
  title: 'Read a web page',
  description: 'Reads the text of a web page as Markdown, with its title, author and date.',
  effect: 'read',
  outside: true,
  repeatable: true,
  input: z.object({ url: z.string().trim().min(1).max(2_048) }),
  output: Article.extend({
    /** Where it was found in the end. */
    url: z.string(),
    /** Whether there was more than is given. */
    truncated: z.boolean(),
  }),
  labels: { untrusted: true, private: false },
  settings: [],
  missing: () => null,
  sources: (_input, { url }) => [url],
  async call({ url: address }, { fetch, signal }) {
    const { status, url, headers, body, truncated } = await fetch(address, {
      headers: {
        accept: 'text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5',
        'accept-language': 'en,*;q=0.5',
      },
      maxBytes: MOST_BYTES,
    });
    const { host } = new URL(url);
    if (status !== 200) throw failed(`${host} ${said[status] ?? `answered with ${status}`}. Try another page.`);
    const contentType = headers.get('content-type') ?? '';
    const kind = kindOf(contentType.replace(/;.*/u, '').trim().toLowerCase(), body, host);
    const content = decode(body, contentType);
    const article =
      kind === 'text'
        ? {
            title: host,
            byline: null,
            published: null,
            site: null,
            excerpt: visibleLine(content, 500),
            text: visible(content),
          }
        : await workOnText(
            { task: 'article', html: content, url },
            { signal, result: Article, says: `The page at ${host} is too tangled to read. Try another page.` },
          );
    return {
      ...article,
      url,
      text: article.text.slice(0, MOST_TEXT),
      truncated: truncated || article.text.length > MOST_TEXT,
    };
  },
});
