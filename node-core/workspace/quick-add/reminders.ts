import { addDays } from '../calendar.ts';
import type { DatePhrase } from './dates.ts';
import { dateLabel, type Here, numberOf, numberSource, type Phrase, phrasePattern } from './phrase.ts';

const unitSource = 'minutes?|mins?|min|hours?|hrs?|hr|h|days?|d|weeks?|w';
const remind = String.raw`remind(?:er)?(?:\s+me)?:?\s+`;

const ahead = phrasePattern(
  String.raw`${remind}(${numberSource}|half\s+an)\s*(${unitSource})\s+(?:before(?:hand)?|earlier|ahead|prior)(?:\s+(?:the\s+)?(?:due(?:\s+date)?|deadline))?`,
);
const within = phrasePattern(
  String.raw`remind(?:\s+me)?\s+(?:again\s+)?in\s+(${numberSource}|half\s+an)\s*(minutes?|mins?|min|hours?|hrs?|hr|h)`,
);
const lead = phrasePattern(String.raw`remind\s+me:?|remind(?=\s+(?:at|on)\s)|reminder:?(?=\s+(?:at|on)\s)`);
const opening = /^\s*remind\s+me\s+to\s+(?=\S)/i;

const minutesOf = (count: string, unit: string): number => {
  const number = /half/i.test(count) ? 0.5 : numberOf(count);
  const factor = /^m/i.test(unit) ? 1 : /^h/i.test(unit) ? 60 : /^d/i.test(unit) ? 1_440 : 10_080;
  return Math.round(number * factor);
};

const inWords = (minutes: number): string => {
  const [count, unit] =
    minutes % 10_080 === 0
      ? [minutes / 10_080, 'week']
      : minutes % 1_440 === 0
        ? [minutes / 1_440, 'day']
        : minutes % 60 === 0
          ? [minutes / 60, 'hour']
          : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** `remind me 1 day before`, `remind me in 2 hours`, `remind me tomorrow at 9`. `dates` are the dates that were found in the text. */
export const findReminders = (text: string, here: Here, dates: readonly DatePhrase[]): Phrase[] => {
  const found: Phrase[] = [];
  const add = (start: number, end: number, label: string, means: Phrase['means']): void => {
    if (!found.some((other) => start < other.end && other.start < end))
      found.push({ kind: 'reminder', start, end, label, weight: 0, means });
  };
  for (const match of text.matchAll(ahead)) {
    const minutes = minutesOf(match[1] ?? '1', match[2] ?? 'h');
    const days = Math.floor(minutes / 1_440);
    add(match.index, match.index + match[0].length, `${inWords(minutes)} before`, {
      before: { days, minutes: minutes - days * 1_440 },
    });
  }
  for (const match of text.matchAll(within)) {
    const minutes = minutesOf(match[1] ?? '1', match[2] ?? 'm');
    const at = here.now + minutes * 60_000;
    add(match.index, match.index + match[0].length, `in ${inWords(minutes)}`, {
      draft: { reminders: [{ at, firedAt: null }] },
    });
  }
  for (const match of text.matchAll(lead)) {
    const end = match.index + match[0].length;
    const when = dates.find(
      (date) => date.start >= end && /^\s*$/.test(text.slice(end, date.start)) && date.role !== 'do',
    );
    if (when === undefined) continue;
    // A time without a day of its own means the day of the task, which is known only when all is read.
    const dayNamed =
      !/^\s*(?:at|around|by|@)?\s*\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?|o['’]?clock)?\s*$|^\s*(?:at\s+)?(?:noon|midnight)\s*$/i.test(
        text.slice(when.start, when.end),
      );
    const time = when.time ?? '09:00';
    if (dayNamed) {
      const at = here.zone.instant(when.date, time);
      add(match.index, when.end, dateLabel(when.date, time, here.today), {
        draft: { reminders: [{ at, firedAt: null }] },
      });
    } else {
      add(match.index, when.end, `at ${time}`, { first: { date: when.date, time } });
    }
  }
  const toDo = opening.exec(text);
  if (toDo !== null)
    add(toDo[0].length - toDo[0].trimStart().length, toDo[0].trimEnd().length, 'when it is due', { atDue: true });
  return found.sort((a, b) => a.start - b.start);
};

/** The instants of a reminder phrase once the due date is known. `null`: it hangs on a due date, and there is none. */
export const reminderInstant = (
  phrase: Phrase,
  due: { date: string; time: string | null } | null,
  here: Here,
): number | null => {
  const { draft, before, atDue, first } = phrase.means;
  const fixed = draft?.reminders?.[0];
  if (fixed !== undefined) return fixed.at;
  if (first !== undefined) return here.zone.instant(due?.date ?? first.date, first.time ?? '09:00');
  if (due === null) return null;
  if (before !== undefined)
    return here.zone.instant(addDays(due.date, -before.days), due.time ?? '09:00') - before.minutes * 60_000;
  return atDue ? here.zone.instant(due.date, due.time ?? '09:00') : null;
};
