import { createContext, Script } from 'node:vm';
import { z } from 'zod';
import { AppError } from '../contract/index.ts';
import { type EndpointAddress, failed } from './endpoint-errors.ts';
import type { JsonSchema } from './types.ts';

/** The caller chose the expressions and branches, and a server elsewhere the text that they are tried on: together they may take for ever. */
const CHECK_MS = 250;

const context: { check: () => unknown } = { check: () => undefined };
createContext(context);
const script = new Script('check()');

/** @throws AppError `SCHEMA_UNSUPPORTED` where it takes too long */
const bounded = (check: () => boolean): boolean => {
  context.check = check;
  try {
    return script.runInContext(context, { timeout: CHECK_MS }) === true;
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

/**
 * A server may ignore the schema: what comes back is checked, never trusted.
 * @throws AppError `SCHEMA_UNSUPPORTED` for what can not be checked
 */
export const answerCheck = (address: EndpointAddress, schema: JsonSchema | undefined): ((text: string) => void) => {
  if (!schema) return () => undefined;
  let expected: z.ZodType;
  try {
    expected = z.fromJSONSchema(schema);
  } catch (cause) {
    throw new AppError(
      'SCHEMA_UNSUPPORTED',
      'The JSON schema uses something that answers of an endpoint can not be checked against. Use a simpler schema.',
      { cause },
    );
  }
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw failed(
        address,
        'did not answer in the JSON that was asked for',
        'The server or its model may not support JSON schemas: use another model.',
        cause,
      );
    }
    if (!bounded(() => expected.safeParse(value).success)) {
      throw failed(
        address,
        'answered with JSON of another form than was asked for',
        'The server or its model may not support JSON schemas: use another model.',
      );
    }
  };
};
