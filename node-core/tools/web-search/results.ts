import { z } from 'zod';
import { visibleLine } from '../visible.ts';

export const Result = z.object({
  title: z.string().max(300),
  url: z.string().max(2_048),
  snippet: z.string().max(1_000),
});
export type Result = z.infer<typeof Result>;

/** Parameters that say where a visitor came from, not what is shown. */
const TRACKING = /^(utm_.*|gclid|fbclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|ref_src)$/iu;

/** Two addresses of one page have one canonical form; it is compared, never fetched. */
export const canonicalUrl = (text: string): string | null => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/u.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  const path = url.pathname.replace(/\/+$/u, '');
  return `${url.host.replace(/^www\.|\.$/gu, '')}${path}?${url.searchParams}`;
};

const Loose = z.object({ title: z.string().catch(''), url: z.string(), snippet: z.string().catch('') });

/** What an engine says it found: items that are none and addresses that were there before are left out. */
export const usable = (items: readonly unknown[], limit: number): Result[] => {
  const byPage = new Map<string, Result>();
  for (const item of items) {
    if (byPage.size >= limit) break;
    const { data } = Loose.safeParse(item);
    const page = data ? canonicalUrl(data.url) : null;
    if (!data || page === null || byPage.has(page)) continue;
    const url = new URL(data.url).href;
    if (url.length > 2_048) continue;
    const [title, snippet] = [data.title, data.snippet].map((text) => text.replaceAll(/<[^<>]*>/gu, ' '));
    byPage.set(page, { title: visibleLine(title || url, 300), url, snippet: visibleLine(snippet ?? '', 1_000) });
  }
  return [...byPage.values()];
};
