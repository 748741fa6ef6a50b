import { afterWritten, atomsOf, patternOf } from './atoms.ts';
import type { ArgumentForm } from './tool-syntax.ts';

/** Turns the arguments of one call, as they are written, into JSON text. */
export interface ArgumentReader {
  /** `rest` is what follows the arguments once they have ended. */
  push(text: string): { readonly delta: string; readonly rest: string | null };
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
/** The longest end of a text that could become `mark`. */
export const heldFor = (text: string, mark: string): number => {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length -= 1)
    if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
};

const jsonReader = (): ArgumentReader => {
  let depth = 0;
  let inString = false;
  let escaped = false;
  return {
    push(piece) {
      const text = depth === 0 ? piece.trimStart() : piece;
      for (let index = 0; index < text.length; index += 1) {
        const char = text.charAt(index);
        if (escaped) escaped = false;
        else if (inString) {
          if (char === '\\') escaped = true;
          else if (char === '"') inString = false;
        } else if (char === '"') inString = true;
        else if (char === '{' || char === '[') depth += 1;
        else if (char === '}' || char === ']') {
          depth -= 1;
          if (depth <= 0) return { delta: text.slice(0, index + 1), rest: text.slice(index + 1) };
        }
      }
      return { delta: text, rest: null };
    },
  };
};

const words: Readonly<Record<string, string>> = {
  true: 'true',
  True: 'true',
  false: 'false',
  False: 'false',
  null: 'null',
  None: 'null',
};
const bareValue = (word: string): string =>
  words[word] ??
  (/^[-+]?(?:\d|\.\d)[\d.eE+-]*$/u.test(word) && Number.isFinite(Number(word))
    ? `${Number(word)}`
    : JSON.stringify(word));

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', 0: '\0' };

interface Looseness {
  /** What strings stand between; the first of several that fits. */
  readonly marks: readonly string[];
  readonly escapes: boolean;
  /** Of the arguments themselves. */
  readonly sign: string;
  /** Ends the arguments; not read. */
  readonly closer: string;
}

