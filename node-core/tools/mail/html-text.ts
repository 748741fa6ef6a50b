import { parseHTML } from 'linkedom';

const SKIPPED = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'object', 'iframe']);
const BLOCKS = new Set(
  'address article aside blockquote center div dl dt dd fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/iu;
const ELEMENT = 1;
const TEXT = 3;
const MAX_DEPTH = 200;

/** As much of a node as is looked at: the core has no DOM of its own. */
interface HtmlNode {
  readonly nodeType: number;
  readonly localName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<HtmlNode>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
}

const attribute = (node: HtmlNode, name: string): string => node.getAttribute(name) ?? '';

const write = (element: HtmlNode, out: string[], depth: number): void => {
  if (element.nodeType === TEXT) {
    out.push((element.textContent ?? '').replaceAll(/[\s\u00A0]+/gu, ' '));
    return;
  }
  if (element.nodeType !== ELEMENT || depth > MAX_DEPTH) return;
  const tag = element.localName;
  if (SKIPPED.has(tag) || element.hasAttribute('hidden') || HIDDEN.test(attribute(element, 'style'))) return;
  if (tag === 'br') out.push('\n');
  const isBlock = BLOCKS.has(tag);
  if (isBlock) out.push('\n');
  if (tag === 'li') out.push('- ');
  if (tag === 'img' && attribute(element, 'alt')) out.push(attribute(element, 'alt'));
  for (const child of element.childNodes) write(child, out, depth + 1);
  if (tag === 'td' || tag === 'th') out.push(' ');
  const href = tag === 'a' ? attribute(element, 'href') : '';
  if (/^(https?|mailto):/iu.test(href) && element.textContent?.trim() !== href) out.push(` (${href})`);
  if (isBlock) out.push(tag === 'p' ? '\n\n' : '\n');
};

/** The words of a mail written in HTML, its links beside them; nothing is loaded, and what a reader would not see is left out. */
export const htmlText = (html: string): string => {
  const { document }: { readonly document: { readonly body: HtmlNode } } = parseHTML(
    /<body[\s>]/iu.test(html) ? html : `<html><body>${html}</body></html>`,
  );
  const out: string[] = [];
  write(document.body, out, 0);
  return out
    .join('')
    .replaceAll(/ *\n */gu, '\n')
    .replaceAll(/ {2,}/gu, ' ')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
};
