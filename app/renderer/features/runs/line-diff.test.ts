import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff.ts';

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
});
