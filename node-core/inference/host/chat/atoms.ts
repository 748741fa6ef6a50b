import { literal } from '../../schema/gbnf.ts';

/** Stands for the id of a call where a template writes one. */
export const CALL_ID = '\u{f8ff}';
/** Stands for the number of a call. */
export const CALL_NUMBER = '\u{f8fe}';
/** Text that a model may leave out. */
export const maybe = (text: string): string => `\u{f8fc}${text}\u{f8fd}`;

/** A text that a model writes around a call, in pieces: fixed text, text that may be left out, room for white space, the id or the number of the call. */
export type Atom = { readonly text: string } | { readonly maybe: string } | 'gap' | 'id' | 'number';

/** White space that a model may write where its template has some. */
export const gapRule = '[ \\t\\n]{0,4}';
const rules = { gap: 'gap', id: '[a-zA-Z0-9]{9}', number: '[0-9]{1,4}' } as const;
const patterns = { gap: '\\s*', id: '[a-zA-Z0-9]*', number: '\\d+' } as const;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&');
const words =
  /\u{f8fc}[^\u{f8fd}]*\u{f8fd}|\u{f8fe}|<[^<>\s]*>|\[\/?[A-Z_]+\]|\s+|\u{f8ff}|"[^"\s\u{f8ff}]*"|[{}[\],:]|[^\s"{}[\],:<\u{f8fc}-\u{f8ff}]+|./gu;
const punctuation = /^[{}[\],:]$/u;

/** `json`: white space may also stand around punctuation. A quote at the beginning ends the name of the function. */
export const atomsOf = (text: string, json: boolean): readonly Atom[] => {
  const atoms: Atom[] = [];
  const push = (atom: Atom) => {
    if (atom !== 'gap' || atoms.at(-1) !== 'gap') atoms.push(atom);
  };
  const quoted = json && text.startsWith('"');
  if (quoted) atoms.push({ text: '"' });
  for (const [word] of (quoted ? text.slice(1) : text).matchAll(words)) {
    if (word.trim() === '') push('gap');
    else if (word === CALL_ID) push('id');
    else if (word === CALL_NUMBER) push('number');
    else if (word.startsWith('\u{f8fc}')) push({ maybe: word.slice(1, -1) });
    else if (json && punctuation.test(word)) {
      push('gap');
      push({ text: word });
      push('gap');
    } else {
      const last = atoms.at(-1);
      if (typeof last === 'object' && 'text' in last) atoms[atoms.length - 1] = { text: last.text + word };
      else push({ text: word });
    }
  }
  return atoms;
};

export const grammarOf = (atoms: readonly Atom[]): string =>
  atoms
    .map((atom) =>
      typeof atom === 'string' ? rules[atom] : 'text' in atom ? literal(atom.text) : `(${literal(atom.maybe)})?`,
    )
    .join(' ');

export const patternOf = (atoms: readonly Atom[]): string =>
  atoms
    .map((atom) =>
      typeof atom === 'string' ? patterns[atom] : 'text' in atom ? escaped(atom.text) : `(?:${escaped(atom.maybe)})?`,
    )
    .join('');

/** What remains of the atoms once a text has been written: null where it is none of them. `beyond` is what was written after all of them. */
export const afterWritten = (
  atoms: readonly Atom[],
  written: string,
): { readonly rest: readonly Atom[]; readonly beyond: string } | null => {
  let left = written;
  for (const [index, atom] of atoms.entries()) {
    if (left === '') return { rest: atoms.slice(index), beyond: '' };
    if (atom === 'id' || atom === 'number') return null;
    if (atom === 'gap') left = left.trimStart();
    else if ('maybe' in atom) {
      if (left.startsWith(atom.maybe)) left = left.slice(atom.maybe.length);
      else if (atom.maybe.startsWith(left))
        return { rest: [{ text: atom.maybe.slice(left.length) }, ...atoms.slice(index + 1)], beyond: '' };
    } else if (left.startsWith(atom.text)) left = left.slice(atom.text.length);
    else if (atom.text.startsWith(left))
      return { rest: [{ text: atom.text.slice(left.length) }, ...atoms.slice(index + 1)], beyond: '' };
    else return null;
  }
  return { rest: [], beyond: left };
};
