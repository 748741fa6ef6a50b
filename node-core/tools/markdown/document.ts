import type { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** The part of the DOM that is used: this room has no types of a browser. */
export interface Element {
  readonly localName: string;
  readonly textContent: string | null;
  readonly children: Iterable<Element>;
  readonly firstElementChild: Element | null;
  readonly nextElementSibling: Element | null;
  readonly parentElement: Element | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  getAttribute(name: string): string | null;
  cloneNode(deep: boolean): Element;
  remove(): void;
}

/** What Readability takes, and the part of it that is used here. */
type Document = ConstructorParameters<typeof Readability>[0] & {
  readonly title: string;
  readonly documentElement: Element;
  readonly body: Element;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
};

/** What shows nothing, or is no text to read. */
const NO_TEXT =
  'script,style,noscript,template,iframe,frame,object,embed,svg,math,canvas,form input,select,textarea,button,dialog:not([open]),[hidden],[aria-hidden="true"]';
const HIDING =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0*\s*(?:%|;|!|$)|font-size\s*:\s*0*\.?0*(?:px|em|rem|pt|%)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{3,})/iu;

/** Nested deeper than any page that is meant to be read; what walks it takes the square of that. */
const DEEPEST = 500;

const isDeep = (root: Element): boolean => {
  let depth = 0;
  let element: Element | null = root;
  while (element) {
    if (element.firstElementChild) {
      element = element.firstElementChild;
      depth += 1;
      if (depth > DEEPEST) return true;
      continue;
    }
    while (element && element !== root && !element.nextElementSibling) {
      element = element.parentElement;
      depth -= 1;
    }
    element = element === root ? null : (element?.nextElementSibling ?? null);
  }
  return false;
};

/**
 * The parser adds no `html`, `head` or `body` that a page leaves out, as browsers do.
 * @throws RangeError where it is nested too deep
 */
export const parse = (html: string): Document => {
  const head =
    /<head(?:\s[^>]*)?>([\s\S]*?)<\/head\s*>/iu.exec(html)?.[1] ??
    /<title(?:\s[^>]*)?>[^<]*<\/title\s*>/iu.exec(html)?.[0] ??
    '';
  const body = html.replace(head, '').replaceAll(/<\/?(?:html|head|body)(?:\s[^>]*)?>|<!doctype[^>]*>/giu, '');
  const { document }: { readonly document: Document } = parseHTML(
    `<!doctype html><html><head>${head}</head><body>${body}</body></html>`,
  );
  if (isDeep(document.documentElement)) throw new RangeError('The page is nested too deep.');
  return document;
};

/** Takes out what a person who opens the page does not see, as far as the page itself says so. */
export const dropHidden = (document: Document): void => {
  for (const element of document.querySelectorAll(NO_TEXT)) element.remove();
  for (const element of document.querySelectorAll('[style]'))
    if (HIDING.test(element.getAttribute('style') ?? '')) element.remove();
};
