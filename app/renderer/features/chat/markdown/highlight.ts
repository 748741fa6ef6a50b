export interface Token {
  readonly kind: 'plain' | 'comment' | 'string' | 'number' | 'keyword' | 'added' | 'removed';
  readonly text: string;
}

interface Language {
  readonly lineComment: readonly string[];
  /** Begin and end of what may go over lines: comments and long strings. */
  readonly spans: readonly (readonly [string, string, 'comment' | 'string'])[];
  readonly quotes: string;
  readonly keywords: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const slashes = { lineComment: ['//'], quotes: `"'` };
const block = ['/*', '*/', 'comment'] as const;

const script: Language = {
  ...slashes,
  spans: [block, ['`', '`', 'string']],
  keywords: words(
    'abstract any as async await boolean break case catch class const continue declare default delete do else enum export extends false finally for from function get if implements import in instanceof interface is keyof let new null number of override private protected public readonly return satisfies set static string super switch this throw true try type typeof undefined unknown var void while with yield',
  ),
};
const cFamily: Language = {
  ...slashes,
  spans: [block],
  keywords: words(
    'abstract async auto await base bool boolean break case catch char class const constexpr continue crate default defer delete do double dyn else enum extends extern false final finally float fn for foreach fun func go goto guard if impl implements import in inline int interface internal is let long loop match mod module move mut namespace new nil null nullptr object of operator out override package private protected pub public range readonly ref return select self sealed short signed sizeof static string struct super switch template this throw throws trait true try type typedef typename union unsafe unsigned use using val var virtual void volatile when where while yield',
  ),
};
const python: Language = {
  lineComment: ['#'],
  spans: [
    ['"""', '"""', 'string'],
    ["'''", "'''", 'string'],
  ],
  quotes: `"'`,
  keywords: words(
    'and as assert async await begin break case class continue def del do elif else elsif end ensure except False finally for from global if import in is lambda match module None nonlocal not or pass raise require rescue return self then True try unless until while with yield',
  ),
};
const shell: Language = {
  lineComment: ['#'],
  spans: [],
  quotes: `"'`,
  keywords: words(
    'alias case cd do done echo elif else esac eval exec exit export fi for function if in local read return select set shift source sudo then trap unset until while',
  ),
};
const data: Language = {
  lineComment: ['#'],
  spans: [],
  quotes: `"'`,
  keywords: words('true false null yes no on off'),
};
const json: Language = { lineComment: ['//'], spans: [block], quotes: '"', keywords: words('true false null') };
const css: Language = {
  lineComment: [],
  spans: [block],
  quotes: `"'`,
  keywords: words('important media supports import'),
};
const markup: Language = { lineComment: [], spans: [['<!--', '-->', 'comment']], quotes: `"'`, keywords: new Set() };
const queryWords =
  'add all alter and as asc begin between by case cascade check column commit constraint create cross database default delete desc distinct drop else end exists foreign from full group having if in index inner insert into is join key left like limit not null on or order outer primary references replace returning right rollback select set table then transaction trigger union unique update using values view when where with';
const sql: Language = {
  lineComment: ['--'],
  spans: [block],
  quotes: `'"`,
  keywords: words(`${queryWords} ${queryWords.toUpperCase()}`),
};

const byName: ReadonlyMap<string, Language> = new Map(
  (
    [
      [script, 'js javascript jsx mjs cjs ts typescript tsx mts'],
      [cFamily, 'c h cpp c++ cc hpp cs csharp java kotlin kt go rust rs swift scala dart php zig objc'],
      [python, 'py python rb ruby'],
      [shell, 'sh bash zsh shell console fish dockerfile makefile make'],
      [data, 'yaml yml toml ini conf properties env'],
      [json, 'json jsonc json5'],
      [css, 'css scss less'],
      [markup, 'html xml svg vue svelte'],
      [sql, 'sql sqlite postgres postgresql mysql'],
    ] as const
  ).flatMap(([language, names]) => names.split(' ').map((name) => [name, language] as const)),
);

/** What is still open where a line ends: its end mark and its kind. */
export type Open = readonly [end: string, kind: 'comment' | 'string'] | null;
interface HighlightedLine {
  readonly tokens: readonly Token[];
  readonly open: Open;
}

const diffLine = (line: string): Token => ({
  kind: /^\+(?!\+\+)/.test(line) ? 'added' : /^-(?!--)/.test(line) ? 'removed' : /^@@/.test(line) ? 'comment' : 'plain',
  text: line,
});

/** The tokens of one line. A language that is not known is plain text. */
export const highlightLine = (line: string, language: string, before: Open): HighlightedLine => {
  if (language === 'diff' || language === 'patch') return { tokens: [diffLine(line)], open: null };
  const rules = byName.get(language.toLowerCase());
  if (!rules) return { tokens: [{ kind: 'plain', text: line }], open: null };
  const tokens: Token[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') tokens.push({ kind: 'plain', text: plain });
    plain = '';
  };
  const say = (kind: Token['kind'], text: string): void => {
    flush();
    tokens.push({ kind, text });
  };
  let at = 0;
  let open = before;
  while (at < line.length) {
    const rest = line.slice(at);
    if (open) {
      const [mark, kind] = open;
      const end = rest.indexOf(mark);
      const length: number = end < 0 ? rest.length : end + mark.length;
      if (end >= 0) open = null;
      say(kind, rest.slice(0, length));
      at += length;
      continue;
    }
    if (rules.lineComment.some((mark) => rest.startsWith(mark)) && (at === 0 || /[\s;{}()]/.test(line[at - 1] ?? ''))) {
      say('comment', rest);
      break;
    }
    const span = rules.spans.find(([begin]) => rest.startsWith(begin));
    if (span) {
      const [begin, end, kind] = span;
      say(kind, begin);
      at += begin.length;
      open = [end, kind];
      continue;
    }
    const character = rest[0] ?? '';
    // An apostrophe in a word begins no string; nor does one that is never closed.
    const isInWord =
      character === "'" && /[\p{L}\p{N}]$/u.test(line.slice(0, at)) && !/\b[bfru]{1,2}$/i.test(line.slice(0, at));
    if (rules.quotes.includes(character) && !isInWord) {
      const closed = new RegExp(`^${character}(?:\\\\.|[^${character}\\\\])*${character}`).exec(rest)?.[0];
      if (closed) {
        say('string', closed);
        at += closed.length;
        continue;
      }
    }
    const word = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest)?.[0] ?? /^\d[\w.]*/.exec(rest)?.[0] ?? character;
    if (/^\d/.test(word)) say('number', word);
    else if (rules.keywords.has(word)) say('keyword', word);
    else plain += word;
    at += word.length;
  }
  flush();
  return { tokens, open };
};
