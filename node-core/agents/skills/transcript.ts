import { meetingDate } from './dates.ts';
import { cleanInput, MAX_TRANSCRIPT_CHARS } from './input.ts';
import { attendees, collectPeople, type People, speakerHeader, speakerLabel } from './people.ts';
import type { CalendarDate, Notice, Refusal } from './types.ts';

/** The smallest piece that is judged: a sentence, or a clause of a long run of words. Offsets count in `Transcript.text`. */
export interface Unit {
  line: number;
  start: number;
  end: number;
  text: string;
  /** As written in front of the line, if the line has a speaker. */
  speaker: string | null;
  /** First unit of its line. */
  opensLine: boolean;
  /** What the heading above it says that it is. */
  section: 'actions' | 'decisions' | null;
}

export interface Transcript {
  text: string;
  date: CalendarDate;
  units: Unit[];
  people: People;
  notices: Notice[];
}

const MAX_UNIT_WORDS = 26;
const ABBREVIATION =
  /(?:\b(?:mr|mrs|ms|dr|prof|st|no|nr|vs|approx|e\.g|i\.e|etc|ca|tel|ext|p|pp|fig|inc|ltd|co|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|(?:^|[^\p{L}])\p{Lu}|(?:^|\s)\d{1,2}(?:\.\d{1,2})?)\.$/iu;
const LEAD = /^(?:\s*(?:>+|[-*•–—·]+|\[[ xX]?\]|\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?|#{1,6})(?=\s))*\s*/u;

/** Lines of a mail's head and of subtitle files. */
const NO_TALK = /^\s*(?:(?:from|to|cc|bcc|subject|sent|date|reply-to):\s|webvtt\b|[\d:.,]+ --> )/iu;

/** Ticked off already. */
const DONE = /^\s*(?:[-*•–—·]\s*)?\[[xX✓]\]\s/u;

const HEADING = /^\s*(?:#{1,6}\s+(?<marked>.+?)|\*\*(?<bold>[^*]+)\*\*|(?<plain>\p{L}[\p{L} -]{2,40}))\s*:?\s*$/u;
const SECTIONS = [
  [
    'actions',
    /^(?:actions?(?: items?| points?)?|to[- ]?dos?|tasks?|next steps|follow[- ]?ups?|aufgaben|nächste schritte)$/iu,
  ],
  [
    'decisions',
    /^(?:decisions?(?: taken| made)?|decided|agreed|resolutions?|beschlüsse|beschlossen|entscheidungen)$/iu,
  ],
] as const;

/** What follows a heading; null where a heading begins something else; undefined where the line is none. */
const sectionOf = (line: string): Unit['section'] | undefined => {
  const { marked, bold, plain } = HEADING.exec(line)?.groups ?? {};
  const heading = (marked ?? bold ?? plain)?.replace(/:$/u, '').trim();
  if (heading === undefined) return undefined;
  const section = SECTIONS.find(([, words]) => words.test(heading))?.[0];
  return section ?? (plain === undefined ? null : undefined);
};

/** A heading with the day of the meeting is no talk either. */
const isDateLine = (line: string, index: number, today: CalendarDate): boolean =>
  index < 4 &&
  wordCount(line.trim()) <= 10 &&
  !/[.!?]\s*$/u.test(line) &&
  !line.includes(': ') &&
  meetingDate([line], today) !== null;

/** Reads a meeting: lines, speakers, people, date, and the units to be judged. `date` wins over one found in the text, that over `today`. */
export function splitTranscript(
  raw: string,
  options: { today: CalendarDate; date?: CalendarDate | undefined },
): Transcript | Refusal {
  const input = cleanInput(
    raw.replace(/\r\n?/gu, '\n').replace(/<v(?:\.\w+)*\s+([^>\n]+)>/gu, '$1: '),
    MAX_TRANSCRIPT_CHARS,
    'transcript',
  );
  if ('code' in input) return input;
  const { text, notices } = input;
  const lines = text.split('\n');
  const people = collectPeople(lines);
  const head = lines.slice(0, 8).filter((line) => speakerLabel(line, people) === null);
  const date = options.date ?? meetingDate(head, options.today) ?? options.today;
  const units: Unit[] = [];
  let offset = 0;
  let header: string | null = null;
  let section: Unit['section'] = null;
  lines.forEach((line, index) => {
    const label = speakerLabel(line, people);
    if (line.trim() === '' || label !== null) header = null;
    header = speakerHeader(line) ?? header;
    const opened = sectionOf(line);
    if (opened !== undefined) section = opened;
    const bodyAt = label === null ? (LEAD.exec(line)?.[0].length ?? 0) : label.length;
    for (const [at, piece] of attendees(line) === null &&
    !NO_TALK.test(line) &&
    !isDateLine(line, index, date) &&
    !DONE.test(line) &&
    !opened &&
    speakerHeader(line) === null
      ? pieces(line.slice(bodyAt))
      : []) {
      const start = offset + bodyAt + at;
      units.push({
        line: index + 1,
        start,
        end: start + piece.length,
        text: piece,
        speaker: label?.name ?? header,
        opensLine: units.at(-1)?.line !== index + 1,
        section,
      });
    }
    offset += line.length + 1;
  });
  return { text, date, units, people, notices };
}

type Piece = [at: number, text: string];

function pieces(body: string): Piece[] {
  return joinShort(sentences(body)).flatMap(([at, text]) =>
    clauses(text).map(([inner, clause]): Piece => [at + inner, clause]),
  );
}

function trimmed(at: number, text: string): Piece {
  const lead = text.length - text.trimStart().length;
  return [at + lead, text.trim()];
}

function sentences(body: string): Piece[] {
  const result: Piece[] = [];
  let from = 0;
  for (const match of body.matchAll(/[.!?…]+["')\]]*(?=\s)|;(?=\s)/gu)) {
    const end = match.index + match[0].length;
    if (match[0] === '.' && ABBREVIATION.test(body.slice(from, end))) continue;
    result.push(trimmed(from, body.slice(from, end)));
    from = end;
  }
  result.push(trimmed(from, body.slice(from)));
  return result.filter(([, text]) => /[\p{L}\p{N}]/u.test(text));
}

const wordCount = (text: string): number => text.split(/\s+/u).length;

/** Sentences of one or two words ("Perfect.", "Lukas?") say nothing alone: they go with their neighbour. */
function joinShort(list: Piece[]): Piece[] {
  const result: Piece[] = [];
  list.forEach(([at, text], index) => {
    const previous = result.at(-1);
    const lastIsShort = previous !== undefined && wordCount(previous[1]) <= 2;
    const tail = index === list.length - 1 && wordCount(text) <= 2;
    if (previous !== undefined && (lastIsShort || tail) && wordCount(previous[1]) + wordCount(text) <= MAX_UNIT_WORDS) {
      const gap = at - (previous[0] + previous[1].length);
      result[result.length - 1] = [previous[0], previous[1] + ' '.repeat(gap) + text];
    } else result.push([at, text]);
  });
  return result;
}

/** Cuts a run of more than MAX_UNIT_WORDS words where a new clause seems to begin, else at the limit. */
function clauses(text: string): Piece[] {
  if (wordCount(text) <= MAX_UNIT_WORDS) return [[0, text]];
  const words = [...text.matchAll(/\S+/gu)];
  const middle = words.length / 2;
  const score = (index: number): number => {
    const word = words[index]?.[0].toLowerCase() ?? '';
    const before = words[index - 1]?.[0] ?? '';
    const opens = /^(?:okay|ok|so|then|and|but|because|also|now|right|anyway|um|well|which|although)$/u.test(word)
      ? 6
      : 0;
    return opens + (/[,:–—-]$/u.test(before) ? 5 : 0) - Math.abs(index - middle) * 0.6;
  };
  const candidates = words.map((_, index) => index).slice(5, -4);
  const cut = candidates.reduce(
    (best, index) => (score(index) > score(best) ? index : best),
    candidates[0] ?? Math.floor(middle),
  );
  const at = words[cut]?.index ?? 0;
  return [
    ...clauses(text.slice(0, at).trimEnd()),
    ...clauses(text.slice(at)).map(([inner, piece]): Piece => [at + inner, piece]),
  ];
}
