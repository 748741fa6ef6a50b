import { describe, expect, it } from 'vitest';
import { completionsAt, type Vocabulary } from './yaml-completion.ts';

const part = (name: string, properties: Record<string, object> = {}, required: string[] = []) => ({
  name,
  description: '',
  input: { type: 'object', properties: JSON.parse(JSON.stringify(properties)), required },
});
const all: Vocabulary = {
  parts: {
    tools: [part('web.read', { url: {} }, ['url']), part('web.search')],
    rules: [part('list', { items: {}, limit: {} }, ['items'])],
    changes: [part('note')],
    checks: [part('words')],
  },
  profiles: ['planner', 'writer'],
};
const text = `playbook: 1
id: mine
inputs:
  - { id: goal, title: Goal, type: text }
  - id: day
    title: Day
    type: date
tools: [web.search]
steps:
  - id: look
    kind: tool
    title: Look
  - { id: pick, kind: rule, title: Pick, rule: list }
  - id: write
    kind: ask
    title: Write
`;
/** `|` is the caret, `…` the text so far. */
const at = (written: string): string[] | null => {
  const whole = written.replace('…', text);
  const caret = whole.indexOf('|');
  const found = completionsAt(whole.replace('|', ''), caret, all);
  return (
    found && found.options.map(({ label }) => label).filter((label) => label.startsWith(whole.slice(found.from, caret)))
  );
};

describe('what could stand there', () => {
  it.each([
    ['ex|', ['examples']],
    ['…    k|', ['kind']],
    ['…    pro|', ['prompt', 'profile']],
    ['…    kind: re|', ['review']],
    ['…  - id: x\n    kind: tool\n    tool: |', ['web.search', 'web.read']],
    ['…  - id: x\n    kind: rule\n    rule: list\n    with:\n      |', ['items', 'limit']],
    ['…  - id: x\n    kind: rule\n    rule: list\n    with: { it|', ['items']],
    ['…  - { id: x, ki|', ['kind']],
    ['…  - { id: x, kind: cho|', ['choose']],
    ['…    needs: [look, |', ['look', 'pick']],
    ['…    needs:\n      - |', ['look', 'pick']],
    ['…    prompt: Of {{ |', ['inputs.goal', 'inputs.day', 'steps.look', 'steps.pick', 'today']],
    ['…    prompt: Of {{ inputs.d|', ['inputs.day']],
    ['…    prompt: |2\n      Of {{ steps.pick ?? inp|'.replace('|2', '>'), ['inputs.goal', 'inputs.day']],
    ['…    each: steps.l|', ['steps.look']],
    ['…    each: steps.look\n    prompt: Of {{ it|', ['item']],
    ['…    profile: w|', ['writer']],
    ['…    checks:\n      - { check: |', ['words']],
    ['…    checks:\n      - |', ['check', 'with']],
    ['…result:\n  - { title: End, value: steps.w|', ['steps.write']],
    ['inputs:\n  - id: a\n    type: n|', ['number', 'note', 'notes']],
    ['inputs:\n  - id: a\n    re|', ['required']],
    ['tools:\n  - web.|', ['web.read', 'web.search']],
    ['tools: [web.search, w|', ['web.read', 'web.search']],
    ['budget:\n  t|', ['tokens']],
  ])('%s', (written, options) => expect(at(written)).toEqual(options));

  it.each(['name: My|', '…    title: A go|', '…    prompt: >\n      Some words|'])('nothing: %s', (written) => {
    expect(at(written) ?? []).toEqual([]);
  });
});
