import { z } from 'zod';
import { citedIn } from '../checks/sources.ts';
import { countWords } from '../checks/texts.ts';

/** A fault as `text.grammar` finds it. */
export const Fault = z.looseObject({
  start: z.number().int(),
  end: z.number().int(),
  problem: z.string(),
  message: z.string(),
  kind: z.string(),
  suggestions: z.array(z.string()),
});
type Fault = z.infer<typeof Fault>;

/** Matters of taste, and what names and terms are taken for. */
const tastes: ReadonlySet<string> = new Set([
  'Capitalization',
  'Enhancement',
  'Formatting',
  'Readability',
  'Redundancy',
  'Regionalism',
  'Style',
]);

/** Words per fault below which a text is in another language than the check knows. */
const otherLanguage = 8;

/** Where a fault stands, so that it is found again after the rest has changed. */
const around = 24;

export const LanguageFault = z.object({ section: z.number().int(), place: z.string(), message: z.string() });
type LanguageFault = z.infer<typeof LanguageFault>;

/** As places are compared: without citations. */
export const bare = (text: string): string =>
  text
    .replace(/\s*\[\d[\d\s,;–-]*\]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

const isFault = (fault: Fault, known: string): boolean => {
  if (tastes.has(fault.kind) || citedIn(fault.problem).length > 0) return false;
  // What begins with a capital is a name, and what the sources write so is a term.
  return fault.kind !== 'Spelling' || (/^\p{Ll}/u.test(fault.problem) && !known.includes(fault.problem.toLowerCase()));
};

/**
 * What of a grammar check is worth a revision, by the sections whose texts were checked together, an empty line between.
 * None where most words are faults: the text is not in the language of the check.
 */
export const languageFaults = (
  sections: readonly { readonly text: string; readonly isDraft: boolean }[],
  faults: readonly Fault[],
  sources: readonly { readonly text: string }[],
): LanguageFault[] => {
  const known = sources.map(({ text }) => text.toLowerCase()).join('\n');
  const words = sections.reduce((sum, { text, isDraft }) => sum + (isDraft ? countWords(text) : 0), 0);
  if (faults.length * otherLanguage > words) return [];
  let from = 0;
  return sections.flatMap(({ text, isDraft }, section) => {
    if (!isDraft) return [];
    const [begin, end] = [from, from + text.length];
    from = end + joint.length;
    return faults
      .filter((fault) => fault.start >= begin && fault.end <= end && isFault(fault, known))
      .map(({ start, end: until, problem, message, suggestions: [instead] }) => ({
        section,
        place: bare(text.slice(Math.max(0, start - begin - around), until - begin + around)),
        message: `“${problem}”: ${message}${instead ? ` (${instead})` : ''}`,
      }));
  });
};

const joint = '\n\n';

/** The texts that `languageFaults` takes apart again. */
export const draftedText = (sections: readonly { readonly text: string; readonly isDraft: boolean }[]): string =>
  sections
    .filter(({ isDraft }) => isDraft)
    .map(({ text }) => text)
    .join(joint);
