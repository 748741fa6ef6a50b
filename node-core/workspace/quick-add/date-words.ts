import * as chrono from 'chrono-node/en';
import {
  addDays,
  addMonths,
  calendarDate,
  dayOf,
  daysInMonth,
  isCalendarDate,
  mondayOf,
  monthOf,
  weekdayOf,
  yearOf,
} from '../calendar.ts';
import {
  dayNumberSource,
  monthNumber,
  monthSource,
  numberOf,
  numberSource,
  phrasePattern,
  type Here,
  type Span,
  weekdayNumber,
  weekdaySource,
} from './phrase.ts';
import { partsOfDay } from './times.ts';

/** A day, or a stretch of days: work begins on its first day and is due on its last. */
interface Days {
  readonly first: string;
  readonly last: string;
  readonly time?: string;
}

/** How sure the words alone are: `sure` anywhere; `closing` at the end, after a preposition or beside a time; `marked` only after a preposition. */
type Certainty = 'sure' | 'closing' | 'marked' | 'marked-closing' | 'abbreviation';

/** Words that name a day by themselves. */
export interface DateWords extends Span {
  readonly days: Days;
  readonly certainty: Certainty;
}

interface Rule {
  readonly pattern: RegExp;
  /** `null`: these words are no date after all. */
  read(
    groups: readonly (string | undefined)[],
    here: Here,
    context: { text: string; start: number; end: number },
  ): { days: Days; certainty: Certainty } | null;
}

const rule = (source: string, read: Rule['read']): Rule => ({ pattern: phrasePattern(source), read });
const day = (date: string, certainty: Certainty = 'sure', time?: string): { days: Days; certainty: Certainty } => ({
  days: { first: date, last: date, ...(time === undefined ? {} : { time }) },
  certainty,
});
const stretch = (first: string, last: string, certainty: Certainty = 'closing') => ({
  days: { first, last },
  certainty,
});

const ahead = (date: string | null, here: Here, certainty: Certainty = 'sure') =>
  date !== null && isCalendarDate(date) && date >= here.today ? day(date, certainty) : null;

const numeric = (year: string | undefined, month: number, dayNumber: number, here: Here): string | null => {
  if (month < 1 || month > 12 || dayNumber < 1) return null;
  for (const candidate of year === undefined ? [yearOf(here.today), yearOf(here.today) + 1] : [Number(year)]) {
    if (dayNumber > daysInMonth(candidate, month)) continue;
    const date = calendarDate(candidate, month, dayNumber);
    if (year !== undefined || date >= here.today) return date;
  }
  return null;
};

const written = (text: string, here: Here): string | null => {
  const reference = { instant: new Date(`${here.today}T12:00:00Z`), timezone: 0 };
  const [result, second] = chrono.strict.parse(text.replace(/\b(?:the|of)\s+/gi, ' '), reference, {
    forwardDate: true,
  });
  const [year, month, dayNumber] = [result?.start.get('year'), result?.start.get('month'), result?.start.get('day')];
  if (
    second !== undefined ||
    result?.end ||
    year == null ||
    month == null ||
    dayNumber == null ||
    !result?.start.isCertain('day')
  )
    return null;
  return dayNumber > daysInMonth(year, month) ? null : calendarDate(year, month, dayNumber);
};

/** Month and weekday names that are also words, where nothing marks them as names. */
const alsoWord = (word: string): boolean => /^(?:may|march|mar|sat|sun|wed|weds|mon|jan)$/.test(word);

const monthDay = (all: string, name: string, here: Here) => {
  const certainty: Certainty = alsoWord(name) ? 'closing' : 'sure';
  return ahead(written(all, here), here, certainty);
};

const namedDay = (modifier: string | undefined, name: string, here: Here): string => {
  const number = weekdayNumber(name);
  if (modifier?.toLowerCase() === 'next') return addDays(mondayOf(here.today), 6 + number);
  const days = (number - weekdayOf(here.today) + 7) % 7;
  return addDays(here.today, days === 0 && modifier === undefined ? 7 : days);
};

const period = (unit: string, shift: number, here: Here): readonly [string, string] => {
  if (unit === 'week')
    return [
      addDays(mondayOf(here.today), 7 * shift),
      addDays(mondayOf(here.today), 7 * shift + (shift === 0 && weekdayOf(here.today) > 5 ? 6 : 4)),
    ];
  if (unit === 'weekend')
    return [addDays(mondayOf(here.today), 7 * shift + 5), addDays(mondayOf(here.today), 7 * shift + 6)];
  const month = monthOf(here.today);
  if (unit === 'month')
    return [calendarDate(yearOf(here.today), month + shift, 1), calendarDate(yearOf(here.today), month + shift + 1, 0)];
  const start = unit === 'quarter' ? month - ((month - 1) % 3) + 3 * shift : 1 + 12 * shift;
  return [
    calendarDate(yearOf(here.today), start, 1),
    calendarDate(yearOf(here.today), start + (unit === 'quarter' ? 3 : 12), 0),
  ];
};

