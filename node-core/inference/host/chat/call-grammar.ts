import { AppError } from '../../../contract/errors.ts';
import type { PromptOrder } from '../../protocol.ts';
import { type Dialect, json, marked, python } from '../../schema/dialect.ts';
import { createRuleBook, literal, repeat, type RuleBook, untilRule } from '../../schema/gbnf.ts';
import { createSchemaRules } from '../../schema/schema-rules.ts';
import { oneOf } from '../../schema/trie.ts';
import { type Atom, atomsOf, gapRule, grammarOf } from './atoms.ts';
import type { ArgumentForm, ToolSyntax } from './tool-syntax.ts';

type Tool = PromptOrder['tools'][number];
type Schema = NonNullable<Tool['parameters']>;

const anyObject: Schema = { type: 'object' };

export const dialectOf = (form: ArgumentForm): Dialect =>
  form.kind === 'python' ? python(form.mark) : form.kind === 'marked' ? marked(form.mark) : json;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const propertyOf = ({ parameters }: Tool, name: string): unknown => {
  const properties = parameters?.['properties'];
  return isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
};

/** Whether an argument is a text by the tool's schema. */
export const isTextArgument = (tool: Tool | undefined, name: string): boolean => {
  const schema = tool ? propertyOf(tool, name) : undefined;
  if (!isObject(schema)) return false;
  const values = schema['const'] === undefined ? schema['enum'] : [schema['const']];
  return (
    schema['type'] === 'string' ||
    (schema['type'] === undefined && Array.isArray(values) && values.every((value) => typeof value === 'string'))
  );
};

/** A text between tags is written as it is: only what it may be at all is held to, not a form inside it. */
const taggedText = (
  schema: Schema,
  { keyClose, valueClose }: Extract<ArgumentForm, { kind: 'tagged' }>,
  where: string,
  book: RuleBook,
): string => {
  const mark = valueClose.trim();
  // The line breaks around the text are not part of it; any other white space would be.
  const frame = keyClose.endsWith('\n') || valueClose.startsWith('\n') ? '"\\n"?' : '';
  const values = schema['const'] === undefined ? schema['enum'] : [schema['const']];
  if (Array.isArray(values)) {
    const texts = values.filter((value) => typeof value === 'string');
    return `${frame} ${book.add(oneOf(texts, book))} ${frame} ${literal(mark)}`;
  }
  for (const keyword of ['pattern', 'format'])
    if (schema[keyword] !== undefined)
      throw new AppError(
        'SCHEMA_UNSUPPORTED',
        `The schema of the arguments uses "${keyword}" at ${where}, which this model's form of calls can't be held to. Leave it out, or use "enum".`,
        { data: { keyword, where } },
      );
  const [min, max] = [Number(schema['minLength'] ?? 0), schema['maxLength']];
  if (min === 0 && max === undefined) return untilRule(mark, book);
  const plain = book.add(`[^${mark.charAt(0)}\\n]`);
  return `${frame} ${repeat(plain, min, max === undefined ? undefined : Number(max), book)} ${frame} ${literal(mark)}`;
};

/** Gemma's templates write arguments by name, so that the model expects them in this order. */
const byName = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(byName);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    const sorted =
      key === 'properties' && isObject(item) ? Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
    return [key, byName(sorted.length > 0 ? Object.fromEntries(sorted) : item)];
  });
  return Object.fromEntries(entries);
};

const argumentsRule = (tool: Tool, form: ArgumentForm, dialect: Dialect, book: RuleBook): string => {
  const asked = tool.parameters ?? anyObject;
  const ordered = form.kind === 'marked' ? byName(asked) : asked;
  const schema = isObject(ordered) ? ordered : asked;
  const where = `#/tools/${tool.name}/parameters`;
  const rules = createSchemaRules(schema, where, dialect, book);
  const open = isObject(schema['properties']) || schema['$ref'] !== undefined;
  if (form.kind === 'json') return rules.value();
  if (form.kind !== 'tagged')
    return open ? rules.members(form.kind === 'python' ? '=' : ':', form.kind === 'marked') : '';
  const { keyOpen, keyClose, jsonKeyClose = keyClose, valueClose } = form;
  const around = (text: string) => grammarOf(atomsOf(text, false));
  const mark = valueClose.trim();
  const parts = rules.properties().map(({ name, schema: property, required }) => {
    const [told, value] =
      isObject(property) && isTextArgument(tool, name)
        ? [keyClose, taggedText(property, form, `${where}/properties/${name}`, book)]
        : [jsonKeyClose, `gap ${rules.property(name)} gap ${literal(mark)}`];
    const part = book.add(`gap ${around(keyOpen.trim())} ${literal(name)} ${around(told.trim())} ${value}`);
    return required ? part : `${part}?`;
  });
  return book.add(`${parts.join(' ')} gap`.trim());
};

