import type { JsonSchema } from '../types.ts';
import { json } from './dialect.ts';
import { createRuleBook } from './gbnf.ts';
import { createSchemaRules } from './schema-rules.ts';

/**
 * The GBNF grammar whose texts are all valid under the schema. Properties come in the order in which they are listed; optional ones may be left out.
 * @throws AppError `SCHEMA_UNSUPPORTED` naming the keyword that a grammar can't hold an answer to
 */
export const schemaToGrammar = (schema: JsonSchema): string => {
  const book = createRuleBook(json.rules);
  return book.text(createSchemaRules(schema, '#', json, book).value());
};
