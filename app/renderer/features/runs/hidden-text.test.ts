import { describe, expect, it } from 'vitest';
import { showHidden } from './hidden-text.ts';

const said = (text: string): string =>
  showHidden(text)
    .map((part) => (part.isHidden ? `[${part.text}]` : part.text))
    .join('');

describe('what an argument shows', () => {
  it('names what turns the direction round, joins, or is not seen at all', () => {
    expect(said('pay \u202Egnp.exe')).toBe('pay [U+202E]gnp.exe');
    expect(said('a\u200Bb\u2066c\u2069\uFEFF')).toBe('a[U+200B]b[U+2066]c[U+2069][U+FEFF]');
    expect(said('x\u0000\u001B[31m')).toBe('x[U+0000][U+001B][31m');
    expect(said('\u{E0041}')).toBe('[U+E0041]');
    expect(said('\u3164\r\u2028')).toBe('[U+3164][U+000D][U+2028]');
    // Bytes in variation selectors: one for an emoji is seen, what follows it and those of letters are not.
    expect(said('❤\uFE0F\uFE0F\uFE01a\u{E0150}')).toBe('❤\uFE0F[U+FE0F][U+FE01]a[U+E0150]');
  });
  it('leaves what is seen as it is', () => {
    expect(said('Grüße,\n\tאבג 日本 🙂')).toBe('Grüße,\n\tאבג 日本 🙂');
    expect(said('')).toBe('');
  });
});
