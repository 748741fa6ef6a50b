import type { PlaybookPart, PlaybookParts } from '../../../../node-core/contract/index.ts';

/** What can be named in a playbook, beside what it names itself. */
export interface Vocabulary {
  readonly parts: PlaybookParts;
  readonly profiles: readonly string[];
}

export interface Completion {
  readonly label: string;
  readonly detail: string;
}

export interface Completions {
  /** Where what is being typed begins. */
  readonly from: number;
  readonly options: readonly Completion[];
}

interface Line {
  readonly indent: number;
  /** `- ` begins an entry of a list. */
  readonly isItem: boolean;
  readonly key: string | null;
  readonly rest: string;
}

const topKeys = {
  playbook: 'version of this format: 1',
  id: 'lower-case letters, digits, hyphens',
  version: 'rises with every change',
  name: '',
  description: 'what comes out of it',
  examples: 'goals that should find it',
  inputs: 'what it asks for',
  tools: 'what its steps may call',
  egress: 'hosts that its tools may reach',
  profile: 'who does its steps',
  budget: 'tokens, seconds, calls, cost',
  steps: '',
  result: 'what is shown at the end',
};
const inputKeys = { id: '', title: '', hint: '', type: '', choices: 'of type choice', required: 'true unless said' };
const anyStep = {
  id: '',
  kind: '',
  title: '',
  needs: 'steps that come before',
  each: 'once for each of a list',
  limit: 'of them at most',
  when: 'only where this is there',
  optional: 'goes on without it',
};
const stepKeys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ask: {
    prompt: 'what the model is asked',
    profile: 'who answers',
    system: 'what it is told besides',
    answer: 'JSON schema of the answer',
    maxTokens: 'of the answer',
    builtin: 'what the built-in model is asked instead',
    checks: '',
  },
  tool: { tool: '', with: 'its arguments' },
  rule: { rule: '', with: 'its arguments' },
  change: { change: '', with: 'its arguments' },
  review: {
    of: 'the step whose answer is reviewed',
    checks: '',
    rubric: 'questions, one by one',
    threshold: 'share that has to be met',
    revisions: 'at most',
    profile: 'who reviews',
  },
  choose: { items: 'what there is to choose from', question: 'what is asked' },
};
const kinds: Readonly<Record<string, string>> = {
  ask: 'ask a model',
  tool: 'call a tool',
  rule: 'let code decide',
  change: 'change the workspace',
  review: 'review an answer',
  choose: 'let a person choose',
};
const inputTypes = ['text', 'long-text', 'date', 'number', 'note', 'notes', 'task', 'choice'];

const lineOf = (text: string): Line => {
  const match = /^(\s*)((?:- )*)(?:([\w-]+):(?=\s|$))?(.*)$/u.exec(text);
  const [, space = '', dashes = '', key, rest = ''] = match ?? [];
  return { indent: space.length + dashes.length, isItem: dashes !== '', key: key ?? null, rest };
};

const listed = (options: Readonly<Record<string, string>>): Completion[] =>
  Object.entries(options).map(([label, detail]) => ({ label, detail }));
const named = (names: Iterable<string>): Completion[] => [...names].map((label) => ({ label, detail: '' }));
const partsNamed = (parts: readonly PlaybookPart[]): Completion[] =>
  parts.map(({ name, description }) => ({ label: name, detail: description.slice(0, 60) }));

interface Outline {
  readonly inputs: readonly string[];
  readonly steps: readonly string[];
  readonly tools: readonly string[];
}

