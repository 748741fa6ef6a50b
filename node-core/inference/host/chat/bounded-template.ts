import { randomBytes } from 'node:crypto';
import { AppError } from '../../../contract/errors.ts';
import type { TemplateRenderer } from '../llama.ts';

/**
 * llama.cpp renders a template by recursion without a limit: on a stack of 8 MB it gets through 3,000 of the costliest nodes in a row, then the
 * process is gone.
 */
const MAX_NODES = 2_000;
const TOO_DEEP = 'too deep';

interface Token {
  readonly kind: 'open' | 'close' | 'word' | 'sign' | 'text';
  readonly text: string;
  readonly from: number;
}

const tagBegin = /\{[%{#]/gu;
const space = /\s*/uy;
const token =
  /(?<open>\{%-|\{\{-|\{%|\{\{)|(?<close>-%\}|-\}\}|%\}|\}\})|(?<text>'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*")|(?<word>\w+)|(?<sign>[<>=!]=|[(){}[\],.:|<>+\-~*/%=])/uy;
const closeCurly = /\}/uy;

/** The tags of a template, cut as llama.cpp's lexer cuts them (common/jinja/lexer.cpp); null where that refuses it. */
const tokensOf = (source: string): Token[] | null => {
  const tokens: Token[] = [];
  let at = 0;
  let inTag = false;
  let curly = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  while (at < source.length) {
    if (!inTag) {
      const begin = match(tagBegin);
      if (!begin) break;
      at = begin.index;
    }
    if (source.startsWith('{#', at)) {
      const end = source.indexOf('#}', at + 2);
      if (end < 0) return null;
      at = end + 2;
      inTag = false;
      continue;
    }
    if (source[at] === '-' && tokens.at(-1)?.kind === 'open') at += 1;
    at += match(space)?.[0].length ?? 0;
    if (at >= source.length) break;
    // The end of an object in braces is not that of the tag.
    const found = (curly !== 0 && source.startsWith('}}', at) ? match(closeCurly) : null) ?? match(token);
    if (!found) return null;
    const [text] = found;
    const { open, close, text: quoted, word } = found.groups ?? {};
    const kind = open ? 'open' : close ? 'close' : word ? 'word' : quoted ? 'text' : 'sign';
    tokens.push({ kind, text, from: at });
    if (text.startsWith('{{')) curly = 0;
    if (text === '{') curly += 1;
    if (text === '}') curly -= 1;
    inTag = kind !== 'close';
    at += text.length;
  }
  return tokens;
};

const chains = new Set(['if', 'else', 'and', 'or', 'not', 'in', 'is']);

/** How many nodes deep the expressions of a tag may be: what follows on one another within the same brackets counts as nested. */
const depthOf = (tag: readonly Token[]): number => {
  const levels = [0];
  let sum = 0;
  let deepest = 0;
  for (const { kind, text } of tag) {
    const here = levels.length - 1;
    if (kind === 'sign' && (text === ',' || text === ':')) {
      sum -= levels[here] ?? 0;
      levels[here] = 0;
    } else if (kind === 'sign' && ')]}'.includes(text)) {
      if (levels.length > 1) sum -= levels.pop() ?? 0;
    } else if (kind === 'sign' || (kind === 'word' && chains.has(text))) {
      levels[here] = (levels[here] ?? 0) + 1;
      sum += 1;
      if ('([{'.includes(text)) levels.push(0);
    }
    deepest = Math.max(deepest, sum);
  }
  return deepest;
};

/** What a parameter is by default is computed before the function begins, and so before it counts. */
const callsInDefaults = (tag: readonly Token[]): boolean => {
  const begin = tag[0]?.text === 'call' ? 1 : 2;
  if (tag[begin]?.text !== '(') return false;
  const rest = tag.slice(begin + 1).map(({ kind, text }) => (kind === 'sign' ? text : ''));
  const inner = rest.indexOf('(');
  return inner >= 0 && inner < rest.indexOf(')');
};

const refused = (): AppError =>
  new AppError(
    'MODEL_LOAD_FAILED',
    "The chat template in this model file can't be read. Get the model from another source, or send a prompt without roles.",
  );

/**
 * Templates may have functions that call themselves, and some do, to write the schema of a tool. Each function counts how deep it stands and
 * ends the rendering where that is more than the stack holds. The counter has a name that no template knows.
 */
const bounded = (source: string, counter: string): string => {
  const tokens = tokensOf(source);
  if (!tokens) throw refused();
  const marks: { at: number; open: string; close: string; begins: boolean }[] = [];
  /** Of each block that is open, how many nodes it adds. */
  const blocks: number[] = [];
  let deepest = 0;
  let nested = 0;
  const add = (count: number) => {
    blocks.push(count);
    nested += count;
  };
  for (let index = 0; index < tokens.length; ) {
    let end = index + 1;
    while (end < tokens.length && tokens[end]?.kind !== 'close') end += 1;
    const open = tokens[index];
    const close = tokens[end];
    if (!open || !close) throw refused();
    const tag = tokens.slice(index + 1, end);
    const name = open.text.startsWith('{%') && tag[0]?.kind === 'word' ? tag[0].text : '';
    if ((name === 'macro' || name === 'call') && callsInDefaults(tag)) throw refused();
    deepest = Math.max(deepest, nested + depthOf(tag));
    if (name === 'endmacro' || name === 'endcall')
      marks.push({ at: open.from, open: open.text, close: '%}', begins: false });
    if (name === 'macro' || name === 'call')
      marks.push({ at: close.from + close.text.length, open: '{%', close: close.text, begins: true });
    if (name === 'elif' && blocks.length > 0) {
      blocks[blocks.length - 1] = (blocks.at(-1) ?? 0) + 1;
      nested += 1;
    } else if (name.startsWith('end')) nested -= blocks.pop() ?? 0;
    else if (['if', 'for', 'macro', 'call', 'filter'].includes(name)) add(1);
    else if (name === 'set' && !tag.some(({ text }) => text === '=')) add(1);
    deepest = Math.max(deepest, nested);
    index = end + 1;
  }
  if (deepest > MAX_NODES / 2) throw refused();
  const limit = Math.floor(MAX_NODES / (deepest + 1));
  let out = '';
  let from = 0;
  for (const { at, open, close, begins } of marks) {
    out += source.slice(from, at);
    from = at;
    out += begins
      ? `{% set ${counter}_here = ${counter}.depth + 1 %}{% set ${counter}.depth = ${counter}_here %}{% if ${counter}_here > ${limit} %}{{ raise_exception('${TOO_DEEP} ${counter}') }}{% endif ${close}`
      : `${open} set ${counter}.depth = ${counter}_here - 1 ${close}`;
  }
  return out + source.slice(from);
};

/**
 * A renderer that no template takes the process along with by what it calls.
 * @throws AppError `MODEL_LOAD_FAILED` where the template can't be read; its `render` throws `BAD_REQUEST` where it calls itself without an end
 */
export const openRenderer = (source: string, compile: (text: string) => TemplateRenderer): TemplateRenderer => {
  const counter = `jan_${randomBytes(8).toString('hex')}`;
  const text = bounded(source.replace(/\r\n?/gu, '\n'), counter);
  const open = () => {
    try {
      return compile(text);
    } catch (cause) {
      throw new AppError(refused().code, refused().message, { cause });
    }
  };
  const renderer = open();
  return {
    render(input) {
      try {
        return renderer.render({ ...input, [counter]: { depth: 0 } });
      } catch (cause) {
        if (!(cause instanceof Error && cause.message.includes(`${TOO_DEEP} ${counter}`))) throw cause;
        throw new AppError(
          'BAD_REQUEST',
          "The chat template in the model's file calls itself without an end, or too deep for this conversation. Nest the parameters of your tools less; where that makes no difference, get the model from another source.",
        );
      }
    },
  };
};
