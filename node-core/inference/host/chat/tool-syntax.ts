import { CALL_ID } from './atoms.ts';
import type { Structure } from './structure.ts';
import { type ChatTemplate, probe, probeCall, probeTool, probeUser } from './template.ts';

/** How the arguments of a call are written. */
export type ArgumentForm =
  | { readonly kind: 'json' }
  /** A tag per argument: `<parameter=name>value</parameter>`. */
  | { readonly kind: 'tagged'; readonly keyOpen: string; readonly keyClose: string; readonly valueClose: string }
  /** `name="value", other=1`. */
  | { readonly kind: 'python'; readonly mark: string }
  /** `name:<|"|>value<|"|>,other:1`. */
  | { readonly kind: 'marked'; readonly mark: string };

/** How a model writes calls: `open` name `middle` arguments `close`, with `between` from the arguments of one to the name of the next. */
export interface ToolSyntax {
  /** The beginning of `open` that tells a call from text. */
  readonly trigger: string;
  /** Whether a call may follow on text; else an answer is a call from its first character. */
  readonly anywhere: boolean;
  readonly open: string;
  readonly middle: string;
  /** Null: one call per answer. */
  readonly between: string | null;
  readonly close: string;
  readonly form: ArgumentForm;
}

/** The form of NousResearch's Hermes models, which many have learned: what a model without a form of its own is told to use. */
export const hermes: ToolSyntax = {
  trigger: '<tool_call>',
  anywhere: true,
  open: '<tool_call>\n{"name": "',
  middle: '", "arguments": ',
  between: '}\n</tool_call>\n<tool_call>\n{"name": "',
  close: '}\n</tool_call>',
  form: { kind: 'json' },
};
const granite: ToolSyntax = {
  ...hermes,
  trigger: '<|tool_call|>',
  open: '<|tool_call|>[{"name": "',
  between: '}, {"name": "',
  close: '}]',
};
const lfm: ToolSyntax = {
  trigger: '<|tool_call_start|>',
  anywhere: true,
  open: '<|tool_call_start|>[',
  middle: '(',
  between: '), ',
  close: ')]<|tool_call_end|>',
  form: { kind: 'python', mark: '"' },
};

const commonPrefix = (left: string, right: string): number => {
  let index = 0;
  while (index < left.length && left[index] === right[index]) index += 1;
  return index;
};
const withId = (text: string): string => text.replaceAll(probe.id, CALL_ID).replaceAll(probe.otherId, CALL_ID);

interface Found {
  readonly form: ArgumentForm;
  /** Of the first call's arguments, in what follows its name. */
  readonly from: number;
  readonly to: number;
}

const value = probe.value;
const formOf = (after: string): Found | null => {
  const json = new RegExp(`\\{\\s*"${probe.key}"\\s*:\\s*"${value}"\\s*\\}`, 'u').exec(after);
  if (json) return { form: { kind: 'json' }, from: json.index, to: json.index + json[0].length };
  const python = new RegExp(`${probe.key}=(["'])${value}\\1`, 'u').exec(after);
  if (python)
    return {
      form: { kind: 'python', mark: python[1] ?? '"' },
      from: python.index,
      to: python.index + python[0].length,
    };
  const marked = new RegExp(`${probe.key}:(<[^\\s>]+>)${value}\\1`, 'u').exec(after);
  if (marked)
    return { form: { kind: 'marked', mark: marked[1] ?? '' }, from: marked.index, to: marked.index + marked[0].length };
  return null;
};

/** From a call with two arguments: the tags around a name and a value are what stands between them. */
const taggedForm = (after: string): Found | null => {
  const places = [probe.key, value, probe.otherKey, probe.otherValue].map((word) => after.indexOf(word));
  const [key = -1, first = -1, otherKey = -1, second = -1] = places;
  if (key < 0 || first < key || otherKey < first || second < otherKey) return null;
  const from = after.lastIndexOf('<', key);
  const keyOpen = after.slice(from, key);
  const keyClose = after.slice(key + probe.key.length, first);
  const gap = after.slice(first + value.length, otherKey);
  if (from < 0 || !gap.endsWith(keyOpen) || !keyClose.includes('>')) return null;
  const valueClose = gap.slice(0, -keyOpen.length);
  if (!valueClose.includes('>')) return null;
  return {
    form: { kind: 'tagged', keyOpen, keyClose, valueClose },
    from,
    to: second + probe.otherValue.length + valueClose.length,
  };
};

