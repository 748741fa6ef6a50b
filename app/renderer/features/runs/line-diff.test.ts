import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, diffParts } from './line-diff.ts';

const drawn = (before: string, after: string): string =>
  diffLines(before, after)
    .map(({ kind, text }) => `${{ same: ' ', out: '-', in: '+' }[kind]}${text}`)
    .join('\n');

describe('a proposal as a difference', () => {
  it('says which lines go and which come', () => {
    expect(drawn('a\nb\nc', 'a\nx\nc\nd')).toBe(' a\n-b\n+x\n c\n+d');
    expect(drawn('', 'a')).toBe('+a');
    expect(drawn('a', '')).toBe('-a');
    expect(drawn('', '')).toBe('');
  });
  it('holds both texts, whole', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'dd'), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const side = (left: 'in' | 'out'): string =>
          lines
            .filter(({ kind }) => kind !== left)
            .map((line) => line.text)
            .join('\n');
        expect(side('in')).toBe(before);
        expect(side('out')).toBe(after);
      }),
    );
  });
  it('folds what is far from any change, and loses no line', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
    const parts = diffParts(diffLines(lines.join('\n'), lines.with(10, 'another').join('\n')));
    expect(parts.map((part) => [part.folded, part.lines.length])).toEqual([
      [true, 7],
      [false, 8],
      [true, 6],
    ]);
    expect(parts.flatMap((part) => part.lines)).toHaveLength(21);
  });
  it('folds nothing of a text that stays as it is, and no single line', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
    const folded = (after: readonly string[]) =>
      diffParts(diffLines(lines.join('\n'), after.join('\n'))).filter((part) => part.folded);
    expect(folded(lines)).toEqual([]);
    expect(folded(lines.with(4, 'another').slice(0, 8))).toEqual([]);
  });
});
