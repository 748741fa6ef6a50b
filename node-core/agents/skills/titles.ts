import { nameKeys, type People } from './people.ts';

/** The name as the meeting shows it: "brunner" of a label "Brunner (site management)" is Brunner. */
export function ownerName(people: People, name: string): string {
  return (
    nameKeys(name)
      .map((key) => people.known.get(key))
      .find((shown) => shown !== undefined) ?? name
  );
}

const FILLER =
  /\b(?:um+|uh+|er|erm|you know|i mean|like,|kind of|sort of|basically|actually|maybe also|please)\b,?\s*/giu;
const LEADING =
  /^(?:(?:and|so|then|also|just|quickly|to|will|can|should|must|shall|has to|have to|needs to|need to|is going to|am going to|going to|i'll|ill|i will)\s+)+/iu;
const PRONOUN = /\b(?:it|that|this|them|those|these|one)\b/iu;
const PERSON = /\b(?:him|her)\b/iu;

/** Whether a task says "it" and means something named elsewhere. */
export const needsSubject = (span: string): boolean =>
  PRONOUN.test(
    span.replace(/\b(?:that|this|these|those)\s+\p{L}+/giu, (match) =>
      /^(?:that|this)\s+(?:to|up|down|out|for|on|in)\b/iu.test(match) ? match : ' ',
    ),
  ) || PERSON.test(span);

const IRREGULAR: Record<string, string> = {
  does: 'do',
  goes: 'go',
  has: 'have',
  is: 'be',
  tries: 'try',
  carries: 'carry',
  copies: 'copy',
  replies: 'reply',
  applies: 'apply',
  notifies: 'notify',
  clarifies: 'clarify',
  verifies: 'verify',
  tidies: 'tidy',
  supplies: 'supply',
  dries: 'dry',
};

function baseVerb(word: string): string {
  const lower = word.toLowerCase();
  const irregular = IRREGULAR[lower];
  if (irregular !== undefined) return irregular;
  if (/(?:ch|sh|ss|x|zz)es$/u.test(lower)) return lower.slice(0, -2);
  return /[^su]s$/u.test(lower) ? lower.slice(0, -1) : lower;
}

const BARE_ENDINGS = /(?:ss|us|is|news|always)$/u;

/** A span of a meeting as the title of a todo: verb first, no fillers, the pronoun replaced by what it stands for. */
export function taskTitle(span: string, subject: string | null): string {
  let text = span
    .replace(FILLER, '')
    .replace(/\s+/gu, ' ')
    .replace(LEADING, '')
    .replace(/[,\s]+$/u, '');
  const [first = ''] = text.split(' ');
  if (text.includes(' ') && !BARE_ENDINGS.test(first.toLowerCase())) text = baseVerb(first) + text.slice(first.length);
  if (subject !== null && needsSubject(span) && !text.toLowerCase().includes(subject.toLowerCase())) {
    const noun = subject
      .replace(/^(?:about|and|so|then|also|with)\s+/iu, '')
      .replace(/[.,;:!?]+$/u, '')
      .replace(/^(?:The|A|An|Our|My|Your|This|That|These|Those|Some|New|No)(?= )/u, (article) => article.toLowerCase())
      .replace(/^no (?=\p{L})/u, 'a ');
    text = PRONOUN.test(text) ? text.replace(PRONOUN, () => noun) : `${text} (${noun})`;
  }
  return text.charAt(0).toUpperCase() + text.slice(1);
}
