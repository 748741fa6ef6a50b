import { AppError } from '../../contract/errors.ts';
import type { Chip, QuickAddResult } from '../../contract/workspace.ts';
import { fixedZone, localZone } from '../calendar.ts';
import { type DatePhrase, findDates } from './dates.ts';
import { dateLabel, type Here, overlaps, type Phrase, type Span } from './phrase.ts';
import { type KnownPlaybook, readPlaybookLine } from './playbook-line.ts';
import { findReminders, reminderInstant } from './reminders.ts';
import { findRepeats } from './repeat.ts';
import { findSigils, keptSpans, type KnownAgent, type KnownProject } from './sigils.ts';

/** A longer line is a title and notes. */
export const TITLE_LIMIT = 2_000;
const INPUT_LIMIT = 1_000_000;

/** The person's clock: an ISO date-time with offset, or the node's own. */
export const hereFrom = (iso: string | undefined, now: number): Here => {
  const given = iso === undefined ? null : /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*?(Z|[+-]\d{2}:?\d{2})$/.exec(iso);
  const instant = given === null ? now : Date.parse(given[0]);
  const local = localZone.wallClock(instant);
  const [, date, time, offset] = given ?? [];
  // The same wall clock as ours: then ours also knows when clocks change.
  if (
    date === undefined ||
    time === undefined ||
    offset === undefined ||
    (local.date === date && local.time === time)
  ) {
    return { today: local.date, time: local.time, now: instant, zone: localZone };
  }
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [undefined, '+', '0', '0'];
  return {
    today: date,
    time,
    now: instant,
    zone: fixedZone((sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))),
  };
};

/** The first line is the title, cut at a word where it is too long; everything else is notes. */
const splitLine = (text: string): { line: Span; notes: string } => {
  const start = text.length - text.trimStart().length;
  let end = start;
  while (end < text.length && !/[\n\r\u2028\u2029]/.test(text.charAt(end)) && end - start < TITLE_LIMIT) end += 1;
  if (end < text.length && end - start >= TITLE_LIMIT && !/[\n\r]/.test(text.charAt(end))) {
    const space = text.lastIndexOf(' ', end);
    end = space > start + TITLE_LIMIT / 2 ? space : end - (/[\ud800-\udbff]/.test(text.charAt(end - 1)) ? 1 : 0);
  }
  return { line: { start, end }, notes: text.slice(end).trim() };
};

const datePhrase = (date: DatePhrase, here: Here): Phrase => {
  const kind = date.role === 'do' || date.role === 'starting' ? 'do' : 'due';
  return {
    kind,
    start: date.start,
    end: date.end,
    label: dateLabel(date.date, kind === 'due' ? date.time : null, here.today),
    weight: date.role === 'bare' ? 0 : 1,
    means:
      kind === 'due'
        ? { draft: { dueDate: date.date, ...(date.time === null ? {} : { dueTime: date.time }) } }
        : { draft: { doDate: date.date }, begins: date.role === 'starting' },
  };
};

const free = (phrases: readonly Phrase[], taken: readonly Span[]): Phrase[] =>
  phrases.filter((phrase) => !taken.some((span) => overlaps(phrase, span)));

const understand = (
  line: string,
  here: Here,
  projects: readonly KnownProject[],
  agents: readonly KnownAgent[],
): Phrase[] => {
  const marks = findSigils(line, projects, agents);
  const taken: Span[] = [
    ...marks.projects,
    ...keptSpans(line).filter((span) => !marks.projects.some((project) => overlaps(project, span))),
  ];
  const phrases = [...free(marks.projects, taken.slice(marks.projects.length))];
  const take = (found: readonly Phrase[]): void => {
    const good = free(found, taken);
    taken.push(...good);
    phrases.push(...good);
  };
  take(marks.others);
  // What is taken is blanked out, so that no phrase reaches over it and positions stay.
  const blank = (): string =>
    taken.reduce(
      (text, span) => text.slice(0, span.start) + '#'.repeat(span.end - span.start) + text.slice(span.end),
      line,
    );
  take(findReminders(blank(), here, findDates(blank(), here)));
  take(findRepeats(blank(), here));
  take(findDates(blank(), here).map((date) => datePhrase(date, here)));
  return phrases.sort((a, b) => a.start - b.start);
};

const single: readonly Chip['kind'][] = ['due', 'do', 'recurrence', 'project', 'priority', 'assignee'];

