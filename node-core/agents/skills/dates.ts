import * as chrono from 'chrono-node/en';
import type { CalendarDate } from './types.ts';

/** A date phrase in a text; `start` and `end` are character offsets, prepositions not included. */
export interface DatePhrase {
  start: number;
  end: number;
  date: CalendarDate;
}

const DAY = 86_400_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const SEASON_START: Record<string, string> = {
  spring: '03-20',
  summer: '06-21',
  autumn: '09-22',
  fall: '09-22',
  winter: '12-21',
};
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
];
const COUNTS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fourteen: 14,
  'a couple of': 2,
  'a few': 3,
};

export const toDate = (date: CalendarDate): Date => new Date(`${date}T00:00:00Z`);
export const toCalendar = (date: Date): CalendarDate => date.toISOString().slice(0, 10);
export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  toCalendar(new Date(toDate(date).getTime() + days * DAY));
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  Math.round((toDate(to).getTime() - toDate(from).getTime()) / DAY);

const year = (date: CalendarDate): number => Number(date.slice(0, 4));
const month = (date: CalendarDate): number => Number(date.slice(5, 7)) - 1;
const weekday = (date: CalendarDate): number => toDate(date).getUTCDay();
const monday = (date: CalendarDate): CalendarDate => addDays(date, -((weekday(date) + 6) % 7));
const calendar = (y: number, m: number, d: number): CalendarDate => toCalendar(new Date(Date.UTC(y, m, d)));
const isReal = (y: number, m: number, d: number): boolean =>
  d >= 1 && d <= new Date(Date.UTC(y, m + 1, 0)).getUTCDate();

/** The next `day` of `month` that is not more than half a year in the past. */
function inYearAround(reference: CalendarDate, m: number, day: number): CalendarDate | null {
  if (!isReal(2024, m, day)) return null;
  const thisYear = calendar(year(reference), m, day);
  return daysBetween(thisYear, reference) > 120 ? calendar(year(reference) + 1, m, day) : thisYear;
}

function nextDayOfMonth(reference: CalendarDate, day: number): CalendarDate | null {
  for (let ahead = 0; ahead < 3; ahead += 1) {
    const m = month(reference) + ahead;
    const candidate = calendar(year(reference), m, day);
    if (candidate >= reference && isReal(year(reference) + Math.floor(m / 12), m % 12, day)) return candidate;
  }
  return null;
}

function easter(y: number): CalendarDate {
  // Anonymous Gregorian computus, https://en.wikipedia.org/wiki/Date_of_Easter
  const a = y % 19,
    b = Math.floor(y / 100),
    c = y % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return calendar(y, Math.floor(n / 31) - 1, (n % 31) + 1);
}

const upcoming = (reference: CalendarDate, at: (y: number) => CalendarDate): CalendarDate =>
  at(year(reference)) >= reference ? at(year(reference)) : at(year(reference) + 1);

const DAY_NAMES = '(mon|tues?|wednes|thurs?|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri';
const MONTH_NAMES =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const ORDINAL_WORDS = `(?:twenty|thirty)[ -](?:${ORDINALS.slice(0, 9).join('|')})|thirtieth|${ORDINALS.slice().reverse().join('|')}`;
const DAY_NUMBER = `\\d{1,2}(?:st|nd|rd|th)?|${ORDINAL_WORDS}`;
const COUNT_WORDS = Object.keys(COUNTS)
  .sort((a, b) => b.length - a.length)
  .join('|');
const TIME =
  '(?:\\s*,?\\s+(?:at|around|between|before|after|by)\\s+(?:\\d{1,2}(?:[:.]\\d\\d)?\\s*(?:am|pm|o.?clock)?(?:\\s+and\\s+\\d{1,2})?|noon|lunch(?:time)?|midnight|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\\s+(?:and|to)\\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?)\\b)?';
const PART = '(?:\\s+(?:morning|afternoon|evening|night|noon|lunchtime|first thing|eod|at the latest|latest))?';

const monthIndex = (name: string): number =>
  MONTHS.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3)));
const weekdayIndex = (name: string): number =>
  WEEKDAYS.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3)));