/** What the text names itself, whether or not it can be read as a whole. */
const outlineOf = (text: string): Outline => {
  const found = { inputs: [] as string[], steps: [] as string[], tools: [] as string[] };
  let top = '';
  let itemIndent = -1;
  for (const line of text.split('\n')) {
    const { indent, isItem, key, rest } = lineOf(line);
    if (indent === 0 && key !== null && !isItem) {
      top = key;
      itemIndent = -1;
      if (key === 'tools') found.tools.push(...(rest.match(/[\w.-]+/gu) ?? []));
      continue;
    }
    if (top === 'tools' && isItem) found.tools.push(...(line.match(/[a-z][\w.-]+/gu) ?? []).slice(0, 1));
    if (top !== 'inputs' && top !== 'steps') continue;
    if (isItem && (itemIndent < 0 || indent <= itemIndent)) itemIndent = indent;
    const isOwn = indent === itemIndent;
    const id = isOwn ? (key === 'id' ? rest : /^\{.*?\bid:\s*([\w-]+)/u.exec(rest)?.[1]) : undefined;
    const clean = id?.trim().replaceAll(/["']/gu, '');
    if (clean) found[top].push(clean);
  }
  return found;
};

/** Keys over a line, nearest first. */
const parentsOf = (lines: readonly string[], at: number, indent: number): string[] => {
  const parents: string[] = [];
  let limit = indent;
  for (let index = at - 1; index >= 0 && limit > 0; index -= 1) {
    const line = lineOf(lines[index] ?? '');
    if (line.key === null || line.indent >= limit) continue;
    parents.push(line.key);
    limit = line.isItem ? line.indent - 1 : line.indent;
  }
  return parents;
};

/** The lines of the entry of `steps` or `inputs` that a line belongs to, up to the next one. */
const entryAround = (lines: readonly string[], at: number): string => {
  let start = at;
  while (start > 0 && !/^\s{0,3}- /u.test(lines[start] ?? '') && !/^\S/u.test(lines[start] ?? '')) start -= 1;
  let end = start + 1;
  while (end < lines.length && !/^\s{0,3}- /u.test(lines[end] ?? '') && !/^\S/u.test(lines[end] ?? '')) end += 1;
  return lines.slice(start, end).join('\n');
};

const fieldIn = (entry: string, field: string): string | undefined =>
  new RegExp(String.raw`(?:^|[\s{,])${field}:\s*["']?([\w.-]+)`, 'u').exec(entry)?.[1];

const argumentsOf = (entry: string, { parts }: Vocabulary): Completion[] => {
  const of = (all: readonly PlaybookPart[], field: string) => all.find(({ name }) => name === fieldIn(entry, field));
  const part = of(parts.rules, 'rule') ?? of(parts.tools, 'tool') ?? of(parts.changes, 'change');
  const properties = part?.input['properties'];
  const required = part?.input['required'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return [];
  return Object.keys(properties).map((label) => ({
    label,
    detail: Array.isArray(required) && required.includes(label) ? 'needed' : 'may be left out',
  }));
};

const expressions = ({ inputs, steps }: Outline, entry: string): Completion[] => [
  ...inputs.map((id) => ({ label: `inputs.${id}`, detail: 'input' })),
  ...steps.filter((id) => id !== fieldIn(entry, 'id')).map((id) => ({ label: `steps.${id}`, detail: 'step' })),
  ...(/(?:^|[\s{,])each:/u.test(entry)
    ? [
        { label: 'item', detail: 'the entry it is done for' },
        { label: 'index', detail: 'its number, from 0' },
      ]
    : []),
  { label: 'today', detail: 'the day it runs' },
];

const valuesOf = (key: string, top: string, entry: string, outline: Outline, all: Vocabulary): Completion[] => {
  const { parts, profiles } = all;
  switch (key) {
    case 'kind':
      return listed(kinds);
    case 'type':
      return top === 'inputs' ? named(inputTypes) : [];
    case 'tool':
      return partsNamed(parts.tools).toSorted(
        (a, b) => Number(outline.tools.includes(b.label)) - Number(outline.tools.includes(a.label)),
      );
    case 'tools':
      return partsNamed(parts.tools);
    case 'rule':
      return partsNamed(parts.rules);
    case 'change':
      return partsNamed(parts.changes);
    case 'check':
      return partsNamed(parts.checks);
    case 'profile':
      return named(profiles);
    case 'of':
    case 'needs':
      return named(outline.steps.filter((id) => id !== fieldIn(entry, 'id')));
    case 'each':
    case 'when':
    case 'items':
    case 'value':
      return expressions(outline, entry);
    case 'required':
    case 'optional':
      return named(['true', 'false']);
    default:
      return [];
  }
};

const keysOf = (parents: readonly string[], entry: string, all: Vocabulary): Completion[] => {
  const [nearest] = parents;
  if (nearest === undefined) return listed(topKeys);
  if (nearest === 'inputs') return listed(inputKeys);
  if (nearest === 'budget') return listed({ tokens: '', seconds: '', calls: '', cost: '0: nothing that costs' });
  if (nearest === 'result') return listed({ title: '', value: 'an expression' });
  if (nearest === 'with' && parents[1] === 'steps') return argumentsOf(entry, all);
  if (nearest === 'checks') return listed({ check: 'its name', with: 'what it is given' });
  if (nearest === 'rubric') return listed({ id: '', question: '', weight: '1 unless said' });
  if (nearest !== 'steps') return [];
  const kind = fieldIn(entry, 'kind');
  const own = kind ? stepKeys[kind] : undefined;
  return listed({ ...anyStep, ...own });
};

/** What could stand where the caret is. Null where that can't be told. */
export const completionsAt = (text: string, caret: number, all: Vocabulary): Completions | null => {
  const lines = text.split('\n');
  const before = text.slice(0, caret);
  const at = before.split('\n').length - 1;
  const typed = before.slice(before.lastIndexOf('\n') + 1);
  const line = lineOf(typed);
  const parents = parentsOf(lines, at, line.isItem ? line.indent - 1 : line.indent);
  const top = parents.at(-1) ?? line.key ?? '';
  const entry = top === 'steps' || top === 'inputs' ? entryAround(lines, at) : '';
  const outline = outlineOf(text);
  const offer = (word: string, options: readonly Completion[]): Completions | null =>
    options.length > 0 ? { from: caret - word.length, options } : null;

  const braced = /\{\{\s*(?:[^{}]*\?\?\s*)?([\w.-]*)$/u.exec(typed);
  if (braced) return offer(braced[1] ?? '', expressions(outline, entry));
  // A key of a record on one line: `{ id: a, kin`.
  const inline = /[{,]\s*([\w-]*)$/u.exec(line.rest);
  const owner = /([\w-]+):\s*\{[^{}]*$/u.exec(typed)?.[1];
  if (inline && /\{[^{}]*$/u.test(line.rest))
    return offer(inline[1] ?? '', keysOf([...(owner ? [owner] : []), ...parents], entry, all));
  const value = /(?:^|[{,\s])([\w-]+):\s+(?:\[(?:[^[\]]*,)?\s*)?(?:[^{}[\],]*\?\?\s*)?([\w.-]*)$/u.exec(typed);
  if (value) return offer(value[2] ?? '', valuesOf(value[1] ?? '', top, entry, outline, all));
  if (line.key !== null || !/^[\w.-]*$/u.test(line.rest)) return null;
  const [nearest = ''] = parents;
  if (line.isItem && (nearest === 'tools' || nearest === 'needs'))
    return offer(line.rest, valuesOf(nearest, top, entry, outline, all));
  return offer(line.rest, keysOf(parents, entry, all));
};
