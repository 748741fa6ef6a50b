import { z } from 'zod';
import { at, brief, defineCheck, textsIn } from './check.ts';

const path = z.string().default('');

/** Words as a reader counts them: marks of Markdown are none. */
export const countWords = (text: string): number =>
  text.match(/[\p{L}\p{N}]+(?:[’'.,:/-][\p{L}\p{N}]+)*/gu)?.length ?? 0;

const words = defineCheck({
  name: 'words',
  options: z.object({ min: z.number().optional(), max: z.number().optional(), path }),
  faults: (value, { min = 0, max = Infinity, path: where }) =>
    at(value, where).flatMap((found) => {
      const count = textsIn(found).reduce((sum, text) => sum + countWords(text), 0);
      if (count < min) return [`It has ${count} words and needs at least ${min}. Write more.`];
      return count > max ? [`It has ${count} words and may have ${max} at most. Cut it.`] : [];
    }),
});

const noEmpty = defineCheck({
  name: 'no-empty',
  options: z.object({ path }),
  faults(value, { path: where }) {
    const found = at(value, where);
    const name = where === '' ? 'The answer' : `“${where}”`;
    if (found.length === 0 && !where.includes('*')) return [`${name} is missing.`];
    return found.flatMap((each) => {
      const empty =
        each === null ||
        (typeof each === 'string' && !/[\p{L}\p{N}]/u.test(each)) ||
        (Array.isArray(each) && each.length === 0) ||
        textsIn(each).some((text) => text.trim() === '');
      return empty ? [`${name} is empty. Fill it in.`] : [];
    });
  },
});

/** A gap that was left for a person, or talk of a model about itself, in a text that should be done. */
const placeholder =
  /\[(?:your|insert|add|company|product|name|date|link|price|placeholder|todo|tbd)\b[^\]]{0,40}\](?!\()|\b(?:lorem ipsum|TBD|TODO|XXX+)\b|<(?:insert|your)\b[^>]*>|\b(?:as an ai\b|as a language model|i (?:cannot|can't|am unable to) (?:help|assist|provide|browse))/iu;

const noPlaceholders = defineCheck({
  name: 'no-placeholders',
  options: z.object({ path }),
  faults: (value, { path: where }) =>
    at(value, where)
      .flatMap(textsIn)
      .flatMap((text) => {
        const found = placeholder.exec(text);
        return found ? [`${brief(found[0])} is a gap or talk about yourself. Write the text itself.`] : [];
      }),
});

/** Headings of Markdown, or lines of their own. */
const containsSections = defineCheck({
  name: 'contains-sections',
  options: z.object({ sections: z.array(z.string()), path }),
  faults(value, { sections, path: where }) {
    const lines = at(value, where)
      .flatMap(textsIn)
      .flatMap((text) => text.split('\n'))
      .map((line) =>
        line
          .replace(/^[\s#*>\d.)-]+/u, '')
          .replace(/[*:\s]+$/u, '')
          .toLowerCase(),
      );
    return sections
      .filter(
        (section) =>
          !lines.some((line) => line === section.toLowerCase() || line.startsWith(`${section.toLowerCase()}:`)),
      )
      .map((section) => `The section “${section}” is missing. Add it with this heading.`);
  },
});

export const textChecks = [words, noEmpty, noPlaceholders, containsSections];
