import Turndown from 'turndown';
import { visible } from '../visible.ts';
import { dropHidden, type Element, parse } from './document.ts';

const isWeb = (url: URL | null): url is URL => url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol);

const cellsOf = (row: Element): readonly Element[] =>
  [...row.children].filter(({ localName }) => /^t[dh]$/u.test(localName));

/** A table whose cells hold text alone; one for the layout of a page is left to be read cell by cell. */
const rowsOf = (table: Element): readonly (readonly string[])[] | null => {
  if (table.querySelector('table,ul,ol,pre,blockquote,h1,h2,h3')) return null;
  const rows = [...table.querySelectorAll('tr')].map((row) =>
    cellsOf(row).map((cell) => (cell.textContent ?? '').replaceAll(/\s+/gu, ' ').trim().replaceAll('|', '\\|')),
  );
  const full = rows.filter((row) => row.some((cell) => cell !== ''));
  return full.length > 1 && Math.max(...full.map((row) => row.length)) > 1 ? full : null;
};

const tableOf = (rows: readonly (readonly string[])[]): string => {
  const width = Math.max(...rows.map((row) => row.length));
  const line = (row: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => row[index] ?? '').join(' | ')} |`;
  const [head = [], ...body] = rows;
  return `\n\n${[line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n')}\n\n`;
};

/** Markdown of an element, without pictures; addresses are whole, and those that are no addresses are left out. */
export const markdownOf = (element: Element, base: string | null): string => {
  const turndown = new Turndown({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', hr: '---' });
  turndown.addRule('pictures', { filter: ['img', 'picture', 'video', 'audio', 'canvas'], replacement: () => '' });
  turndown.addRule('links', {
    filter: 'a',
    replacement: (content, node) => {
      const href = (node as unknown as Element).getAttribute('href');
      const url = href === null ? null : URL.parse(href, base ?? undefined);
      const text = content.replaceAll(/\s+/gu, ' ').trim();
      if (text === '' || !isWeb(url)) return content;
      return `[${text}](${url.href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
    },
  });
  turndown.addRule('tables', {
    filter: (node) => node.nodeName === 'TABLE' && rowsOf(node) !== null,
    replacement: (_content, node) => tableOf(rowsOf(node) ?? []),
  });
  return visible(turndown.turndown(element))
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
};

/** Markdown of a piece of HTML or a page, as a person would see it. */
export const htmlToMarkdown = (html: string, base: string | null): string => {
  const document = parse(html);
  dropHidden(document);
  return markdownOf(document.body, base);
};
