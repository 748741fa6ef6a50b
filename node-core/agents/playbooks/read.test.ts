import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Playbook } from '../../contract/index.ts';
import { changes } from './changes/index.ts';
import { checks } from './checks/index.ts';
import type { Known } from './faults.ts';
import { readPlaybook } from './read.ts';
import { rules } from './rules/index.ts';

const known: Known = {
  rules,
  changes,
  checks,
  tool: (name) =>
    name === 'web.search'
      ? { input: z.object({ query: z.string(), limit: z.number().optional() }), effect: 'read' }
      : undefined,
};
const shipped = fileURLToPath(new URL('../../../resources/playbooks/plan-goal.playbook.yaml', import.meta.url));

const head = [
  'playbook: 1',
  'id: mine',
  'version: 1',
  'name: Mine',
  'budget: { tokens: 1, seconds: 1, calls: 1, cost: 0 }',
];
const ask = (id: string, prompt: string, ...more: string[]) => [
  `  - id: ${id}`,
  '    kind: ask',
  `    title: Ask ${id}`,
  `    prompt: '${prompt}'`,
  ...more.map((line) => `    ${line}`),
];
const read = (...lines: string[]) => readPlaybook([...head, ...lines].join('\n'), known);
const faults = (...lines: string[]) => read(...lines).faults.map(({ line, message }) => `${line}: ${message}`);

describe('a whole playbook', () => {
  it('is read, with what it leaves out filled in', () => {
    const { playbook, faults: found } = readPlaybook(readFileSync(shipped, 'utf8'), known);
    expect(found).toEqual([]);
    expect(Playbook.parse(playbook)).toEqual(playbook);
    expect(playbook).toMatchObject({ profile: 'planner', tools: [], egress: [], id: 'plan-goal' });
    expect(playbook?.inputs[1]).toMatchObject({ hint: '', choices: [], required: false });
    expect(playbook?.steps[0]).toMatchObject({ needs: [], limit: 50, optional: false });
    expect(playbook?.steps[1]).toMatchObject({ maxTokens: 1500, checks: [{ check: 'unique' }] });
  });

  it('says nothing against references of every kind', () => {
    expect(
      faults(
        'tools: [web.search, mcp.notes.find]',
        'inputs: [{ id: topics, title: Topics, type: long-text }]',
        'steps:',
        ...ask(
          'outline',
          'On {{ inputs.topics }}, {{ today }}',
          'answer: { type: object, properties: { parts: { type: array, items: { type: string } } } }',
        ),
        ...ask(
          'draft',
          '{{ index }}: {{ item }}',
          'each: steps.outline.parts',
          "when: '{{ steps.outline ?? inputs.topics }}'",
        ),
        '  - { id: found, kind: tool, title: Find, tool: web.search, each: steps.outline.parts, with: { query: "{{ item }}" } }',
        '  - { id: better, kind: review, title: Better, of: draft }',
        '  - { id: pick, kind: choose, title: Pick, items: steps.draft, question: Which? }',
        'result: [{ title: Text, value: steps.better }]',
      ),
    ).toEqual([]);
  });
});