function dayNumber(text: string): number {
  const digits = /^\d+/.exec(text);
  if (digits) return Number(digits[0]);
  const lower = text.toLowerCase().replace('-', ' ');
  if (lower === 'thirtieth') return 30;
  const [tens, unit] = lower.split(' ');
  return unit === undefined ? ORDINALS.indexOf(lower) + 1 : (tens === 'thirty' ? 30 : 20) + ORDINALS.indexOf(unit) + 1;
}

const count = (text: string): number => (/^\d/.test(text) ? Number(text) : (COUNTS[text.toLowerCase()] ?? 1));

interface Rule {
  pattern: RegExp;
  /** null: the phrase is no date after all. */
  resolve: (groups: (string | undefined)[], reference: CalendarDate) => CalendarDate | null;
}

const rule = (source: string, resolve: Rule['resolve']): Rule => ({
  pattern: new RegExp(`(?<![\\p{L}\\d./-])(?:${source})(?![\\p{L}\\d]|[./-]\\d)`, 'giu'),
  resolve,
});

const unitsAhead = (reference: CalendarDate, amount: number, unit: string): CalendarDate => {
  if (unit.startsWith('day')) return addDays(reference, amount);
  if (unit.startsWith('week')) return addDays(reference, amount * 7);
  if (unit.startsWith('fortnight')) return addDays(reference, amount * 14);
  const months = month(reference) + amount * (unit.startsWith('year') ? 12 : 1);
  const last = new Date(Date.UTC(year(reference), months + 1, 0)).getUTCDate();
  return calendar(year(reference), months, Math.min(Number(reference.slice(8)), last));
};

function namedWeekday(which: string | undefined, name: string, reference: CalendarDate): CalendarDate {
  const index = weekdayIndex(name);
  const modifier = which?.trim().toLowerCase();
  if (modifier === 'next') return addDays(monday(reference), 7 + ((index + 6) % 7));
  const ahead = (index - weekday(reference) + 7) % 7;
  return addDays(reference, ahead === 0 && modifier !== 'this' ? 7 : ahead);
}

