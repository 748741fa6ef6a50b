import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, findDates, meetingDate, toCalendar, toDate } from './dates.ts';

const only = (text: string, reference: string): string | null => findDates(text, reference)[0]?.date ?? null;

describe('findDates', () => {
  it.each([
    // Friday 2026-03-06
    ['can you do it by Tuesday?', '2026-03-06', '2026-03-10'],
    ["I'll pay it by the 13th, that's the limit", '2026-03-06', '2026-03-13'],
    ['by the 3rd', '2026-03-06', '2026-04-03'],
    ['on Friday', '2026-03-06', '2026-03-13'],
    ['this afternoon, before they close', '2026-03-06', '2026-03-06'],
    ['tomorrow morning', '2026-03-06', '2026-03-07'],
    ['in two weeks', '2026-03-06', '2026-03-20'],
    ['the day after tomorrow', '2026-03-06', '2026-03-08'],
    ['by the end of June', '2026-06-08', '2026-06-30'],
    ['by the end of the month', '2026-02-11', '2026-02-28'],
    ['by next Friday', '2026-05-22', '2026-05-29'],
    ['by next Friday', '2026-05-18', '2026-05-29'],
    ['by Wednesday 27 May', '2026-05-22', '2026-05-27'],
    ['not this week say until the twenty second', '2026-06-08', '2026-06-22'],
    ['wednesday between ten and twelve', '2026-06-08', '2026-06-10'],
    ['by June 30', '2025-11-20', '2026-06-30'],
    ['until next summer', '2026-11-20', '2027-06-21'],
    ['by 2027-01-31 at the latest', '2026-11-20', '2027-01-31'],
    ['before Easter', '2026-03-06', '2026-04-05'],
    ['by EOW', '2026-03-04', '2026-03-06'],
    ['by 5 pm', '2026-03-06', '2026-03-06'],
    ['by the end of next week', '2026-03-03', '2026-03-13'],
  ])('%s, said on %s, is %s', (text, reference, date) => expect(only(text, reference)).toBe(date));

  it.each([
    'not this week',
    'it went out last Monday',
    'the first thing',
    'in the second half',
    'we may do it',
    'she sat down',
    'version 4.2',
    '4,000 copies',
    'ship 4.1.3 and move it to 4.2.',
  ])('finds no date in: %s', (text) => expect(findDates(text, '2026-03-06')).toEqual([]));

  it('gives offsets of the phrase without its preposition', () => {
    const text = 'done by Tuesday, surely';
    const [phrase] = findDates(text, '2026-03-06');
    expect(text.slice(phrase?.start, phrase?.end)).toBe('Tuesday');
  });

  it('never throws and never overlaps, whatever the text', () => {
    const noise = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          'by',
          'the',
          '31st',
          'of',
          'February',
          'next',
          'Friday',
          '99/99/9999',
          '2026-13-40',
          'in 999 years',
          'end of',
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(noise, (words) => {
        let end = 0;
        for (const phrase of findDates(words.join(' '), '2026-03-06')) {
          expect(phrase.start).toBeGreaterThanOrEqual(end);
          expect(toCalendar(toDate(phrase.date))).toBe(phrase.date);
          end = phrase.end;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('meetingDate', () => {
  it('is not a deadline, and has been where it has no year', () => {
    expect(meetingDate(['Book the hall by June 12'], '2026-11-20')).toBeNull();
    expect(meetingDate(['Weekly, June 12'], '2026-11-20')).toBe('2026-06-12');
    expect(meetingDate(['Weekly, 22 November'], '2026-11-20')).toBe('2026-11-22');
  });
  it('reads a header', () =>
    expect(meetingDate(['Site meeting no. 3', 'Friday 22 May 2026, 7:00'], '2026-11-20')).toBe('2026-05-22'));
  it('does not take a sentence for a header', () =>
    expect(
      meetingDate(
        ['We talked for a long time about what would have to be finished by 22 May 2026 and what could wait'],
        '2026-11-20',
      ),
    ).toBeNull());
  it('knows its calendar', () => expect(addDays('2028-02-28', 2)).toBe('2028-03-01'));
});
