import { literal } from '../../schema/gbnf.ts';

/** Stands for the id of a call where a template writes one. */
export const CALL_ID = '\u{f8ff}';

/** A text that a model writes around a call, in pieces: fixed text, room for white space, the id of the call. */
export type Atom = { readonly text: string } | 'gap' | 'id';

/** White space that a model may write where its template has some. */
export const gapRule = '[ \\t\\n]{0,4}';
const idRule = '[a-zA-Z0-9]{9}';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&');
const words = /<[^<>\s]*>|\[\/?[A-Z_]+\]|\s+|\u{f8ff}|"[^"\s\u{f8ff}]*"|[{}[\],:]|[^\s"{}[\],:<\u{f8ff}]+|./gu;
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
    else if (json && punctuation.test(word)) {
      push('gap');
      push({ text: word });
      push('gap');
    } else {
      const last = atoms.at(-1);
      if (typeof last === 'object') atoms[atoms.length - 1] = { text: last.text + word };
      else push({ text: word });
    }
  }
  return atoms;
};

export const grammarOf = (atoms: readonly Atom[]): string =>
  atoms.map((atom) => (atom === 'gap' ? 'gap' : atom === 'id' ? idRule : literal(atom.text))).join(' ');

export const patternOf = (atoms: readonly Atom[]): string =>
  atoms.map((atom) => (atom === 'gap' ? '\\s*' : atom === 'id' ? '[a-zA-Z0-9]*' : escaped(atom.text))).join('');

/** What remains of the atoms once a text has been written: null where it is none of them. `beyond` is what was written after all of them. */
export const afterWritten = (
  atoms: readonly Atom[],
  written: string,
): { readonly rest: readonly Atom[]; readonly beyond: string } | null => {
  let left = written;
  for (const [index, atom] of atoms.entries()) {
    if (left === '') return { rest: atoms.slice(index), beyond: '' };
    if (atom === 'id') return null;
    if (atom === 'gap') left = left.trimStart();
    else if (left.startsWith(atom.text)) left = left.slice(atom.text.length);
    else if (atom.text.startsWith(left))
      return { rest: [{ text: atom.text.slice(left.length) }, ...atoms.slice(index + 1)], beyond: '' };
    else return null;
  }
  return { rest: [], beyond: left };
};