/** Tried in order; earlier rules win where phrases overlap. */
const RULES: Rule[] = [
  rule('\\d{4}-\\d{2}-\\d{2}', ([all]) => (Number.isNaN(Date.parse(all ?? '')) ? null : (all ?? null))),
  rule(
    `(?:(?:${DAY_NAMES}),?\\s+(?:the\\s+)?)?(${DAY_NUMBER})\\s+(?:of\\s+)?(${MONTH_NAMES})(?:,?\\s+(\\d{4}))?${PART}${TIME}`,
    (g, ref) => explicit(g[2], g[3], g[4], ref),
  ),
  rule(
    `(?:(?:${DAY_NAMES}),?\\s+)?(${MONTH_NAMES})\\s+(?:the\\s+)?(${DAY_NUMBER})(?:,?\\s+(\\d{4}))?${PART}${TIME}`,
    (g, ref) => explicit(g[3], g[2], g[4], ref),
  ),
  rule('(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})', ([, d, m, y], ref) => numeric(d, m, y, ref)),
  rule('(?<=\\b(?:by|until|till|on|before)\\s+)(\\d{1,2})\\.(\\d{1,2})\\.(?!\\d)', ([, d, m], ref) =>
    numeric(d, m, undefined, ref),
  ),
  rule('(\\d{1,2})/(\\d{1,2})/(\\d{4})', ([, a, b, y], ref) =>
    Number(b) > 12 ? numeric(b, a, y, ref) : numeric(a, b, y, ref),
  ),
  rule(
    `(?:the\\s+)?(?:very\\s+)?(end|middle|beginning|start)\\s+of\\s+(?:the\\s+|this\\s+)?(next\\s+)?(day|week|month|quarter|year|${MONTH_NAMES})(?:\\s+(\\d{4}))?`,
    (g, ref) => edge(g, ref),
  ),
  rule(`(mid|early|late)[ -](${MONTH_NAMES})`, ([, part, name], ref) =>
    inYearAround(
      ref,
      monthIndex(name ?? ''),
      part?.toLowerCase() === 'mid' ? 15 : part?.toLowerCase() === 'late' ? 25 : 5,
    ),
  ),
  rule(`(?:the\\s+)?(first|second|third|last)\\s+week\\s+(?:of|in)\\s+(${MONTH_NAMES})`, ([, nth, name], ref) =>
    inYearAround(
      ref,
      monthIndex(name ?? ''),
      nth === 'last' ? 28 : 7 * (ORDINALS.indexOf((nth ?? 'first').toLowerCase()) + 1),
    ),
  ),
  rule(`(?:${DAY_NAMES}),?\\s+(?:the\\s+)(${DAY_NUMBER})${TIME}`, (g, ref) =>
    nextDayOfMonth(ref, dayNumber(g[2] ?? '')),
  ),
  rule(`(?:the\\s+)?day\\s+after\\s+tomorrow`, (_, ref) => addDays(ref, 2)),
  rule(`tomorrow${PART}${TIME}`, (_, ref) => addDays(ref, 1)),
  rule(
    `(?:later\\s+)?(?:today|tonight|this\\s+(?:morning|afternoon|evening))${TIME}|(?:the\\s+)?end\\s+of\\s+(?:the\\s+)?(?:day|business)|eod|close\\s+of\\s+business|cob`,
    (_, ref) => ref,
  ),
  rule(`(?:on\\s+)?(?:(${DAY_NAMES})\\s+week|(?:a\\s+week\\s+(?:on|from)\\s+)(${DAY_NAMES}))`, (g, ref) =>
    addDays(namedWeekday(undefined, g[1] ?? g[3] ?? '', ref), 7),
  ),
  rule(`(next\\s+|this\\s+(?:coming\\s+)?|coming\\s+)?(${DAY_NAMES})${PART}${TIME}`, (g, ref) =>
    isAbbreviationTrap(g[0] ?? '') ? null : namedWeekday(g[1]?.replace(/\s+coming/i, ''), g[2] ?? '', ref),
  ),
  rule(`(?:the\\s+)?(?:first\\s+thing\\s+)?next\\s+week`, (_, ref) => addDays(monday(ref), 11)),
  rule(`(?:some\\s?time\\s+|later\\s+)?this\\s+week`, (_, ref) =>
    addDays(monday(ref), 4) >= ref ? addDays(monday(ref), 4) : addDays(monday(ref), 6),
  ),
  rule(`(?:this|the|next)\\s+weekend`, (g, ref) =>
    addDays(monday(ref), g[0]?.toLowerCase().startsWith('next') ? 13 : 6),
  ),
  rule(`(?:later\\s+)?this\\s+month`, (_, ref) => calendar(year(ref), month(ref) + 1, 0)),
  rule(`next\\s+month`, (_, ref) => calendar(year(ref), month(ref) + 2, 0)),
  rule(`this\\s+year`, (_, ref) => calendar(year(ref), 11, 31)),
  rule(`next\\s+year`, (_, ref) => calendar(year(ref) + 1, 11, 31)),
  rule(
    `(?:in|within|after)\\s+(?:the\\s+next\\s+)?(\\d{1,3}|${COUNT_WORDS})\\s+(days?|weeks?|fortnights?|months?|years?)(?:'?\\s+time)?`,
    ([, n, unit], ref) => unitsAhead(ref, count(n ?? '1'), (unit ?? 'day').toLowerCase()),
  ),
  rule(`(\\d{1,3}|${COUNT_WORDS})\\s+(days?|weeks?|fortnights?|months?)\\s+from\\s+(?:now|today)`, ([, n, unit], ref) =>
    unitsAhead(ref, count(n ?? '1'), (unit ?? 'day').toLowerCase()),
  ),
  rule(
    `(?<=\\b(?:by|until|till|before|for|in|of|next|this)\\s+)(?:(next|this)\\s+)?(${Object.keys(SEASON_START).join('|')})(?:\\s+(\\d{4}))?`,
    ([, , name, y], ref) =>
      upcoming(ref, (at) => `${y ?? at}-${SEASON_START[(name ?? 'summer').toLowerCase()] ?? '06-21'}`),
  ),
  rule('christmas(?:\\s+eve|\\s+day)?|xmas', (_, ref) => upcoming(ref, (y) => `${y}-12-24`)),
  rule('new\\s+year(?:.s)?(?:\\s+eve)?', (_, ref) => upcoming(ref, (y) => `${y}-12-31`)),
  rule('easter', (_, ref) => upcoming(ref, easter)),
  rule('halloween', (_, ref) => upcoming(ref, (y) => `${y}-10-31`)),
  rule('eow|end\\s+of\\s+week', (_, ref) => addDays(monday(ref), weekday(ref) === 6 || weekday(ref) === 0 ? 11 : 4)),
  rule('eom', (_, ref) => calendar(year(ref), month(ref) + 1, 0)),
  rule(
    `(?<=\\b(?:by|until|till|before|on|for|from|than)\\s+)the\\s+(${DAY_NUMBER})(?=\\s*(?:[.,;:!?)]|$|(?:at|latest|so|then|and|because|or|but|that|if|when|for|please|okay|ok|um|uh|yes|yeah|is|they|we|i)\\b))`,
    ([, d], ref) => nextDayOfMonth(ref, dayNumber(d ?? '')),
  ),
  rule('the\\s+(\\d{1,2}(?:st|nd|rd|th))', ([, d], ref) => nextDayOfMonth(ref, dayNumber(d ?? ''))),
  rule(
    `(?<=\\b(?:by|until|till|before|in|during|of|for|end)\\s+)(${MONTH_NAMES})(?:\\s+(\\d{4}))?`,
    ([, name, y], ref) => wholeMonth(name ?? '', y, ref),
  ),
  rule(
    '(?<=\\b(?:by|before)\\s+)(?:noon|lunch(?:time)?|\\d{1,2}(?:[:.]\\d\\d)?\\s*(?:am|pm|o.?clock)|\\d{1,2}[:.]\\d\\d)',
    (_, ref) => ref,
  ),
];

