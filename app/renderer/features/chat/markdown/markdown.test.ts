import { describe, expect, test } from 'vitest';
import type { Block, Inline } from './blocks.ts';
import { mendOpenBlock } from './mend.ts';
import { parseMarkdown, parseSettled } from './parse.ts';

const words = (inlines: readonly Inline[]): string =>
  inlines
    .map((one) => (one.type === 'break' ? '\n' : 'text' in one ? one.text : 'inside' in one ? words(one.inside) : ''))
    .join('');
/** What a person can read of it. */
const shown = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => {
      if (block.type === 'list') return block.items.map(shown).join('\n');
      if (block.type === 'quote') return shown(block.inside);
      if (block.type === 'table') return [block.head, ...block.rows].map((row) => row.map(words).join('|')).join('\n');
      if (block.type === 'rule') return '';
      return 'text' in block ? block.text : words(block.inside);
    })
    .join('\n');

/** The same as a chat draws it while the text grows. */
const drawnSoFar = (text: string): string => {
  const { settled, openFrom } = parseSettled(text);
  return shown([...settled, ...parseMarkdown(mendOpenBlock(text.slice(openFrom)))]);
};

const linksOf = (blocks: readonly Block[]): string[] =>
  [...JSON.stringify(blocks).matchAll(/"href":"([^"]*)"/g)].map(([, href]) => href ?? '');

const answer = `# A *plan*

Here is **what to do**, with \`code\`, a [link](https://example.com/a_b) and ~~nothing~~ else.
A second line with __strong__ and snake_case_words, 2 * 3 * 4 = 24.

1. First **thing
   over two lines**
2. Second
   - inner *item*
   - [x] done

> quoted **text**
> goes on

\`\`\`ts
const a = [1, 2]; // **no emphasis**
if (a) {}
\`\`\`

| Name | Amount |
|:-----|-------:|
| a    | \`1\`  |
|      | **2**  |

Last words.`;

describe('parseMarkdown', () => {
  test('an answer becomes blocks without marks', () => {
    const blocks = parseMarkdown(answer);
    expect(blocks.map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'list',
      'quote',
      'code',
      'table',
      'paragraph',
    ]);
    expect(shown(blocks)).toBe(`A plan
Here is what to do, with code, a link and nothing else.
A second line with strong and snake_case_words, 2 * 3 * 4 = 24.
First thing
   over two lines
Second
inner item
 done
quoted text
 goes on
const a = [1, 2]; // **no emphasis**
if (a) {}
Name|Amount
a|1
|2
Last words.`);
    expect(blocks[4]).toMatchObject({ type: 'code', language: 'ts' });
    expect(blocks[5]).toMatchObject({ align: ['left', 'right'] });
  });

  test('code in a list keeps its own indentation only', () => {
    const [list] = parseMarkdown('- step\n\n  ```py\n  if x:\n      y\n  ```');
    expect(list).toMatchObject({ items: [[{ type: 'paragraph' }, { type: 'code', text: 'if x:\n    y' }]] });
  });

  test('HTML stays the text that it is', () => {
    const hostile = '<img src=x onerror="alert(1)">';
    expect(parseMarkdown(hostile)).toEqual([{ type: 'verbatim', text: hostile }]);
    expect(shown(parseMarkdown(`before ${hostile} after`))).toBe(`before ${hostile} after`);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '&#106;avascript:alert(1)',
    'data:text/html,<b>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a/b',
    '//attacker.example/x',
    '/relative',
    '#here',
  ])('%s is no link, however it is written', (address) => {
    const texts = [
      `[click](${address})`,
      `[click](<${address}>)`,
      `<${address}>`,
      `![x](${address})`,
      `[click][a]\n\n[a]: ${address}`,
    ];
    for (const text of texts) expect(linksOf(parseMarkdown(text))).toEqual([]);
  });

  test('an image is a link to where it lies, never an image', () => {
    expect(parseMarkdown('![a *cat*](https://example.com/c.png)')).toEqual([
      {
        type: 'paragraph',
        inside: [{ type: 'link', href: 'https://example.com/c.png', inside: [{ type: 'text', text: 'a cat' }] }],
      },
    ]);
  });

  test('a label takes the address that is defined for it; one without stays as it is', () => {
    const blocks = parseMarkdown('[here][A b] and [there] and [ ] x[0]\n\n[a  B]: https://example.com/');
    expect(linksOf(blocks)).toEqual(['https://example.com/']);
    expect(shown(blocks)).toContain('here and [there] and [ ] x[0]');
  });
});

describe('a text that grows', () => {
  test('what was shown once stays: no mark flickers and nothing is taken back', () => {
    const whole = shown(parseMarkdown(answer));
    for (let length = 1; length <= answer.length; length += 1) {
      const now = drawnSoFar(answer.slice(0, length)).trimEnd();
      const readable = now.replaceAll(/[|\s]+/g, ' ').trim();
      expect(
        whole
          .replaceAll(/[|\s]+/g, ' ')
          .trim()
          .startsWith(readable),
        `${length}: ${JSON.stringify(now)}`,
      ).toBe(true);
    }
  });

  test.each([
    ['**bold', 'bold'],
    ['**bold ', 'bold'],
    ['a **', 'a'],
    ['***both', 'both'],
    ['`code', 'code'],
    ['``a ` b', 'a ` b'],
    ['2 * 3', '2 * 3'],
    ['snake_case_', 'snake_case'],
    ['[label](https://exam', 'label'],
    ['see [la', 'see la'],
    ['![alt](https://e', ''],
    ['| a | b', 'a|b'],
    ['| a | b |\n|--', 'a|b'],
    ['text\n-', 'text'],
    ['text\n==', 'text'],
    ['- [', ''],
    ['```', ''],
    ['```js\nx\n``', 'x'],
  ])('%j shows %j', (text, expected) => {
    expect(drawnSoFar(text).trim()).toBe(expected);
  });

  test('settled blocks and the open one are the whole', () => {
    for (let length = 1; length <= answer.length; length += 7) {
      const text = answer.slice(0, length);
      const { settled, openFrom } = parseSettled(text);
      expect([...settled, ...parseMarkdown(text.slice(openFrom))]).toEqual(parseMarkdown(text));
    }
  });
});
