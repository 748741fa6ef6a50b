import type { Random } from './random.ts';
import { MONTHS, WEEKDAYS } from './fillers.ts';

const ORDINAL = (day: number): string =>
  `${day}${day % 10 === 1 && day !== 11 ? 'st' : day % 10 === 2 && day !== 12 ? 'nd' : day % 10 === 3 && day !== 13 ? 'rd' : 'th'}`;

/** A forward-looking date phrase without its preposition, and the prepositions that go with it. */
export function datePhrase(random: Random): { phrase: string; on: string; by: boolean } {
  const day = random.int(1, 28);
  const draw = random.next();
  if (draw < 0.34)
    return {
      phrase: random.pick(WEEKDAYS.slice(0, 5)) + random.pick(['', '', '', ' morning', ' afternoon', ' evening']),
      on: 'on ',
      by: true,
    };
  if (draw < 0.4) return { phrase: `next ${random.pick(WEEKDAYS)}`, on: '', by: true };
  if (draw < 0.5)
    return {
      phrase: `${random.pick(['tomorrow', 'tomorrow', 'tomorrow morning', 'tomorrow night', 'the day after tomorrow'])}`,
      on: '',
      by: true,
    };
  if (draw < 0.6)
    return { phrase: random.pick(['today', 'this afternoon', 'tonight', 'this evening', 'today']), on: '', by: false };
  if (draw < 0.66) return { phrase: `the ${ORDINAL(day)}`, on: 'on ', by: true };
  if (draw < 0.74) return { phrase: `${random.pick(WEEKDAYS)} ${day} ${random.pick(MONTHS)}`, on: 'on ', by: true };
  if (draw < 0.82)
    return {
      phrase: random.chance(0.5) ? `${day} ${random.pick(MONTHS)}` : `${random.pick(MONTHS)} ${day}`,
      on: 'on ',
      by: true,
    };
  if (draw < 0.88)
    return {
      phrase: random.pick([
        'the end of the month',
        'the end of the week',
        `the end of ${random.pick(MONTHS)}`,
        'the end of next week',
        'the end of the day',
      ]),
      on: 'at ',
      by: true,
    };
  if (draw < 0.93) return { phrase: random.pick(['next week', 'this week', 'next month']), on: '', by: false };
  if (draw < 0.97)
    return {
      phrase: random.pick([
        'in two weeks',
        'in a week',
        'in three days',
        'within ten days',
        'in two days',
        'in a month',
      ]),
      on: '',
      by: false,
    };
  return { phrase: random.pick(['the weekend', 'noon', '5 pm', 'lunch']), on: 'before ', by: true };
}

/** " by [[@: Tuesday]]": how a task is given its date. */
export function duePhrase(random: Random): string {
  const { phrase, on, by } = datePhrase(random);
  const before =
    phrase === 'noon' || phrase === '5 pm' || phrase === 'lunch'
      ? random.pick(['by ', 'before '])
      : by && random.chance(0.62)
        ? random.pick(['by ', 'by ', 'by ', 'by ', 'until ', 'before ', 'till ', 'for '])
        : random.chance(0.12)
          ? ''
          : on;
  return ` ${before}[[@: ${phrase}]]`;
}

/** A date that is no due date: "on Monday". */
export function plainDate(random: Random): string {
  const { phrase, on } = datePhrase(random);
  return on + phrase;
}