function isAbbreviationTrap(phrase: string): boolean {
  return (
    /^(?:mon|sat|sun|wed|fri|thu|tue)$/i.test(phrase.trim()) &&
    phrase.trim() === phrase.trim().toLowerCase() &&
    /^(?:sat|sun|wed)$/i.test(phrase.trim())
  );
}

function explicit(
  d: string | undefined,
  m: string | undefined,
  y: string | undefined,
  ref: CalendarDate,
): CalendarDate | null {
  const day = dayNumber(d ?? '');
  const index = monthIndex(m ?? '');
  if (y === undefined) return inYearAround(ref, index, day);
  return isReal(Number(y), index, day) ? calendar(Number(y), index, day) : null;
}

function numeric(
  d: string | undefined,
  m: string | undefined,
  y: string | undefined,
  ref: CalendarDate,
): CalendarDate | null {
  const index = Number(m) - 1;
  if (index < 0 || index > 11) return null;
  if (y === undefined) return inYearAround(ref, index, Number(d));
  return isReal(Number(y), index, Number(d)) ? calendar(Number(y), index, Number(d)) : null;
}

function wholeMonth(name: string, y: string | undefined, ref: CalendarDate): CalendarDate {
  const index = monthIndex(name);
  const end = (at: number): CalendarDate => calendar(at, index + 1, 0);
  return y === undefined ? upcoming(ref, end) : end(Number(y));
}

function edge([, which, next, unit, y]: (string | undefined)[], ref: CalendarDate): CalendarDate | null {
  const name = (unit ?? '').toLowerCase();
  const part = (which ?? 'end').toLowerCase();
  const shift = next === undefined ? 0 : 1;
  const within = (start: CalendarDate, end: CalendarDate): CalendarDate =>
    part === 'end' ? end : part === 'middle' ? addDays(start, Math.round(daysBetween(start, end) / 2)) : start;
  if (name === 'day') return ref;
  if (name === 'week') return within(addDays(monday(ref), 7 * shift), addDays(monday(ref), 4 + 7 * shift));
  if (name === 'month')
    return within(calendar(year(ref), month(ref) + shift, 1), calendar(year(ref), month(ref) + shift + 1, 0));
  if (name === 'quarter') {
    const first = Math.floor(month(ref) / 3) * 3 + 3 * shift;
    return within(calendar(year(ref), first, 1), calendar(year(ref), first + 3, 0));
  }
  if (name === 'year') return within(calendar(year(ref) + shift, 0, 1), calendar(year(ref) + shift, 11, 31));
  const last = wholeMonth(name, y, ref);
  return within(`${last.slice(0, 8)}01`, last);
}

