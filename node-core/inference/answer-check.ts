import { z } from 'zod';
import { AppError } from '../contract/index.ts';
import { bounded } from './bounded.ts';
import { type EndpointAddress, failed } from './endpoint-errors.ts';
import type { JsonSchema } from './types.ts';

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
