import { z } from 'zod';
import type { PlaybookPart, PlaybookParts } from '../../contract/index.ts';
import type { Tool } from '../../tools/index.ts';
import type { Known } from './faults.ts';

/** A schema as others read it; what JSON Schema can't say is left open. */
const schemaOf = (type: z.ZodType): PlaybookPart['input'] =>
  z
    .record(z.string(), z.json())
    .parse(JSON.parse(JSON.stringify(z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }))));

const byName = (a: PlaybookPart, b: PlaybookPart): number => (a.name < b.name ? -1 : 1);

/** Everything that a step can name, with what it takes. */
export const partsOf = ({
  tools,
  rules,
  changes,
  checks,
}: Pick<Known, 'rules' | 'changes' | 'checks'> & { readonly tools: readonly Tool[] }): PlaybookParts => ({
  tools: tools.map(({ name, description, input }) => ({ name, description, input: schemaOf(input) })).toSorted(byName),
  rules: [...rules.values()]
    .map(({ name, input }) => ({ name, description: '', input: schemaOf(input) }))
    .toSorted(byName),
  changes: [...changes.values()]
    .map(({ name, input }) => ({ name, description: '', input: schemaOf(input) }))
    .toSorted(byName),
  checks: [...checks.values()]
    .map(({ name, options }) => ({ name, description: '', input: schemaOf(options) }))
    .toSorted(byName),
});