const keepOneOfEach = (phrases: readonly Phrase[]): Phrase[] =>
  phrases.filter((phrase) => {
    if (!single.includes(phrase.kind)) return true;
    const rivals = phrases.filter((other) => other.kind === phrase.kind);
    return rivals.every(
      (other) =>
        other === phrase ||
        other.weight < phrase.weight ||
        (other.weight === phrase.weight && other.start > phrase.start),
    );
  });

/** A `starting` date is where a repeating task begins. */
const asBeginning = (phrase: Phrase): Phrase => {
  const date = phrase.means.draft?.doDate;
  return phrase.means.begins && date
    ? { ...phrase, kind: 'due', weight: 2, means: { draft: { dueDate: date } } }
    : phrase;
};

const tidy = (parts: readonly string[]): string => {
  const joined = parts.join(' ').replace(/\s+/gu, ' ').trim();
  if (parts.length < 2) return joined;
  return joined
    .replace(/\(\s*\)|\[\s*\]/g, ' ')
    .replace(/\s+([,.;:!?)])/g, '$1')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/^[\s,;:–—-]+(?=[^\s\d])|[\s,;:–—-]+$/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
};

const titleWithout = (line: Span, text: string, chips: readonly Span[]): string => {
  const parts: string[] = [];
  let from = line.start;
  for (const chip of chips) {
    parts.push(text.slice(from, chip.start));
    from = chip.end;
  }
  parts.push(text.slice(from, line.end));
  const title = tidy(parts);
  return /[\p{L}\p{N}\p{S}\p{M}]/u.test(title) ? title : tidy([text.slice(line.start, line.end)]);
};

/** What a line can name. */
export interface Names {
  readonly projects: readonly KnownProject[];
  /** Default: none. */
  readonly agents?: readonly KnownAgent[];
  /** Default: none. */
  readonly playbooks?: readonly KnownPlaybook[];
}

/**
 * Reads a quick-add line: `docs/workspace.md` lists the language. Never fails on odd text; what it does not surely understand
 * stays title.
 * @throws AppError `INPUT_TOO_LONG` over a million characters
 */
export const parseQuickAdd = (
  text: string,
  options: Names & { here: Here; ignore?: readonly number[] },
): QuickAddResult => {
  if (text.length > INPUT_LIMIT) {
    throw new AppError(
      'INPUT_TOO_LONG',
      'A task can hold at most 1,000,000 characters. Put the text into a note, or shorten it.',
    );
  }
  const { here, projects, agents = [], playbooks = [], ignore = [] } = options;
  const asPlaybook = readPlaybookLine(text, { here, playbooks, ignore });
  if (asPlaybook) return asPlaybook;
  const { line, notes } = splitLine(text);
  const all = understand(text.slice(line.start, line.end), here, projects, agents).map((phrase) => ({
    ...phrase,
    start: phrase.start + line.start,
    end: phrase.end + line.start,
  }));
  const wanted = all.filter((phrase) => !ignore.includes(phrase.start));
  const repeats = wanted.some((phrase) => phrase.kind === 'recurrence');
  const chosen = keepOneOfEach(repeats ? wanted.map(asBeginning) : wanted);

  const draft: QuickAddResult['draft'] = { title: '' };
  for (const { means } of chosen) {
    const { tags, reminders: _, ...rest } = means.draft ?? {};
    Object.assign(draft, rest);
    if (tags) draft.tags = [...new Set([...(draft.tags ?? []), ...tags])];
  }
  const repeat = chosen.find((phrase) => phrase.kind === 'recurrence')?.means.first;
  if (repeat) {
    draft.dueDate ??= repeat.date;
    if (repeat.time !== null) draft.dueTime ??= repeat.time;
  }
  const due = draft.dueDate ? { date: draft.dueDate, time: draft.dueTime ?? null } : null;
  const understood = chosen.filter(
    (phrase) => phrase.kind !== 'reminder' || reminderInstant(phrase, due, here) !== null,
  );
  const instants = understood.flatMap((phrase) =>
    phrase.kind === 'reminder' ? (reminderInstant(phrase, due, here) ?? []) : [],
  );
  if (instants.length > 0)
    draft.reminders = [...new Set(instants)]
      .sort((a, b) => a - b)
      .map((at) => ({ at: Math.max(0, at), firedAt: null }));

  draft.title = titleWithout(line, text, understood);
  if (notes !== '') draft.notes = notes;
  const chips = understood.map(({ kind, label, start, end }) => ({
    kind,
    label,
    start,
    end,
    text: text.slice(start, end),
  }));
  return { chips, draft };
};