/** Python's literals, and the forms that resemble JSON without its quotes. */
const looseReader = ({ marks, escapes, sign, closer }: Looseness): ArgumentReader => {
  const stack: string[] = [];
  let buffer = '';
  let started = false;
  let comma = false;
  /** The mark that ends the string being read. */
  let open: string | null = null;
  const delimiters = new Set([...'[]{}(),:=\'"', ...marks.map((mark) => mark.charAt(0))]);

  const stringPart = (mark: string): { out: string; more: boolean } => {
    let out = '';
    while (buffer !== '') {
      const end = buffer.indexOf(mark);
      const slash = escapes || mark.length === 1 ? buffer.indexOf('\\') : -1;
      if (slash >= 0 && (end < 0 || slash < end)) {
        out += inJson(buffer.slice(0, slash));
        const kind = buffer.charAt(slash + 1);
        const digits = kind === 'u' ? 4 : kind === 'x' ? 2 : 0;
        if (kind === '' || buffer.length < slash + 2 + digits) {
          buffer = buffer.slice(slash);
          return { out, more: false };
        }
        const code = buffer.slice(slash + 2, slash + 2 + digits);
        const known = simpleEscapes[kind];
        if (digits > 0 && /^[0-9a-fA-F]+$/u.test(code)) out += inJson(String.fromCharCode(Number.parseInt(code, 16)));
        else out += inJson(known ?? (/["'\\/]/u.test(kind) ? kind : `\\${kind}${code}`));
        buffer = buffer.slice(slash + 2 + digits);
      } else if (end >= 0) {
        out += `${inJson(buffer.slice(0, end))}"`;
        buffer = buffer.slice(end + mark.length);
        open = null;
        return { out, more: true };
      } else {
        const held = heldFor(buffer, mark);
        const shown = buffer.slice(0, buffer.length - held);
        out += inJson(shown);
        buffer = buffer.slice(shown.length);
        return { out, more: false };
      }
    }
    return { out, more: false };
  };

  /** One token outside of strings; null where more text is needed to tell. */
  const token = (): string | null => {
    buffer = buffer.trimStart();
    const char = buffer.charAt(0);
    if (char === '') return null;
    const lead = () => {
      const before = comma ? ', ' : '';
      comma = false;
      return before;
    };
    const mark = marks.find((one) => buffer.startsWith(one));
    if (mark !== undefined) {
      buffer = buffer.slice(mark.length);
      open = mark;
      return `${lead()}"`;
    }
    if (marks.some((one) => one.startsWith(buffer))) return null;
    if (char === '{' || char === '[' || char === '(') {
      buffer = buffer.slice(1);
      stack.push(char === '{' ? '}' : ']');
      return lead() + (char === '{' ? '{' : '[');
    }
    if (char === '}' || char === ']' || char === ')') {
      buffer = buffer.slice(1);
      comma = false;
      return stack.pop() ?? '';
    }
    if (char === ',') {
      buffer = buffer.slice(1);
      comma = true;
      return '';
    }
    if (char === ':' || char === '=') {
      buffer = buffer.slice(1);
      return ': ';
    }
    let length = 1;
    while (length < buffer.length && !/\s/u.test(buffer.charAt(length)) && !delimiters.has(buffer.charAt(length)))
      length += 1;
    const after = buffer.slice(length).trimStart().charAt(0);
    if (after === '') return null;
    const word = buffer.slice(0, length);
    buffer = buffer.slice(length);
    const isKey = after === ':' || (after === '=' && sign === '=' && stack.length === 0);
    return lead() + (isKey ? JSON.stringify(word) : bareValue(word));
  };

  return {
    push(text) {
      buffer += text;
      let delta = started ? '' : '{';
      started = true;
      while (buffer !== '') {
        if (open !== null) {
          const { out, more } = stringPart(open);
          delta += out;
          if (!more) return { delta, rest: null };
          continue;
        }
        if (stack.length === 0 && buffer.trimStart().startsWith(closer))
          return { delta: `${delta}}`, rest: buffer.trimStart() };
        const next = token();
        if (next === null) return { delta, rest: null };
        delta += next;
      }
      return { delta, rest: null };
    },
  };
};

/** `isText`: whether an argument is a text by the tool's schema; others are JSON where they can be. */
const taggedReader = (
  { keyOpen, keyClose, jsonKeyClose, valueClose }: Extract<ArgumentForm, { kind: 'tagged' }>,
  isText: (name: string) => boolean,
): ArgumentReader => {
  const open = atomsOf(keyOpen.trim(), false);
  const closer = (text: string) => new RegExp(patternOf(atomsOf(text.trim(), false)), 'u');
  const close = closer(keyClose);
  const jsonClose = jsonKeyClose === undefined ? null : closer(jsonKeyClose);
  const endMark = valueClose.trim();
  let buffer = '';
  let state: 'between' | 'key' | 'value' | 'text' = 'between';
  let count = 0;
  let started = false;
  /** White space that belongs to the value only if more of it follows. */
  const framed = keyClose.endsWith('\n') || valueClose.startsWith('\n');

  const step = (): { readonly delta: string; readonly ended?: boolean } | null => {
    if (state === 'between') {
      const begun = afterWritten(open, buffer.trimStart());
      if (begun && begun.rest.length > 0) return null;
      if (begun) {
        buffer = begun.beyond;
        state = 'key';
        return { delta: '' };
      }
      return { delta: '}', ended: true };
    }
    if (state === 'key') {
      const [asText, asJson] = [close.exec(buffer), jsonClose?.exec(buffer)];
      const isJson = asJson && (!asText || asJson.index < asText.index);
      const found = isJson ? asJson : asText;
      if (!found) return null;
      const name = buffer.slice(0, found.index).trim();
      buffer = buffer.slice(found.index + found[0].length);
      count += 1;
      state = (jsonClose ? !isJson : isText(name)) ? 'text' : 'value';
      return { delta: `${count > 1 ? ', ' : ''}${JSON.stringify(name)}: ${state === 'text' ? '"' : ''}` };
    }
    // The line break after the opening tag waits until what follows is known.
    const end = buffer.indexOf(endMark);
    if (state === 'value') {
      if (end < 0) return null;
      const value = buffer.slice(0, end).trim();
      buffer = buffer.slice(end + endMark.length);
      state = 'between';
      return { delta: jsonOr(value) };
    }
    if (end >= 0) {
      const text = framed ? buffer.slice(0, end).replace(/\n$/u, '') : buffer.slice(0, end);
      buffer = buffer.slice(end + endMark.length);
      state = 'between';
      return { delta: `${inJson(skip(text))}"` };
    }
    const held = Math.max(heldFor(buffer, endMark), framed ? heldFor(buffer, `\n${endMark}`) : 0);
    const shown = buffer.slice(0, buffer.length - held);
    buffer = buffer.slice(shown.length);
    return shown === '' ? null : { delta: inJson(skip(shown)) };
  };
  let first = true;
  const skip = (text: string): string => {
    const out = first && framed ? text.replace(/^\n/u, '') : text;
    first = false;
    return out;
  };

  return {
    push(text) {
      buffer += text;
      let delta = started ? '' : '{';
      started = true;
      for (let next = step(); next !== null; next = step()) {
        delta += next.delta;
        if (next.ended) return { delta, rest: buffer };
        if (state !== 'text') first = true;
      }
      return { delta, rest: null };
    },
  };
};

const jsonOr = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return words[text] ?? JSON.stringify(text);
  }
};

export const createArgumentReader = (form: ArgumentForm, isText: (name: string) => boolean): ArgumentReader => {
  switch (form.kind) {
    case 'json':
      return jsonReader();
    case 'tagged':
      return taggedReader(form, isText);
    case 'python':
      return looseReader({ marks: ["'", '"'], escapes: true, sign: '=', closer: ')' });
    case 'marked':
      return looseReader({ marks: [form.mark, '"'], escapes: false, sign: ':', closer: '}' });
  }
};
