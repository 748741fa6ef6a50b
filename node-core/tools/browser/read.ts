import type { Page } from 'playwright-core';
import { z } from 'zod';
import { AppError, CancellationError } from '../../contract/index.ts';
import { workOnText } from '../texts.ts';
import { visibleLine } from '../visible.ts';

const MOST_HTML = 4_000_000;
const MOST_TEXT = 200_000;
const MOST_LISTED = 300;

const Seen = z.object({
  title: z.string(),
  html: z.string(),
  links: z.array(z.object({ text: z.string(), url: z.string() })),
  controls: z.array(z.object({ kind: z.string(), name: z.string() })),
});

export const ReadPage = z.object({
  /** What the next call names it by. */
  page: z.string(),
  url: z.string(),
  title: z.string(),
  /** Markdown. */
  text: z.string(),
  truncated: z.boolean(),
  links: z.array(z.object({ text: z.string(), url: z.string() })),
  /** What can be clicked or filled in, by the name that `browser.click` and `browser.type` take. */
  controls: z.array(z.object({ kind: z.string(), name: z.string() })),
  /** Hosts that the page wanted and the playbook does not name. */
  refused: z.array(z.string()),
});
export type ReadPage = z.infer<typeof ReadPage>;

/** Runs where the page's own scripts can't change what it sees; all of it is cut before it leaves the browser. */
const look = `(() => {
  const named = (element) => (element.labels?.[0]?.innerText || element.getAttribute('aria-label') || element.placeholder || element.innerText || element.value || element.name || '').trim().slice(0, 200);
  const seen = (element) => element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false;
  const kinds = { A: 'link', BUTTON: 'button', TEXTAREA: 'field', SELECT: 'choice' };
  const buttons = ['submit', 'button', 'reset', 'image'];
  const kindOf = (element) => element.tagName === 'INPUT' ? (buttons.includes(element.type) ? 'button' : ['checkbox', 'radio'].includes(element.type) ? element.type : 'field') : (kinds[element.tagName] ?? 'button');
  return JSON.stringify({
    title: document.title.slice(0, 1000),
    html: (document.documentElement?.outerHTML ?? '').slice(0, ${MOST_HTML}),
    links: [...document.querySelectorAll('a[href]')].filter(seen).slice(0, ${MOST_LISTED}).map((a) => ({ text: (a.innerText ?? '').slice(0, 200), url: String(a.href).slice(0, 2000) })),
    controls: [...document.querySelectorAll('button, input:not([type=hidden]), textarea, select, [role=button]')].filter(seen).slice(0, ${MOST_LISTED}).map((element) => ({ kind: kindOf(element), name: named(element) })).filter(({ name }) => name !== ''),
  });
})()`;

const Article = z.object({ title: z.string(), text: z.string() });
const Evaluated = z.object({ result: z.object({ value: z.string() }) });

/** What a person would see of the page now. */
export const readPage = async (page: Page, signal: AbortSignal): Promise<Omit<ReadPage, 'page' | 'refused'>> => {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
    const answer = await session.send('Runtime.evaluate', {
      expression: look,
      contextId: executionContextId,
      returnByValue: true,
    });
    const seen = Seen.parse(JSON.parse(Evaluated.parse(answer).result.value));
    const url = page.url();
    const { title, text } = await workOnText(
      { task: 'article', html: seen.html, url },
      { signal, result: Article, says: 'The page is too tangled to read. Try another page.' },
    );
    const links = seen.links.filter((link) => /^https?:/u.test(link.url));
    return {
      url,
      title: visibleLine(seen.title, 300) || title,
      text: text.slice(0, MOST_TEXT),
      truncated: text.length > MOST_TEXT || seen.html.length >= MOST_HTML,
      links: links.map((link) => ({ ...link, text: visibleLine(link.text, 200) })),
      controls: seen.controls.map((control) => ({ ...control, name: visibleLine(control.name, 200) })),
    };
  } catch (cause) {
    if (cause instanceof AppError || cause instanceof CancellationError) throw cause;
    throw new AppError('TOOL_FAILED', 'The page went away while it was read. Open it again.', { cause });
  } finally {
    await session.detach().catch(() => undefined);
  }
};
