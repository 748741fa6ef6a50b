import { COMMON_WORDS, FIRST_NAMES } from './words.ts';

/** Who occurs in a meeting. Keys of `known` and `others` are lower-case single words; values the name as it is shown. */
export interface People {
  /** Those who speak, are listed as present, or bear a common first name. */
  known: Map<string, string>;
  /** Other capitalised words: places, firms, people who are talked about. */
  others: Map<string, string>;
  /** Who writes or narrates when a line has no speaker: "From: …", "it's me …", a signature. */
  author: string | null;
}

const NAME_WORD = "\\p{Lu}[\\p{L}'’-]*";
const STAMP = '(?:\\s*[[(]?\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\s*[ap]m)?[\\])]?\\s*[-–]?)?';
const LABEL = new RegExp(
  `^${STAMP}[\\s>*•_-]*[<\\[]?@?((?:(?:Mr|Mrs|Ms|Dr|Prof)\\.?\\s+)?[\\p{L}][\\p{L}\\d'’._-]*(?:\\s+(?:[\\p{Lu}][\\p{L}'’.-]*|\\d{1,2})){0,2})[>\\]]?(?:\\s*\\([^)\\n]{1,40}\\))?${STAMP}[*_]*\\s*:[*_]*(?=\\s)\\s*`,
  'u',
);
const NOT_SPEAKERS = new Set(
  'action actions decision decisions decided agreed note notes minutes agenda present absent apologies attendees participants attending date time place location where when subject re to cc bcc fwd topic topics next todo todos tasks task owner due deadline summary status question questions answer item items result results resolved update updates reminder warning important background context goal budget project meeting open closed done ps nb also excused regrets chair scribe recorder who what why how followup attachment attachments sent http https and but or so'.split(
    ' ',
  ),
);
const ATTENDEES =
  /^\s*(?:[-*#\s]*)(?:present|attend(?:ees|ing|ance)|participants?|in the room|on the call|with|there|members present|people|team)\s*[:–-]\s*(.+)$/iu;

export function attendees(line: string): string[] | null {
  const list = ATTENDEES.exec(line)?.[1];
  if (list === undefined) return null;
  return list
    .replace(/\([^)]*\)/gu, '')
    .split(/,|;|\band\b|&|\//u)
    .map((name) => name.trim().replace(/[.\s]+$/u, ''))
    .filter((name) => /^[\p{L}][\p{L}'’. -]{1,40}$/u.test(name) && name.split(/\s+/u).length <= 3);
}

const HEADER = new RegExp(
  `^((?:(?:Mr|Mrs|Ms|Dr|Prof)\\.?\\s+)?\\p{Lu}[\\p{L}'’.-]*(?:\\s+\\p{Lu}[\\p{L}'’.-]*){0,2})(?:\\s*\\([^)]{1,30}\\))?[\\s,|·-]+\\[?\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s*[ap]m)?\\]?\\s*$`,
  'iu',
);

/** A line that only says who speaks next and when: "Anna (PM) 10:31 AM". */
export const speakerHeader = (line: string): string | null =>
  /^[^:]*\p{Lu}/u.test(line) ? (HEADER.exec(line)?.[1] ?? null) : null;

/** The speaker in front of a line, and how many characters the label takes. */
export function speakerLabel(line: string, people: People): { name: string; length: number } | null {
  const match = LABEL.exec(line);
  const name = match?.[1];
  if (match === null || name === undefined) return null;
  const key = nameKeys(name)[0] ?? '';
  return people.known.get(key) !== undefined ? { name, length: match[0].length } : null;
}

/** The words of a name by which a person may be called. */
export function nameKeys(name: string): string[] {
  if (/\d/u.test(name)) return [name.toLowerCase()];
  return name
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => word.replace(/[.,'’]+$/u, ''))
    .filter((word) => word.length > 1 && !/^(?:mr|mrs|ms|dr|prof|van|von|de|der|da|di|la|le)$/u.test(word));
}

const isCommon = (word: string): boolean => COMMON_WORDS.has(word.toLowerCase());
const isFirstName = (word: string): boolean => FIRST_NAMES.has(word.toLowerCase());

export function collectPeople(lines: readonly string[]): People {
  const people: People = { known: new Map(), others: new Map(), author: null };
  const know = (name: string): void => {
    for (const key of nameKeys(name)) if (!people.known.has(key)) people.known.set(key, name);
  };
  labels(lines).forEach(know);
  for (const line of lines) if (speakerHeader(line) !== null) know(speakerHeader(line) ?? '');
  for (const line of lines) attendees(line)?.forEach(know);
  for (const line of lines) pairOf(line).forEach(know);
  people.author = author(lines);
  if (people.author !== null) know(people.author);
  const text = lines.join('\n');
  if (isLowerCase(text)) lowerCaseNames(text).forEach(know);
  capitalised(lines, people, know);
  return people;
}

function labels(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const name = LABEL.exec(line)?.[1];
    const stamped = /^\s*[[(]?\d{1,2}[:.]\d{2}/u.test(line);
    if (name === undefined || nameKeys(name).some((key) => NOT_SPEAKERS.has(key))) continue;
    counts.set(name, (counts.get(name) ?? 0) + (stamped ? 2 : 1));
  }
  return [...counts]
    .filter(
      ([name, times]) =>
        times > 1 || nameKeys(name).every((key) => isFirstName(key) || (!isCommon(key) && /^\p{Lu}/u.test(name))),
    )
    .map(([name]) => name);
}

const PAIR = /^[\s>*•–-]*(?:\[ \]\s*)?(\p{Lu}[\p{L}'’-]+)\s*(?:,|&|\+|and|und)\s*(\p{Lu}[\p{L}'’-]+)\s*[:–]\s/u;

/** "Ann & Ben: …" */
const pairOf = (line: string): string[] => {
  const names = PAIR.exec(line)?.slice(1) ?? [];
  return names.some((name) => isCommon(name) || NOT_SPEAKERS.has(name.toLowerCase())) ? [] : names;
};

function author(lines: readonly string[]): string | null {
  const signed = signature(lines);
  for (const line of lines.slice(0, 12)) {
    const match =
      /^\s*from:\s*"?([\p{L}][\p{L}'’.-]*(?:\s+\p{Lu}[\p{L}'’.-]*){0,2})/iu.exec(line) ??
      /\bit'?s me[, ]+(\p{L}+)|\bthis is (?!the|a|it|my|our|not|what|how|just)(\p{L}+) (?:here|speaking|recording)|^\s*(\p{L}+) here\b/iu.exec(
        line,
      );
    const name = match?.slice(1).find((group) => group !== undefined);
    if (name !== undefined && !isCommon(name))
      return signed !== null && nameKeys(name).includes(signed.toLowerCase()) ? signed : name;
  }
  return signed;
}

function signature(lines: readonly string[]): string | null {
  const closing = lines.findLastIndex((line) =>
    /^\s*(?:best|cheers|thanks|thank you|regards|kind regards|best regards|all the best|see you|love|yours|greetings|warmly|take care)\b[^.]{0,30}$/iu.test(
      line,
    ),
  );
  const name =
    closing < 0
      ? undefined
      : lines
          .slice(closing)
          .join(' ')
          .match(new RegExp(`(${NAME_WORD})\\s*$`, 'u'))?.[1];
  if (name !== undefined && !isCommon(name)) return name;
  const last = lines.findLast((line) => line.trim() !== '')?.trim() ?? '';
  return new RegExp(`^[-–—]*\\s*(${NAME_WORD})$`, 'u').exec(last)?.[1] ?? null;
}

function isLowerCase(text: string): boolean {
  const words = text.match(/\p{L}+/gu) ?? [];
  return words.filter((word) => /^\p{Lu}/u.test(word)).length < words.length * 0.06;
}

/** In text without capitals: common first names, and unknown words where a name would stand. */
function lowerCaseNames(text: string): string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(/\p{L}{2,}/gu)) if (isFirstName(word) && !isCommon(word)) found.add(word);
  const places =
    /\b(?:me|okay|ok|so|hey|and|thanks|with|for|ask|tell|told|asked|um) (\p{L}{3,})(?= (?:and|can|could|will|would|you|is|was|says|said|has|does|did|do|ill|i|takes|brings|writes|calls|please|from|wants|here)\b)|(?:^|\n)(\p{L}{3,})(?= (?:can|could|will|would|you|says|said|takes|ill|is laughing|please|wants)\b)/gu;
  const seen = new Map<string, number>();
  for (const match of text.matchAll(places)) {
    const word = match[1] ?? match[2] ?? '';
    if (!isCommon(word)) seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  for (const word of seen.keys()) found.add(word);
  return [...found];
}

/** Capitalised words inside sentences; at the start of one only when known from elsewhere or followed like a subject. */
function capitalised(lines: readonly string[], people: People, know: (name: string) => void): void {
  const word = new RegExp(`(?<![\\p{L}\\d'’])${NAME_WORD}`, 'gu');
  const starts: [string, string][] = [];
  for (const line of lines) {
    const body = line.slice(speakerLabel(line, people)?.length ?? 0);
    for (const match of body.matchAll(word)) {
      const name = match[0].replace(/['’]s$/u, '');
      const key = name.toLowerCase();
      if (
        people.known.has(key) ||
        key.length < 3 ||
        /^I['’]/u.test(name) ||
        (name === name.toUpperCase() && name.length < 5)
      )
        continue;
      const before = body.slice(0, match.index);
      const opens = !/[\p{L}\p{N},'’"(&-]\s*$/u.test(before) || /[.!?:]\s*["']?$/u.test(before);
      if (opens) starts.push([name, body.slice(match.index + match[0].length)]);
      else if (isFirstName(name)) know(name);
      else if (
        !isCommon(key) &&
        !/^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/u.test(
          key,
        )
      )
        people.others.set(key, name);
    }
  }
  for (const [name, rest] of starts) {
    if (isFirstName(name) && !isCommon(name)) know(name);
    else if (
      !isCommon(name) &&
      /^,? (?:to|will|has|needs|is|was|and \p{Lu}|agreed|takes|sends|brings|can|could|should|must|offered|promised|volunteered|\p{Ll}{3,}s)\b/u.test(
        rest,
      )
    )
      know(name);
    else if (!isCommon(name) && people.others.has(name.toLowerCase())) continue;
  }
}