const wholeMonth = (name: string, year: string | undefined, here: Here): readonly [string, string] => {
  const month = monthNumber(name);
  const in_ = year === undefined ? yearOf(here.today) + (month < monthOf(here.today) ? 1 : 0) : Number(year);
  return [calendarDate(in_, month, 1), calendarDate(in_, month + 1, 0)];
};

const later = (from: string, count: number, unit: string): string => {
  if (/^d/i.test(unit)) return addDays(from, count);
  if (/^(?:w|fortnight)/i.test(unit)) return addDays(from, count * (/^f/i.test(unit) ? 14 : 7));
  return addMonths(from, count * (/^y/i.test(unit) ? 12 : 1));
};

const edge = (which: string, [first, last]: readonly [string, string]): string => {
  if (/^end|^late/i.test(which)) return last;
  if (/^mid/i.test(which)) return addDays(first, Math.floor((Date.parse(last) - Date.parse(first)) / 172_800_000));
  return first;
};

/** Part of a name: `Tomorrow Never Dies`, `USA Today`. */
const inName = (text: string, start: number, end: number): boolean =>
  /^\p{Lu}/u.test(text.slice(start, end)) &&
  (/\p{Lu}[\p{L}\p{N}]*\s$/u.test(text.slice(Math.max(0, start - 20), start)) ||
    /^\s+\p{Lu}\p{Ll}/u.test(text.slice(end, end + 6)));

/** `Sunday Times`. */
const namesSomething = (text: string, start: number, end: number): boolean =>
  /^\p{Lu}/u.test(text.slice(start, end)) && /^\s+\p{Lu}\p{Ll}/u.test(text.slice(end, end + 6));

const notADay =
  /(?:^|\s)(?:black|good|casual|easter|ash|fat|super|cyber|palm|shrove|holy|bloody|sunny|manic|ruby|freaky|girl)\s+$/i;
const versionWord =
  /(?:^|\s)(?:section|chapter|version|release|paragraph|part|page|figure|fig|table|step|rule|article|level|room|ch|sec|ver|v|no|nr|§|§§|to|python|node|php|java)\.?\s*$/i;

const certaintyOfWeekday = (name: string): Certainty => {
  if (name.length > 5) return 'sure';
  return alsoWord(name.toLowerCase()) ? 'abbreviation' : 'closing';
};

