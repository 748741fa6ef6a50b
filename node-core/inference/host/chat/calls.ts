import type { PromptOrder } from '../../protocol.ts';
import { createArgumentReader, heldFor } from './argument-readers.ts';
import { afterWritten, atomsOf, patternOf } from './atoms.ts';
import { type CallGrammar, isTextArgument } from './call-grammar.ts';
import type { CallReading } from './parser.ts';
import type { ToolSyntax } from './tool-syntax.ts';

/** Room for white space that a model adds to a header. */
const SLACK = 64;

const alternatives = (names: readonly string[]): string =>
  [...names]
    .sort((left, right) => right.length - left.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&'))
    .join('|');

/** How the calls of these tools are found in an answer and read. */
export const createCallReading = (
  syntax: ToolSyntax,
  tools: PromptOrder['tools'],
  grammar: CallGrammar,
): CallReading => {
  const isJson = syntax.form.kind === 'json';
  const open = atomsOf(syntax.open, isJson);
  const toName = syntax.anywhere ? (afterWritten(open, syntax.trigger)?.rest ?? []) : [];
  // A name ends where no character of a name follows: one may begin like another.
  const name = `(${alternatives(tools.map((tool) => tool.name))})(?=[^\\w.-])`;
  const middle = patternOf(atomsOf(syntax.middle, isJson));
  const longestName = Math.max(0, ...tools.map((tool) => tool.name.length));

  return {
    triggered(text, atStart) {
      if (syntax.anywhere) {
        const at = text.indexOf(syntax.trigger);
        return at < 0 ? null : { at, length: syntax.trigger.length };
      }
      const found = atStart ? afterWritten(open, text.trimStart()) : null;
      return found?.rest.length === 0 ? { at: 0, length: text.length - found.beyond.length } : null;
    },
    held(text, atStart) {
      if (syntax.anywhere) return heldFor(text, syntax.trigger);
      return atStart && afterWritten(open, text.trimStart()) !== null ? text.length : 0;
    },
    header: new RegExp(`^${patternOf(toName)}${name}${middle}`, 'u'),
    nextHeader:
      syntax.between === null
        ? null
        : new RegExp(`^\\s*${patternOf(atomsOf(syntax.between, isJson))}${name}${middle}`, 'u'),
    longestHeader: syntax.open.length + longestName + syntax.middle.length + SLACK,
    reader: (called) => {
      const tool = tools.find((one) => one.name === called);
      return createArgumentReader(syntax.form, (key) => isTextArgument(tool, key));
    },
    grammar(written) {
      const left = afterWritten(toName, written);
      return left && grammar.rest(left.rest, left.beyond);
    },
  };
};