/** Arguments of any names and values. */
const looseArguments = (form: ArgumentForm, book: RuleBook): string => {
  if (form.kind === 'json') return book.use('object');
  const name = '[A-Za-z_] [A-Za-z0-9_-]{0,63}';
  if (form.kind !== 'tagged') {
    const pair = book.add(`${name} ${literal(form.kind === 'python' ? '=' : ':')} ${book.use('value')}`);
    return book.add(`(${pair} ("," ${book.use('ws')} ${pair})*)?`);
  }
  const around = (text: string) => grammarOf(atomsOf(text.trim(), false));
  const { keyOpen, keyClose, jsonKeyClose = keyClose, valueClose } = form;
  const told = [...new Set([keyClose, jsonKeyClose])].map(around).join(' | ');
  return book.add(`(gap ${around(keyOpen)} ${name} (${told}) ${untilRule(valueClose.trim(), book)})* gap`);
};

/** How an answer that is held to something may begin. */
export interface Beginning {
  /** Texts that lift the grammar. */
  readonly lead?: readonly string[];
  /** Texts before the answer proper. */
  readonly skip?: readonly string[];
  readonly gap?: boolean;
}
const MAX_SKIPPED = 2;
const beginningOf = ({ skip = [], gap = false }: Beginning): string =>
  `${gap ? 'gap ' : ''}${skip.length > 0 ? `(${skip.map(literal).join(' | ')}){0,${MAX_SKIPPED}} ` : ''}`;

export interface CallGrammarOptions {
  readonly syntax: ToolSyntax;
  readonly tools: readonly Tool[];
  readonly parallel: boolean;
}

/** What holds a model to calls of these tools. */
export interface CallGrammar {
  /** An answer that is calls. `text`: GBNF of what it may be instead. */
  whole(options?: Beginning & { readonly text?: string | null }): string;
  /** What is left of an answer after these pieces of `open`, and the beginning of a name; null where no name begins so. */
  rest(atoms: readonly Atom[], name: string): string | null;
}

const identifiers = /"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|#[^\n]*|<[^<>\s]*>|[A-Za-z][\w-]*/gu;
/** A grammar whose rules can stand beside those of another. */
const renamed = (gbnf: string): string =>
  gbnf.replace(identifiers, (word) => (/^[A-Za-z]/u.test(word) ? `text-${word}` : word));

/** A grammar for an answer that may begin so. */
export const loosened = (gbnf: string, beginning: Beginning): string => {
  const begun = `${beginningOf({ ...beginning, gap: true })}text-root`;
  const root = [begun, ...(beginning.lead ?? []).map(literal)].join(' | ');
  return [`root ::= ${root}`, `gap ::= ${gapRule}`, renamed(gbnf)].join('\n');
};

export const createCallGrammar = ({ syntax, tools, parallel }: CallGrammarOptions): CallGrammar => {
  const { form } = syntax;
  const isJson = form.kind === 'json';
  const dialect = dialectOf(form);

  /** Where the caller did not insist on the schema, one that can't be held to leaves the arguments free. */
  const rulesFor = (tool: Tool, book: RuleBook, strictOnly: boolean): string => {
    const loose = () => looseArguments(form, book);
    if (tool.strict !== true && strictOnly) return loose();
    if (tool.parameters === undefined && tool.strict !== true) return loose();
    const rule = argumentsRule(tool, form, dialect, book);
    return rule === '' ? loose() : rule;
  };

  const build = (write: (book: RuleBook, names: (written: string) => string | null, more: string) => string | null) => {
    const attempt = (strictOnly: boolean): string | null => {
      const book = createRuleBook(dialect.rules);
      book.define('gap', gapRule);
      const middle = grammarOf(atomsOf(syntax.middle, isJson));
      const calls = tools.map((tool) => ({ name: tool.name, rule: rulesFor(tool, book, strictOnly) }));
      const names = (written: string): string | null => {
        const fitting = calls.filter(({ name }) => name.startsWith(written));
        const after = new Map<string, string[]>();
        for (const { name, rule } of fitting) after.set(rule, [...(after.get(rule) ?? []), name.slice(written.length)]);
        if (fitting.length === 0) return null;
        return [...after].map(([rule, ends]) => book.add(`${oneOf(ends, book)} ${middle} ${rule}`)).join(' | ');
      };
      const close = grammarOf(atomsOf(syntax.close, isJson));
      const all = names('');
      const between = syntax.between === null || !parallel ? null : grammarOf(atomsOf(syntax.between, isJson));
      const more = between === null || all === null ? '' : `(${between} (${all}))*`;
      return write(book, names, `${more} ${close} gap`);
    };
    try {
      return attempt(false);
    } catch (error) {
      if (!(error instanceof AppError) || tools.every(({ strict }) => strict === true)) throw error;
      return attempt(true);
    }
  };

  return {
    whole({ text = null, ...beginning } = {}) {
      const begin = beginningOf(beginning);
      const open = atomsOf(syntax.open, isJson);
      const grammar = build((book, names, more) => {
        const calls = book.add(`${begin}${grammarOf(open)} (${names('') ?? ''}) ${more}`);
        const other = text === null ? [] : [`${begin}text-root`];
        return book.text([calls, ...other, ...(beginning.lead ?? []).map(literal)].join(' | '));
      });
      return [grammar ?? '', ...(text === null ? [] : [renamed(text)])].join('\n');
    },
    rest: (atoms, name) =>
      build((book, names, more) => {
        const first = names(name);
        return first === null ? null : book.text(`${grammarOf(atoms)} (${first}) ${more}`);
      }),
  };
};
