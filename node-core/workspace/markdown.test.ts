import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf, lineExcerpt, tagsOf, titleOf, withoutCode } from './markdown.ts';

describe('the title', () => {
  test.each([
    ['# Launch plan\n\ntext', 'Launch plan'],
    ['intro\n\n## Launch ##\n', 'Launch'],
    ['\n\n  First line\nsecond', 'First line'],
    ['#tag only', '#tag only'],
    ['#\n\ntext', '#'],
    ['# \n## Second', 'Second'],
    ['```\n# not this\n```\n# This', 'This'],
    ['~~~\n# not this\n~~~\nplain', '~~~'],
    ['---\ntitle: x\n---\n# Real', 'Real'],
    ['\ufeff# With a mark', 'With a mark'],
    ['# CRLF\r\ntext\r\n', 'CRLF'],
    ['', 'Untitled'],
    [' \n\t\r\n', 'Untitled'],
    ['# C#\n', 'C#'],
    ['# مرحبا', 'مرحبا'],
    ['# <script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('of %j is %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });
});

describe('tags', () => {
  test.each([
    ['a #one, (#two) #Three/four\n#five', ['one', 'two', 'three/four', 'five']],
    ['# Heading\n## #six', ['six']],
    ['`#no` ``a ` #no`` #yes', ['yes']],
    ['```\n#no\n```\n#yes', ['yes']],
    ['~~~js\n#no\n```\n#no\n~~~\n#yes', ['yes']],
    ['```\n#no to the end', []],
    ['https://a.b/#no www.a.b/#no [x](#no) [[Note #no]] <a href="#no">', []],
    ['C# F# a#b #12 #ff0000 # #', []],
    ['#größe #GRÖSSE #größe #買い物 #🎉', ['größe', 'grösse', '買い物', '🎉']],
    ['#dup #DUP', ['dup']],
  ])('of %j', (text, tags) => {
    expect(tagsOf(text)).toEqual(tags);
  });
});

test('an excerpt is the text without its title and its marks', () => {
  const text =
    '# Launch plan\n\n- [ ] **Write** the [press](https://a.b) release for [[Notes|the notes]]\n> quoted `code`';
  expect(excerptOf(text, titleOf(text))).toBe('Write the press release for the notes quoted code');
  expect(excerptOf('word '.repeat(500), 'Untitled')).toHaveLength(200);
  expect(lineExcerpt(text.split('\n'), 3)).toBe('Write the press release for the notes');
  expect(lineExcerpt(text.split('\n'), 99)).toBe('');
});

const marks = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '``',
        '```',
        '~~~',
        '#tag',
        '# ',
        '\n',
        '\r\n',
        ' ',
        '[[',
        ']]',
        '](',
        ')',
        '<',
        '>',
        '---\n',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

test('blanking out code moves nothing, and whatever the text, it has a title and tags the contract takes', () => {
  fc.assert(
    fc.property(marks, (text) => {
      const blank = withoutCode(text);
      expect(blank).toHaveLength(text.length);
      expect(blank.split('\n')).toHaveLength(text.split('\n').length);
      expect(titleOf(text).trim()).not.toBe('');
      for (const tag of tagsOf(text)) expect(tag).toMatch(/^\S{1,64}$/u);
    }),
    { numRuns: 2_000 },
  );
});

test('four million hostile characters are read', () => {
  for (const unit of ['`', '``a`', '](', '<', '[[', '#a ', '# ', '~~~\n', 'http://', '- ', '*', '---\n', ' ']) {
    const text = unit.repeat(4_000_000 / unit.length);
    expect(titleOf(text)).not.toBe('');
    tagsOf(text);
    excerptOf(text.slice(0, 800), 'x');
  }
});