const rules: readonly Rule[] = [
  rule(
    String.raw`(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?`,
    ([, date, time, offset], here) => {
      if (date === undefined || time === undefined || !isCalendarDate(date)) return null;
      const instant = offset === undefined ? here.zone.instant(date, time) : Date.parse(`${date}T${time}:00${offset}`);
      if (Number.isNaN(instant)) return null;
      const local = here.zone.wallClock(instant);
      return local.date >= here.today ? day(local.date, 'sure', local.time) : null;
    },
  ),
  rule(String.raw`(\d{4})[-/](\d{1,2})[-/](\d{1,2})`, ([, y, m, d], here) =>
    ahead(numeric(y, Number(m), Number(d), here), here),
  ),
  rule(
    String.raw`(?:(?:${weekdaySource})\.?,?\s+)?(?:the\s+)?${dayNumberSource}\s+(?:of\s+)?(${monthSource})\.?(?:,?\s+(?:19|20)\d\d)?`,
    ([all, name], here) => monthDay(all ?? '', name ?? '', here),
  ),
  rule(
    String.raw`(?:(?:${weekdaySource})\.?,?\s+)?(${monthSource})\.?\s+(?:the\s+)?${dayNumberSource}(?!\s*[:°%])(?:,?\s+(?:19|20)\d\d)?`,
    ([all, name], here) => monthDay(all ?? '', name ?? '', here),
  ),
  rule(String.raw`(\d{1,2})\.(\d{1,2})\.(\d{4})`, ([, d, m, y], here) =>
    ahead(numeric(y, Number(m), Number(d), here), here),
  ),
  rule(String.raw`(\d{1,2})\.(\d{1,2})\.(?!\d)`, ([, d, m], here, { text, start }) => {
    if (versionWord.test(text.slice(Math.max(0, start - 16), start))) return null;
    return ahead(
      numeric(undefined, Number(m), Number(d), here),
      here,
      Number(d) > 12 || m?.startsWith('0') ? 'sure' : 'marked',
    );
  }),
  rule(String.raw`(\d{1,2})/(\d{1,2})/(\d{4})`, ([, a, b, y], here) => {
    const [month, dayNumber] = Number(a) > 12 ? [Number(b), Number(a)] : [Number(a), Number(b)];
    return ahead(numeric(y, month, dayNumber, here), here);
  }),
  rule(String.raw`(\d{1,2})/(\d{1,2})`, ([, a, b], here) => {
    const [month, dayNumber] = Number(a) > 12 ? [Number(b), Number(a)] : [Number(a), Number(b)];
    return ahead(numeric(undefined, month, dayNumber, here), here, 'marked-closing');
  }),
  rule(String.raw`(?:the\s+)?day\s+after\s+tomorrow`, (_, here) => day(addDays(here.today, 2))),
  rule('tomorrow|tmrw|tmr', (_, here, { text, start, end }) =>
    inName(text, start, end) ? null : day(addDays(here.today, 1)),
  ),
  rule('tonight', (_, here, { text, start, end }) =>
    inName(text, start, end) ? null : day(here.today, 'sure', '20:00'),
  ),
  rule('today', (_, here, { text, start, end }) => (inName(text, start, end) ? null : day(here.today))),
  rule(String.raw`this\s+(morning|afternoon|evening)`, ([, part], here) =>
    day(here.today, 'closing', partsOfDay[part?.toLowerCase() ?? '']),
  ),
  rule(String.raw`(?:(next|this)\s+(?:coming\s+)?|(coming)\s+)(${weekdaySource})`, ([, modifier, coming, name], here) =>
    day(namedDay(modifier ?? coming, name ?? '', here)),
  ),
  rule(`(${weekdaySource})`, ([, name], here, { text, start, end }) =>
    notADay.test(text.slice(Math.max(0, start - 16), start)) || namesSomething(text, start, end)
      ? null
      : day(namedDay(undefined, name ?? '', here), certaintyOfWeekday(name ?? '')),
  ),
  rule(
    String.raw`(?:the\s+)?(end|beginning|start|middle|mid|early|late)(?:\s+of\s+|[\s-](?=${monthSource}))(?:the\s+|this\s+)?(next\s+)?(day|week|month|quarter|year|${monthSource})(?:\s+((?:19|20)\d\d))?`,
    ([, which, next, unit, year], here) => {
      const name = unit?.toLowerCase() ?? 'day';
      if (name === 'day') return which?.toLowerCase() === 'end' ? day(here.today, 'closing') : null;
      const isPeriod = /^(?:week|month|quarter|year)$/.test(name);
      return day(
        edge(which ?? 'end', isPeriod ? period(name, next === undefined ? 0 : 1, here) : wholeMonth(name, year, here)),
        'closing',
      );
    },
  ),
  rule('eo([dwmqy])', ([, unit], here) => {
    const name = { d: 'day', w: 'week', m: 'month', q: 'quarter', y: 'year' }[unit?.toLowerCase() ?? 'd'] ?? 'day';
    return day(name === 'day' ? here.today : period(name, 0, here)[1], 'closing');
  }),
  rule(String.raw`(this|next|the)\s+(week|weekend|month|quarter|year)`, ([, which, unit], here) => {
    const name = unit?.toLowerCase() ?? 'week';
    if (which?.toLowerCase() === 'the' && name !== 'weekend') return null;
    const [first, last] = period(name, which?.toLowerCase() === 'next' ? 1 : 0, here);
    return stretch(first < here.today ? here.today : first, last);
  }),
  rule(
    String.raw`(?:in|within)\s+(?:the\s+next\s+)?(?!a\s+day)(${numberSource}|a couple of|a few)\s+(days?|weeks?|fortnights?|months?|years?)(?:['’]?s?\s+time)?(?!\s+(?:of|before|after)\b)`,
    ([, count, unit], here) =>
      day(
        later(
          here.today,
          /couple/i.test(count ?? '') ? 2 : /few/i.test(count ?? '') ? 3 : numberOf(count ?? '1'),
          unit ?? 'day',
        ),
      ),
  ),
  rule(
    String.raw`(${numberSource})\s+(days?|weeks?|fortnights?|months?|years?)\s+from\s+(?:now|today)`,
    ([, count, unit], here) => day(later(here.today, numberOf(count ?? '1'), unit ?? 'day')),
  ),
  rule(String.raw`(?:the\s+)?(${dayNumberSource})`, ([all, number], here) => {
    const dayNumber = Number.parseInt(number ?? '', 10);
    if (!/(?:st|nd|rd|th)$/i.test(all ?? '')) return null;
    for (let months = 0; months < 3; months += 1) {
      const month = calendarDate(yearOf(here.today), monthOf(here.today) + months, 1);
      const date = calendarDate(yearOf(month), monthOf(month), dayNumber);
      if (dayOf(date) === dayNumber && date >= here.today) return day(date, 'marked-closing');
    }
    return null;
  }),
  rule(String.raw`(${monthSource})(?:\s+((?:19|20)\d\d))?`, ([, name, year], here) => {
    const [first, last] = wholeMonth(name ?? '', year, here);
    return last < here.today ? null : stretch(first, last, 'marked-closing');
  }),
];

/** The most particular reading of each place, in order, without overlaps. */
export const findDateWords = (text: string, here: Here): DateWords[] => {
  const found: DateWords[] = [];
  for (const { pattern, read } of rules) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].trimEnd().length };
      if (found.some((other) => span.start < other.end && other.start < span.end)) continue;
      const result = read([...match], here, { text, ...span });
      if (result !== null) found.push({ ...span, ...result });
    }
  }
  return found.sort((a, b) => a.start - b.start);
};
