import { addDays, daysInMonth } from '../calendar.ts';
import { describeRecurrence, firstOccurrence, type Recurrence } from '../recurrence.ts';
import {
  closesAt,
  dayNumberSource,
  monthNumber,
  monthSource,
  numberOf,
  numberSource,
  phrasePattern,
  rankOf,
  rankSource,
  weekdayCode,
  weekdaySource,
  type Here,
  type Phrase,
} from './phrase.ts';
import { findDates } from './dates.ts';
import { findTimes } from './times.ts';

const order = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const dayList = String.raw`(?:${weekdaySource})s?(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\/\s*)(?:${weekdaySource})s?)*`;
const every = String.raw`(?:every|each)(!)?\s+`;

const byDay = (list: string): string => {
  const named = new Set(
    list
      .toLowerCase()
      .match(/[a-z]{3,}/g)
      ?.filter((word) => word !== 'and')
      .map(weekdayCode),
  );
  return order.filter((day) => named.has(day)).join(',');
};

/** A day that shorter months lack means their last one. */
const monthDay = (number: number): string =>
  number < 29
    ? `BYMONTHDAY=${number}`
    : `BYMONTHDAY=${Array.from({ length: number - 27 }, (_, index) => 28 + index).join(',')};BYSETPOS=-1`;

const frequency = (unit: string, interval: number): string | null => {
  const [freq, factor] = /^d/i.test(unit)
    ? ['DAILY', 1]
    : /^w/i.test(unit)
      ? ['WEEKLY', 1]
      : /^fortnight/i.test(unit)
        ? ['WEEKLY', 2]
        : /^m/i.test(unit)
          ? ['MONTHLY', 1]
          : /^q/i.test(unit)
            ? ['MONTHLY', 3]
            : /^y/i.test(unit)
              ? ['YEARLY', 1]
              : [null, 1];
  if (freq === null || interval < 1) return null;
  return interval * factor === 1 ? `FREQ=${freq}` : `FREQ=${freq};INTERVAL=${interval * factor}`;
};

const intervalOf = (word: string | undefined): number => {
  if (word === undefined) return 1;
  const lower = word.trim().toLowerCase();
  if (lower === 'other' || lower === 'second') return 2;
  const rank = rankOf(lower);
  return rank > 0 && !/^\d+$/.test(lower) ? rank : numberOf(lower);
};

interface Found {
  readonly rule: string;
  readonly completion?: boolean;
  readonly time?: string;
  readonly closing?: boolean;
}
type Read = (groups: readonly (string | undefined)[]) => Found | null;
interface Rule {
  readonly pattern: RegExp;
  readonly read: Read;
}
const rule = (source: string, read: Read): Rule => ({ pattern: phrasePattern(source), read });
const partOfDay: Readonly<Record<string, string>> = {
  morning: '09:00',
  afternoon: '15:00',
  evening: '18:00',
  night: '20:00',
};

