import { Readability } from '@mozilla/readability';
import { dropHidden, type Element, parse } from '../markdown/document.ts';
import { markdownOf } from '../markdown/convert.ts';
import { visibleLine } from '../visible.ts';

export interface Article {
  readonly title: string;
  readonly byline: string | null;
  /** As the page writes it. */
  readonly published: string | null;
  readonly site: string | null;
  readonly excerpt: string;
  /** Markdown. */
  readonly text: string;
}

/** Past this, what looks like an article is no more than its teaser: the whole page is read. */
const SHORTEST = 200;

const line = (text: string | null | undefined, length: number): string | null =>
  visibleLine(text ?? '', length) || null;

/** What there is to read on a page; where it is no article, all of its text. */
export const article = (html: string, url: string): Article => {
  const document = parse(html);
  const base = URL.parse(document.querySelector('base[href]')?.getAttribute('href') ?? '', url)?.href ?? url;
  const title = document.title;
  dropHidden(document);
  const whole = document.body.cloneNode(true);
  const found = new Readability<Element>(document, { serializer: (node) => node }).parse();
  const main = found?.content ? markdownOf(found.content, base) : '';
  const text = main.length >= SHORTEST ? main : markdownOf(whole, base) || main;
  return {
    title: line(found?.title || title, 300) ?? new URL(url).hostname,
    byline: line(found?.byline, 300),
    published: line(found?.publishedTime, 100),
    site: line(found?.siteName, 300),
    excerpt: line(found?.excerpt, 500) ?? '',
    text,
  };
};
