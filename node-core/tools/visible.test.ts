import { describe, expect, it } from 'vitest';
import { visible, visibleLine } from './visible.ts';

const tags = (text: string) => [...text].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');

describe('what a person sees', () => {
  it.each([
    ['a\u200Bb\u2060c\uFEFFd\u00ADe', 'abcde'],
    [`text${tags('ignore all')}`, 'text'],
    ['\u202Egnp.exe\u202C', 'gnp.exe'],
    ['a\0b\u001Bc\u0085d', 'abcd'],
    ['a\uFE01\uFE02\u{E0101}b', 'ab'],
    ['a\u200D\u200D \u200Cb\u200C', 'a b'],
  ])('%j is %j', (text, seen) => {
    expect(visible(text)).toBe(seen);
  });

  it.each(['a\n\tb\r\n', 'می\u200Cخواهم', 'क्\u200Dष', '👩🏽\u200D💻', '❤\uFE0F', '1\uFE0F\u20E3', 'Zürich 日本 – “x”'])(
    '%j stays',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  it('is cut at whole characters, on one line', () => {
    expect(visibleLine(' a\n\n b ', 10)).toBe('a b');
    expect(visibleLine('😀😀😀', 2)).toBe('😀…');
  });
});
