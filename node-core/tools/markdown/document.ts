import { parseHTML } from 'linkedom';

export type Document = ReturnType<typeof parseHTML>['document'];
export type Element = Document['body'];

/** What shows nothing, or is no text to read. */
const NO_TEXT =
  'script,style,noscript,template,iframe,frame,object,embed,svg,math,canvas,form input,select,textarea,button,dialog:not([open]),[hidden],[aria-hidden="true"]';
const HIDING =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0*\s*(?:%|;|!|$)|font-size\s*:\s*0*\.?0*(?:px|em|rem|pt|%)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{3,})/iu;

/** The parser adds no `html`, `head` or `body` that a page leaves out, as browsers do. */
export const parse = (html: string): Document => {
  const head =
    /<head(?:\s[^>]*)?>([\s\S]*?)<\/head\s*>/iu.exec(html)?.[1] ??
    /<title(?:\s[^>]*)?>[^<]*<\/title\s*>/iu.exec(html)?.[0] ??
    '';
  const body = html.replace(head, '').replaceAll(/<\/?(?:html|head|body)(?:\s[^>]*)?>|<!doctype[^>]*>/giu, '');
  return parseHTML(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`).document;
};

/** Takes out what a person who opens the page does not see, as far as the page itself says so. */
export const dropHidden = (document: Document): void => {
  for (const element of document.querySelectorAll(NO_TEXT)) element.remove();
  for (const element of document.querySelectorAll('[style]'))
    if (HIDING.test(element.getAttribute('style') ?? '')) element.remove();
};
