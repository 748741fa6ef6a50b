import { expect, test } from 'vitest';
import { highlightLine, type Open } from './highlight.ts';

const kinds = (line: string, language: string, before: Open = null): string =>
  highlightLine(line, language, before)
    .tokens.filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind}:${text}`)
    .join(' ');

test.each([
  ['const a = "x" + 1; // why', 'ts', 'keyword:const string:"x" number:1 comment:// why'],
  ["it's plain: don't", 'js', ''],
  ['def f(x): return x # note', 'python', 'keyword:def keyword:return comment:# note'],
  ['echo "$HOME" # here', 'bash', 'keyword:echo string:"$HOME" comment:# here'],
  ['SELECT a FROM b -- all', 'sql', 'keyword:SELECT keyword:FROM comment:-- all'],
  ['{"a": [1, true, "x"]}', 'json', 'string:"a" number:1 keyword:true string:"x"'],
  ['"https://example.com"', 'js', 'string:"https://example.com"'],
  ['+ added', 'diff', 'added:+ added'],
  ['--- a/file', 'diff', ''],
  ['const a = 1', 'nonsense', ''],
])('%s in %s', (line, language, expected) => {
  expect(kinds(line, language)).toBe(expected);
});

test('what a line leaves open goes on in the next, and nothing of the text is lost', () => {
  const lines = ['let a = `one', 'two ${x}', 'three`; /* note', 'goes on */ return 2'];
  let open: Open = null;
  const found: string[] = [];
  for (const line of lines) {
    const highlighted = highlightLine(line, 'ts', open);
    expect(highlighted.tokens.map(({ text }) => text).join('')).toBe(line);
    found.push(highlighted.tokens.map(({ kind }) => kind[0]).join(''));
    open = highlighted.open;
  }
  expect(found).toEqual(['kpss', 's', 'spcc', 'cpkpn']);
  expect(open).toBeNull();
});