/** Where the turn ends in what follows the arguments of the last call. */
const turnEnd = (rest: string, end: string, structure: Structure): number => {
  const mark = end.trim();
  const ends = [mark === '' ? -1 : rest.indexOf(mark), structure.firstEnd(rest)].filter((index) => index >= 0);
  return ends.length === 0 ? rest.trimEnd().length : Math.min(...ends);
};

/** The form in which a template writes the calls of an assistant, found by letting it write some; null where it has none that is understood. */
const learned = (template: ChatTemplate, structure: Structure): ToolSyntax | null => {
  const options = { tools: [probeTool], answer: false };
  const one = { [probe.key]: value };
  const written = (args: readonly object[]): string | null =>
    template.attempt(
      [
        probeUser,
        {
          role: 'assistant',
          content: '',
          tool_calls: args.map((call, index) => probeCall(index === 0 ? probe.id : probe.otherId, call)),
        },
      ],
      options,
    );
  const plain = template.attempt([probeUser, { role: 'assistant', content: probe.text }], options);
  const single = written([one]);
  if (plain === null || single === null) return null;
  const start = commonPrefix(plain, single);
  const end = plain.slice(plain.lastIndexOf(probe.text) + probe.text.length);

  const body = single.slice(start);
  let nameAt = body.indexOf(probe.name);
  if (nameAt < 0) return null;
  let after = body.slice(nameAt + probe.name.length);
  let found = formOf(after);
  let closing: string;
  if (found) closing = after.slice(found.to);
  else {
    const two = written([{ ...one, [probe.otherKey]: probe.otherValue }])?.slice(start) ?? '';
    nameAt = two.indexOf(probe.name);
    after = two.slice(nameAt + probe.name.length);
    found = nameAt < 0 ? null : taggedForm(after);
    if (!found) return null;
    closing = after.slice(found.to);
  }
  // What stands before the name is the same with one argument and with two.
  const before = body.slice(0, body.indexOf(probe.name));
  const thought = before.lastIndexOf('</think>');
  const open = withId(before.slice(thought < 0 ? 0 : thought + '</think>'.length)).trimStart();
  const middle = withId(after.slice(0, found.from));
  const close = withId(closing.slice(0, turnEnd(closing, end, structure)));
  if (open.includes(probe.key) || middle.includes(probe.key) || close.includes(probe.name)) return null;

  const both = written([one, one])?.slice(start) ?? '';
  const [, next] = both.split(probe.name).slice(1);
  const firstCall = both.slice(both.indexOf(probe.name) + probe.name.length, both.lastIndexOf(probe.name));
  const firstArguments = formOf(firstCall);
  const tail = found.form.kind === 'tagged' ? found.form.valueClose : '';
  const argumentsEnd = firstArguments?.to ?? firstCall.indexOf(`${value}${tail}`) + value.length + tail.length;
  const between = next === undefined || argumentsEnd <= 0 ? null : withId(firstCall.slice(argumentsEnd));

  const marker = /^(?:<[^<>\s]+>|\[[A-Z_]+\]|<[^<>\s]+)/u.exec(open)?.[0];
  if (marker !== undefined) return { trigger: marker, anywhere: true, open, middle, between, close, form: found.form };
  // Without a mark only the form itself tells a call: an object that begins with the name.
  if (found.form.kind !== 'json' || !open.startsWith('{')) return null;
  return { trigger: open, anywhere: false, open, middle, between, close, form: found.form };
};

export const toolSyntax = (template: ChatTemplate, structure: Structure): ToolSyntax => {
  const own = template.traits.toolCalls ? learned(template, structure) : null;
  if (own) return own;
  if (structure.has(lfm.trigger)) return lfm;
  if (template.traits.tools && structure.has(granite.trigger)) return granite;
  return hermes;
};
