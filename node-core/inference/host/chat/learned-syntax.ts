import { CALL_ID, CALL_NUMBER } from './atoms.ts';
import type { Structure } from './structure.ts';
import { type ChatTemplate, probe, probeCall, probeTool, probeUser } from './template.ts';
import { type ArgumentForm, granite, harmony, hermes, lfm, namedId, type ToolSyntax } from './tool-syntax.ts';

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
const taggedForm = (after: string): (Found & { form: { kind: 'tagged' } }) | null => {
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

const NUMBER = 70_707;

/** The form in which a template writes the calls of an assistant, found by letting it write some; null where it has none that is understood. */
const learnedSyntax = (template: ChatTemplate, structure: Structure): ToolSyntax | null => {
  const options = { tools: [probeTool], answer: false };
  const one = { [probe.key]: value };
  let namedIds = false;
  const idOf = (index: number) => (namedIds ? namedId(probe.name, index) : index === 0 ? probe.id : probe.otherId);
  const written = (args: readonly object[]): string | null =>
    template.attempt(
      [
        probeUser,
        { role: 'assistant', content: '', tool_calls: args.map((call, index) => probeCall(idOf(index), call)) },
      ],
      options,
    );
  const plain = template.attempt([probeUser, { role: 'assistant', content: probe.text }], options);
  const calls = (args: readonly object[]) => (plain === null ? null : (written(args)?.slice(start) ?? null));
  let start = 0;
  let single = calls([one]);
  if (plain === null || single === null) return null;
  if (!single.slice(commonPrefix(plain, single)).includes(probe.name)) {
    // The name of the function is told by the id alone.
    namedIds = true;
    single = calls([one]) ?? '';
  }
  start = commonPrefix(plain, single);
  const end = plain.slice(plain.lastIndexOf(probe.text) + probe.text.length);

  const body = single.slice(start);
  let nameAt = body.indexOf(probe.name);
  if (nameAt < 0) return null;
  let after = body.slice(nameAt + probe.name.length);
  let found = formOf(after);
  if (!found) {
    const two = calls([{ ...one, [probe.otherKey]: probe.otherValue }]) ?? '';
    nameAt = two.indexOf(probe.name);
    after = two.slice(nameAt + probe.name.length);
    const tagged = nameAt < 0 ? null : taggedForm(after);
    if (!tagged) return null;
    const [typed, other] = [NUMBER, true].map(
      (item) =>
        calls([{ [probe.key]: item }])
          ?.split(probe.key)[1]
          ?.split(String(item))[0],
    );
    const { keyClose } = tagged.form;
    const differs = typed !== undefined && typed !== keyClose && typed.includes('>');
    // A tag for each type is more than is understood.
    if (differs && typed !== other) return null;
    found = differs ? { ...tagged, form: { ...tagged.form, jsonKeyClose: typed } } : tagged;
  }
  const closing = after.slice(found.to);
  // What stands before the name is the same with one argument and with two.
  const before = body.slice(0, body.indexOf(probe.name));
  const thought = before.lastIndexOf('</think>');
  const open = withId(before.slice(thought < 0 ? 0 : thought + '</think>'.length));
  const begin = open.trimStart();
  const middle = withId(after.slice(0, found.from)).replace(/^:\d+/u, `:${CALL_NUMBER}`);
  const close = withId(closing.slice(0, turnEnd(closing, end, structure)));
  if (open.includes(probe.key) || middle.includes(probe.key) || close.includes(probe.name)) return null;
  if (found.form.kind === 'json' && begin === harmony.trigger && middle.includes('<|message|>')) return harmony;

  const both = calls([one, one]) ?? '';
  const [, next] = both.split(probe.name).slice(1);
  const firstCall = both.slice(both.indexOf(probe.name) + probe.name.length, both.lastIndexOf(probe.name));
  const firstArguments = formOf(firstCall);
  const tail = found.form.kind === 'tagged' ? found.form.valueClose : '';
  const argumentsEnd = firstArguments?.to ?? firstCall.indexOf(`${value}${tail}`) + value.length + tail.length;
  const between = next === undefined || argumentsEnd <= 0 ? null : withId(firstCall.slice(argumentsEnd));

  const syntax = { open, middle, between, close, form: found.form, ...(namedIds ? { namedIds } : {}) };
  const marker = /^(?:<[^<>\s]+>|\[[A-Z_]+\]|<[^<>\s]+)/u.exec(begin)?.[0];
  if (marker !== undefined) return { ...syntax, trigger: marker, anywhere: true };
  // Without a mark only the form itself tells a call: an object that begins with the name.
  if (found.form.kind !== 'json' || !begin.startsWith('{')) return null;
  return { ...syntax, trigger: begin, anywhere: false };
};

/** The form that a model is asked for calls in: its template's own, else one that its vocabulary shows it has learned, else that of Hermes. */
export const toolSyntax = (template: ChatTemplate, structure: Structure): ToolSyntax => {
  const own = template.traits.toolCalls ? learnedSyntax(template, structure) : null;
  if (own) return own;
  if (structure.has(lfm.trigger)) return lfm;
  if (template.traits.tools && structure.has(granite.trigger)) return granite;
  return hermes;
};