/** The most particular first; where two overlap, the earlier rule stands. */
const rules: readonly Rule[] = [
  rule(
    String.raw`(?:${every})?(${numberSource})\s+(days?|weeks?|months?|years?)\s+after\s+(?:completion|completing(?:\s+it)?|finishing(?:\s+it)?|it['’]?s\s+done|done)`,
    ([, , count, unit]) => {
      const rrule = frequency(unit ?? '', numberOf(count ?? '1'));
      return rrule === null ? null : { rule: rrule, completion: true };
    },
  ),
  rule(
    String.raw`(?:${every}|on\s+|the\s+|on\s+the\s+)?(${rankSource})\s+(${weekdaySource}|day|weekday|workday)\s+of\s+(?:the|each|every)\s+month`,
    ([, bang, rank, name]) => {
      const nth = rankOf(rank ?? 'first');
      const rrule = /^day$/i.test(name ?? '')
        ? `BYMONTHDAY=${nth}`
        : /day$/i.test(name ?? '') && /^w(?:eek|ork)/i.test(name ?? '')
          ? `BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${nth}`
          : `BYDAY=${nth}${weekdayCode(name ?? '')}`;
      return { rule: `FREQ=MONTHLY;${rrule}`, completion: bang !== undefined };
    },
  ),
  rule(
    String.raw`${every}(?:(${numberSource}|other|second|third)\s+)?months?\s+on\s+the\s+(${rankSource})\s+(${weekdaySource}|day)`,
    ([, bang, count, rank, name]) => {
      const nth = rankOf(rank ?? 'first');
      return {
        rule: `${frequency('m', intervalOf(count))};${/^day$/i.test(name ?? '') ? `BYMONTHDAY=${nth}` : `BYDAY=${nth}${weekdayCode(name ?? '')}`}`,
        completion: bang !== undefined,
      };
    },
  ),
  rule(
    String.raw`(?:${every}(?:(${numberSource}|other|second|third)\s+)?months?|monthly)\s+on\s+(?:the\s+)?(${dayNumberSource})`,
    ([, bang, count, number]) => ({
      rule: `${frequency('m', intervalOf(count))};${monthDay(Number.parseInt(number ?? '1', 10))}`,
      completion: bang !== undefined,
    }),
  ),
  rule(
    String.raw`${every}(?:the\s+)?((?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?:\s+(?:day\s+)?of\s+(?:the|each|every)\s+month)?(?!\s+(?:of|${monthSource}|day|week|month|year|${weekdaySource}))`,
    ([, bang, number]) => ({
      rule: `FREQ=MONTHLY;${monthDay(Number.parseInt(number ?? '1', 10))}`,
      completion: bang !== undefined,
    }),
  ),
  rule(
    String.raw`(?:${every}(?:year\s+on\s+)?|yearly\s+on\s+|annually\s+on\s+)(?:the\s+)?(?:(${dayNumberSource})\s+(?:of\s+)?(${monthSource})|(${monthSource})\s+(?:the\s+)?(${dayNumberSource}))`,
    ([, bang, day1, month1, month2, day2]) => {
      const month = monthNumber(month1 ?? month2 ?? '');
      const number = Number.parseInt(day1 ?? day2 ?? '', 10);
      if (number > daysInMonth(2024, month)) return null;
      const day = month === 2 && number === 29 ? monthDay(29) : `BYMONTHDAY=${number}`;
      return { rule: `FREQ=YEARLY;BYMONTH=${month};${day}`, completion: bang !== undefined };
    },
  ),
  rule(
    String.raw`${every}(?:(${numberSource}|other|second|third)\s+)?(weekday|workday|week\s?day|working\s+day|weekend)s?`,
    ([, bang, count, kind]) => {
      if (count !== undefined) return null;
      return {
        rule: `FREQ=WEEKLY;BYDAY=${/end$/i.test(kind ?? '') ? 'SA' : 'MO,TU,WE,TH,FR'}`,
        completion: bang !== undefined,
      };
    },
  ),
  rule(String.raw`${every}(morning|afternoon|evening|night)`, ([, bang, part]) => {
    const time = partOfDay[part?.toLowerCase() ?? ''];
    return { rule: 'FREQ=DAILY', completion: bang !== undefined, ...(time === undefined ? {} : { time }) };
  }),
  rule(
    String.raw`(?:${every}(?:(${numberSource}|other|second|third)\s+)?weeks?|weekly|(?:bi-?weekly|fortnightly))\s+on\s+(${dayList})`,
    ([all, bang, count, list]) => ({
      rule: `${frequency('w', /^(?:bi|fort)/i.test(all ?? '') ? 2 : intervalOf(count))};BYDAY=${byDay(list ?? '')}`,
      completion: bang !== undefined,
    }),
  ),
  rule(String.raw`${every}(?:(other|second|third|${numberSource})\s+)?(${dayList})`, ([, bang, count, list]) => ({
    rule: `${frequency('w', intervalOf(count))};BYDAY=${byDay(list ?? '')}`,
    completion: bang !== undefined,
  })),
  rule(
    String.raw`${every}(?:(other|second|third|fourth|${numberSource})\s+)?(days?|weeks?|fortnights?|months?|quarters?|years?)`,
    ([, bang, count, unit]) => {
      const rrule = frequency(unit ?? '', intervalOf(count));
      return rrule === null ? null : { rule: rrule, completion: bang !== undefined };
    },
  ),
  rule('(daily|weekly|biweekly|bi-weekly|fortnightly|monthly|quarterly|yearly|annually)', ([, word]) => {
    const lower = word?.toLowerCase() ?? '';
    const rrule = /^bi|^fort/.test(lower) ? frequency('w', 2) : frequency(lower.startsWith('a') ? 'y' : lower, 1);
    return rrule === null ? null : { rule: rrule, closing: true };
  }),
  rule('(weekdays|workdays)', () => ({ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', closing: true })),
];

const nounBefore = /(?:^|\s)(?:the|a|an|our|my|your|his|her|their|its)\s+$/i;
const timesOver =
  /^\s*,?\s*(?:for\s+)?(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+times(?![\p{L}\p{N}])/iu;
const bound = /^\s*,?\s*(until|till|til|from|starting(?:\s+(?:on|from|in))?|beginning(?:\s+on)?)\s+/i;

interface Bounds {
  readonly end: number;
  readonly parts: string;
  readonly from: string | null;
}

/** `from July 3 until the end of the year`, `5 times`: where a series begins and ends. */
const readBounds = (text: string, start: number, here: Here): Bounds => {
  let bounds: Bounds = { end: start, parts: '', from: null };
  for (let round = 0; round < 2; round += 1) {
    const rest = text.slice(bounds.end);
    const over = bounds.parts === '' ? timesOver.exec(rest.slice(0, 40)) : null;
    if (over !== null) {
      bounds = { ...bounds, end: bounds.end + over[0].length, parts: `;COUNT=${numberOf(over[1] ?? '1')}` };
      continue;
    }
    const word = bound.exec(rest.slice(0, 40));
    const [date] = word === null ? [] : findDates(rest.slice(word[0].length, word[0].length + 80), here);
    if (word === null || date?.start !== 0) break;
    const end = bounds.end + word[0].length + date.end;
    if (/^[ut]/i.test(word[1] ?? '')) {
      if (bounds.parts !== '') break;
      bounds = { ...bounds, end, parts: `;UNTIL=${date.date.replaceAll('-', '')}` };
    } else if (bounds.from === null) bounds = { ...bounds, end, from: date.date };
    else break;
  }
  return bounds;
};

/** A monthly rule without a day of its own begins today; elsewhere the rule says where. */
const firstDay = (recurrence: Recurrence, time: string | null, here: Here): string => {
  const first = firstOccurrence(recurrence, here.today);
  if (first !== here.today || time === null || time > here.time) return first;
  if (/BY/.test(recurrence.rule)) return firstOccurrence(recurrence, addDays(here.today, 1));
  return addDays(here.today, 1);
};

/** `every other friday`, `every! 3 days`, `weekly on mon and thu`, with the time, the end and the count that follow. */
export const findRepeats = (text: string, here: Here): Phrase[] => {
  const found: Phrase[] = [];
  const times = findTimes(text);
  for (const { pattern, read } of rules) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      let end = start + match[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const result = read([...match]);
      if (result === null || result.rule.endsWith('BYDAY=')) continue;
      const time = times.find(
        (candidate) => candidate.start >= end && /^\s*,?\s*$/.test(text.slice(end, candidate.start)),
      );
      if (
        result.closing &&
        (nounBefore.test(text.slice(Math.max(0, start - 8), start)) ||
          !(closesAt(text, end) || time !== undefined) ||
          text.slice(0, start).trim() === '')
      )
        continue;
      if (time !== undefined) end = time.end;
      const bounds = readBounds(text, end, here);
      end = bounds.end;
      const rule = result.rule + bounds.parts;
      const recurrence: Recurrence = { rule, anchor: result.completion ? 'completion' : 'schedule' };
      const at = time?.time ?? result.time ?? null;
      const label = describeRecurrence(recurrence);
      found.push({
        kind: 'recurrence',
        start,
        end,
        weight: 0,
        label: at === null ? label : `${label} ${at}`,
        means: {
          draft: { recurrence },
          first: {
            date: bounds.from === null ? firstDay(recurrence, at, here) : firstOccurrence(recurrence, bounds.from),
            time: at,
          },
        },
      });
    }
  }
  return found.sort((a, b) => a.start - b.start);
};
