import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NewTask, QuickAddResult } from '../../contract/workspace.ts';
import { hereFrom, parseQuickAdd } from './parse.ts';

const here = hereFrom('2026-06-03T10:00:00+02:00', 0);
const projects = [
  { id: 'home', name: 'Home' },
  { id: 'odd', name: 'C++ (old) [x] ​#' },
  { id: 'two', name: 'Two words' },
];

const word = fc.constantFrom(
  'by',
  'due',
  'do',
  'start',
  '^',
  'on',
  'for',
  'every',
  'every!',
  'other',
  'friday',
  'mon and thu',
  'tomorrow',
  'next week',
  'June 30',
  '30.6.',
  '31/31',
  '2026-06-30',
  'at 9',
  '5pm',
  '17:00',
  'in 3 days',
  '3 days after completion',
  'daily',
  'until',
  'from',
  '5 times',
  'last day of the month',
  'remind me',
  'remind me to',
  '1 day before',
  '#tag',
  '#🎉',
  '# ',
  '+Home',
  '+"Two words"',
  '+two words',
  '+',
  '!1',
  'p2',
  '@agent',
  '"',
  '“',
  '`',
  'http://a.b/#c',
  'a@b.cc',
  '\u202e',
  '\u0000',
  '\ud83d',
  'é',
  'e\u0301',
  'İ',
  'ﬀ',
  'ẞ',
  'مرحبا',
  '買い物',
  '<script>',
  '\n',
  '\r\n',
  '\t',
  '\u2028',
  ',',
  '.',
  '(',
  ')',
  '[',
  '-',
  'Buy milk',
);
const line = fc.oneof(
  fc
    .array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 25 })
    .map((words) => words.join(' ')),
  fc.array(word, { maxLength: 12 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('any text is read: chips are slices in order, the title is never lost, the draft is one the contract takes', () => {
  fc.assert(
    fc.property(line, fc.array(fc.nat(120), { maxLength: 3 }), (text, ignore) => {
      const result = parseQuickAdd(text, { here, projects, ignore });
      QuickAddResult.parse(result);
      let end = 0;
      for (const chip of result.chips) {
        expect(chip.start).toBeGreaterThanOrEqual(end);
        expect(chip.end).toBeGreaterThan(chip.start);
        expect(chip.end).toBeLessThanOrEqual(text.length);
        expect(chip.text).toBe(text.slice(chip.start, chip.end));
        expect(chip.label).not.toBe('');
        expect(ignore).not.toContain(chip.start);
        end = chip.end;
      }
      expect(result.draft.title === '').toBe(text.trim() === '');
      if (result.draft.title !== '') NewTask.parse({ ...result.draft, projectName: undefined });
    }),
    { numRuns: 3_000 },
  );
});

test('a line read again without any chip is its own text', () => {
  fc.assert(
    fc.property(line, (text) => {
      const ignore = Array.from({ length: text.length }, (_, index) => index);
      const { chips, draft } = parseQuickAdd(text, { here, projects, ignore });
      expect(chips).toEqual([]);
      expect([draft.title, draft.notes ?? ''].join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
    }),
    { numRuns: 1_000 },
  );
});

test('whatever is not a chip stays in the title', () => {
  fc.assert(
    fc.property(
      fc.array(
        word.filter((one) => !/[\n\r\u2028]/.test(one)),
        { maxLength: 15 },
      ),
      (words) => {
        const text = words.join(' ');
        const { chips, draft } = parseQuickAdd(text, { here, projects });
        let rest = '';
        let from = 0;
        for (const chip of chips) {
          rest += `${text.slice(from, chip.start)} `;
          from = chip.end;
        }
        rest += text.slice(from);
        const letters = (value: string) => value.match(/[\p{L}\p{N}]/gu)?.join('') ?? '';
        expect([letters(rest), letters(text)]).toContain(letters(draft.title));
      },
    ),
    { numRuns: 2_000 },
  );
});
