import { z } from 'zod';
import { isEmpty } from '../expressions.ts';
import { defineRule, maybeList, maybeText } from './rule.ts';

type Json = z.core.util.JSONType;

/** Those that are there, each once. */
const list = defineRule({
  name: 'list',
  input: z.object({ items: z.array(z.json()).nullable(), limit: z.number().int().positive().default(50) }),
  decide({ items, limit }) {
    const seen = new Map<string, Json>();
    for (const item of (items ?? []).flat()) {
      const value = typeof item === 'string' ? item.trim() : item;
      const key = typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value);
      if (!isEmpty(value) && !seen.has(key)) seen.set(key, value);
    }
    const value = [...seen.values()].slice(0, limit);
    return { value, output: value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n') };
  },
});

/** Something a person has to know where a value is missing. */
const say = defineRule({
  name: 'say',
  input: z.object({ unless: z.json().optional(), text: z.string().min(1) }),
  decide({ unless, text }) {
    const isSaid = isEmpty(unless);
    return { value: { notices: isSaid ? [text] : [] }, output: isSaid ? text : 'Nothing to say.' };
  },
});

const body = (value: Json): string => {
  if (Array.isArray(value))
    return value
      .map((item) => `- ${(typeof item === 'string' ? item : JSON.stringify(item)).replace(/\s+/gu, ' ')}`)
      .join('\n');
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
};

export const Source = z.looseObject({ number: z.number().int(), title: z.string(), url: z.string().default('') });

/** Text of a link that ends no bracket and starts no other markup. */
const label = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[\\`*_[\]<>|]/gu, '\\$&')
    .trim();

/** `1. [Title](<address>)`, one a line. */
export const sourceList = (sources: readonly z.infer<typeof Source>[]): string =>
  sources
    .map(({ number, title, url }) => {
      const shown = label(title || url);
      return `${number}. ${/^https?:\/\//iu.test(url) ? `[${shown}](<${url.replace(/[<>\s]/gu, encodeURIComponent)}>)` : shown}`;
    })
    .join('\n');

/** Text that is no markup; brackets stay where they make no link. */
const literal = (text: string): string =>
  text
    .replace(/[\\`*_<>|]/gu, '\\$&')
    .replace(/\](?=[([:])/gu, '\\]')
    .replace(/\[(?=\[)/gu, '\\[');

/** What `text.citations` gave, its addresses as links. */
export const referenceList = (
  references: readonly { readonly number: number; readonly text: string; readonly url: string | null }[],
): string =>
  references
    .map(({ number, text, url }) => {
      const line = text.replace(/\s+/gu, ' ').trim();
      const isLinked = url !== null && line.endsWith(url) && /^https?:\/\//iu.test(url);
      return `${number}. ${isLinked ? `${literal(line.slice(0, -url.length))}<${url.replace(/[<>\s]/gu, encodeURIComponent)}>` : literal(line)}`;
    })
    .join('\n');

/** Markdown with a title and sections; one without a text is left out. */
const document = defineRule({
  name: 'document',
  input: z.object({
    title: z.string().min(1),
    intro: maybeText,
    sections: z.array(z.object({ heading: z.string(), text: z.json().optional() })),
    sources: maybeList(Source),
  }),
  decide({ title, intro, sections, sources }) {
    const parts = [
      `# ${title.replace(/\s+/gu, ' ').trim()}`,
      ...(intro ? [intro.trim()] : []),
      ...sections.flatMap(({ heading, text }) =>
        text === undefined || isEmpty(text) ? [] : [heading === '' ? body(text) : `## ${heading}\n\n${body(text)}`],
      ),
      ...(sources && sources.length > 0 ? [`## Sources\n\n${sourceList(sources)}`] : []),
    ];
    const value = `${parts.join('\n\n')}\n`;
    return { value, output: value };
  },
});

export const textRules = [list, say, document];
