import { createContext, Script } from 'node:vm';
import { AppError } from '../contract/index.ts';

/** The caller chose the expressions and branches, and a server elsewhere the text that they are tried on: together they may take for ever. */
const CHECK_MS = 250;

const context: { check: () => unknown } = { check: () => undefined };
createContext(context);
const script = new Script('check()');

/** A check of an answer against a schema, which takes `ms` milliseconds at most. @throws AppError `SCHEMA_UNSUPPORTED` where it would take longer */
export const bounded = (check: () => boolean, ms = CHECK_MS): boolean => {
  context.check = check;
  try {
    return script.runInContext(context, { timeout: ms }) === true;
  } catch (cause) {
    throw new AppError(
      'SCHEMA_UNSUPPORTED',
      'The answer could not be checked against the JSON schema in good time. Use a simpler one: no "pattern" with repeats inside of repeats, and fewer branches.',
      { cause },
    );
  } finally {
    context.check = () => undefined;
  }
};