describe('what is wrong is told with its line', () => {
  it.each<[string, string[], (string | RegExp)[]]>([
    ['no YAML', ['steps: [', '  - }'], [/^\d+: This is no YAML/, /no YAML/]],
    [
      'an expression without quotes',
      ['steps:', '  - { id: a, kind: rule, title: A, rule: read-goal, with: { text: {{ today }} } }'],
      [/stands in quotes/],
    ],
    ['a missing prompt', ['steps:', '  - { id: a, kind: ask, title: A }'], ['7: It needs "prompt": text.']],
    [
      'a word that is not known',
      ['steps:', ...ask('a', 'Hi', 'promt: 3')],
      [/^11: "promt" is not known here\. Known here: .*prompt/],
    ],
    [
      'a field of another file',
      ['nam: x', 'steps:', ...ask('a', 'Hi')],
      [/^6: "nam" is not known here\. Known here: .*name/],
    ],
    [
      'values of another kind',
      ['steps:', ...ask('a', '', 'needs: b', 'limit: 900', 'maxTokens: few')],
      [
        '10: "prompt" is empty. Fill it in.',
        '11: "needs" has to be a list.',
        '12: "limit" is at most 200.',
        '13: "maxTokens" has to be a number.',
      ],
    ],
    [
      'no kind',
      ['steps:', '  - { id: a, title: A }'],
      ['7: It needs "kind": one of ask, tool, rule, change, review, choose.'],
    ],
    [
      'a kind that is none',
      ['steps:', '  - { id: a, kind: guess, title: A }'],
      ['7: "kind" has to be one of ask, tool, rule, change, review, choose.'],
    ],
    ['no step at all', ['steps: []'], ['6: "steps" is empty. Fill it in.']],
    ['two steps of one id', ['steps:', ...ask('a', 'Hi'), ...ask('a', 'Ho')], ['11: There are two steps "a".']],
    [
      'steps that wait for each other',
      ['steps:', ...ask('a', '{{ steps.c }}'), ...ask('b', '{{ steps.a }}'), ...ask('c', 'Hi', 'needs: [b]')],
      [/^7: These steps wait for each other: (?:a → b → c → a|b → c → a → b|c → a → b → c)\./],
    ],
    ['a step that waits for itself', ['steps:', ...ask('a', '{{ steps.a }}')], [/a → a/]],
    [
      'a tool that is none',
      ['tools: [web.serch]', 'steps:', ...ask('a', 'Hi')],
      [/^6: There is no tool "web.serch"\. Tools, under Agents/],
    ],
    [
      'a tool that is not among its tools',
      ['steps:', '  - { id: a, kind: tool, title: A, tool: web.search, with: { query: x } }'],
      [/^7: The step calls "web\.search", which is not among/],
    ],
    [
      'arguments that the tool does not take',
      [
        'tools: [web.search]',
        'steps:',
        '  - { id: a, kind: tool, title: A, tool: web.search, with: { qery: "{{ today }}" } }',
      ],
      [/takes no "qery"/, /needs "query"/],
    ],
    [
      'an argument of the wrong type',
      ['tools: [web.search]', 'steps:', '  - { id: a, kind: tool, title: A, tool: web.search, with: { query: 5 } }'],
      [/^8: web\.search: query: /],
    ],
    [
      'a rule that is none',
      ['steps:', '  - { id: a, kind: rule, title: A, rule: magic }'],
      [/^7: There is no rule "magic"\. There are: /],
    ],
    [
      'a change that is none',
      ['steps:', '  - { id: a, kind: change, title: A, change: magic }'],
      [/^7: There is no change "magic"/],
    ],
    [
      'a check that is none',
      ['steps:', ...ask('a', 'Hi', 'checks: [{ check: magic }]')],
      [/^11: There is no check "magic"/],
    ],
    [
      'an input that is none',
      ['steps:', ...ask('a', '{{ inputs.goal }}')],
      ['10: There is no input "goal". There are: none.'],
    ],
    ['a step that is none', ['steps:', ...ask('a', '{{ steps.b.c }}', 'needs: [d]')], [/no step "b"/, /no step "d"/]],
    [
      'a field that the answer has not',
      [
        'steps:',
        ...ask('a', 'Hi', 'answer: { type: object, properties: { x: { type: string } } }'),
        ...ask('b', '{{ steps.a.y }}'),
      ],
      ['15: The answer of "a" has no "y". It has: x.'],
    ],
    ['an item outside a list', ['steps:', ...ask('a', '{{ item }}')], [/only in a step with "each"/]],
    ['no expression', ['steps:', ...ask('a', '{{ 1 + 1 }}')], [/"1 \+ 1" is no expression/]],
    ['an open bracket', ['steps:', ...ask('a', '{{ today')], [/stands alone/]],
    [
      'a review of no question',
      ['steps:', '  - { id: a, kind: review, title: A, of: a }'],
      [/no question that could be asked again/],
    ],
    [
      'a choice among none',
      ['inputs: [{ id: a, title: A, type: choice }]', 'steps:', ...ask('a', 'Hi')],
      [/choice among none/],
    ],
    ['an answer without a type', ['steps:', ...ask('a', 'Hi', 'answer: { properties: {} }')], [/needs a "type"/]],
    [
      'a result of nothing',
      ['steps:', ...ask('a', 'Hi'), 'result: [{ title: A, value: steps.b }]'],
      ['11: There is no step "b".'],
    ],
  ])('%s', (_what, lines, expected) => {
    const found = faults(...lines);
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) {
      if (typeof pattern === 'string') expect(found[index]).toBe(pattern);
      else expect(found[index]).toMatch(pattern);
    }
  });

  it('names a key that stands twice, with its line', () => {
    expect(faults('steps:', ...ask('a', 'Hi', 'title: Again'), 'name: Other')).toEqual([
      '11: "title" stands here twice. Keep one of them.',
      '12: "name" stands here twice. Keep one of them.',
    ]);
  });

  // What compares each key with each takes longer than a test may.
  it('reads as many keys as fit into a text, and names the first faults', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `k${index.toString(36)}`);
    const block = keys.map((key) => `${key}:`).join('\n');
    const flow = `{${keys.join(',')}}`;
    const within = [
      ...head,
      'steps:',
      ...ask('a', 'Hi', 'answer:'),
      ...keys.slice(0, 10_000).map((key) => `      ${key}:`),
    ];
    const twice = keys.slice(0, 10_000).flatMap((key) => [`${key}:`, `${key}:`]);
    for (const text of [block, flow, within.join('\n'), twice.join('\n')]) {
      const { faults: found } = readPlaybook(text, known);
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThanOrEqual(101);
    }
    expect(readPlaybook(twice.join('\n'), known).faults.at(-1)?.message).toBe(
      '9900 more faults are not listed. Mend these first.',
    );
  });

  it('unfolds no bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
    ];
    expect(readPlaybook(bomb.join('\n'), known)).toMatchObject({
      playbook: null,
      faults: [{ message: expect.stringContaining('aliases') }],
    });
    expect(readPlaybook('x'.repeat(200_001), known).playbook).toBeNull();
    expect(readPlaybook('', known).playbook).toBeNull();
    for (const text of ['', '# to come', 'A letter', '- playbook: 1'])
      expect(readPlaybook(text, known).faults.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^This is no playbook yet\. Begin with the lines/u),
      ]);
    expect(readPlaybook('name: \u001b[2J', known).faults[0]?.message).toContain('no text');
  });
});