const NEGATED = /\b(?:not|no|nothing|except|instead of|rather than)\s+(?:on\s+|before\s+|until\s+)?$/i;
const PAST = /\b(?:last|since|past|previous)\s+$/i;

/** Every date phrase of `text` that points forward from `reference`, in order, without overlaps. Negated and past ones are left out. */
export function findDates(text: string, reference: CalendarDate): DatePhrase[] {
  const found: DatePhrase[] = [];
  const take = (start: number, end: number, date: CalendarDate | null): void => {
    if (date === null || found.some((other) => start < other.end && end > other.start)) return;
    found.push({ start, end, date });
  };
  for (const { pattern, resolve } of RULES) {
    for (const match of text.matchAll(pattern))
      take(match.index, match.index + match[0].length, resolve([...match], reference));
  }
  for (const match of chrono.strict.parse(text, toDate(reference), { forwardDate: true })) {
    if (/\d/.test(match.text) && match.start.isCertain('day') && match.start.isCertain('month')) {
      const at = calendar(
        match.start.get('year') ?? year(reference),
        (match.start.get('month') ?? 1) - 1,
        match.start.get('day') ?? 1,
      );
      take(match.index, match.index + match.text.length, at);
    }
  }
  return found
    .filter(({ start }) => !NEGATED.test(text.slice(0, start)) && !PAST.test(text.slice(0, start)))
    .sort((a, b) => a.start - b.start);
}

const UP_TO = /\b(?:by|until|till|before|due|no later than|bis)\s+(?:the\s+)?$/iu;
const FROM_UP_TO = /^(?:by|until|till|before|bis)\b/iu;

/** The one day by which something has to be done: "send the forecast for June by Tuesday" is due on Tuesday. */
export const deadlineIn = (text: string, reference: CalendarDate): CalendarDate | null => {
  const days = findDates(text, reference).filter(
    ({ start, end }) => UP_TO.test(text.slice(0, start)) || FROM_UP_TO.test(text.slice(start, end)),
  );
  return days.length === 1 ? (days[0]?.date ?? null) : null;
};

/** What is said of a day to come, or gone by, and not of the meeting's own. */
const OTHER_DAY = /\b(?:by|until|till|before|after|since|due|from|deadline:?|next meeting:?)\s+(?:the\s+)?$/i;

/** Of two days of one name, meetings are written up after they took place. */
const heldOn = (date: CalendarDate, phrase: string, today: CalendarDate): CalendarDate => {
  const hasYear = /\d{4}/.test(phrase);
  return hasYear || daysBetween(today, date) <= 60
    ? date
    : calendar(year(date) - 1, month(date), Number(date.slice(8)));
};

/** The day a meeting took place, if one of its first lines says so with day and month. */
export function meetingDate(headLines: readonly string[], today: CalendarDate): CalendarDate | null {
  for (const line of headLines) {
    const match = new RegExp(
      `\\d{4}-\\d{2}-\\d{2}|(?:${DAY_NUMBER})\\s+(?:of\\s+)?(?:${MONTH_NAMES})(?:,?\\s+\\d{4})?|(?:${MONTH_NAMES})\\s+(?:${DAY_NUMBER})(?:,?\\s+\\d{4})?|\\d{1,2}\\.\\d{1,2}\\.\\d{4}|\\d{1,2}/\\d{1,2}/\\d{4}`,
      'iu',
    ).exec(line);
    if (match === null || line.split(/\s+/).length > 16 || OTHER_DAY.test(line.slice(0, match.index))) continue;
    const [phrase] = findDates(match[0], today);
    if (phrase !== undefined) return heldOn(phrase.date, match[0], today);
  }
  return null;
}
