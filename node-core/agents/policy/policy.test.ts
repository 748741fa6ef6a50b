import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Effect, type Labels, visible } from '../../contract/index.ts';
import { defineTool, type Tool } from '../../tools/index.ts';
import { ofAnswer, ofInput, ofResult, union, unlabelled } from '../labels.ts';
import { callHash, decide, type Wanted } from './index.ts';

const tool = (effect: Effect, outside: boolean, over: Partial<Tool<{ url: string }, { text: string }>> = {}): Tool =>
  defineTool({
    name: 'test.tool',
    title: 'Test',
    description: 'Tests.',
    effect,
    outside,
    repeatable: true,
    input: z.object({ url: z.string() }),
    output: z.object({ text: z.string() }),
    labels: { untrusted: outside, private: false },
    settings: [],
    missing: () => null,
    sources: ({ url }) => [url],
    call: async () => ({ text: '' }),
    ...over,
  });

const label = (of: string): Labels => ({
  untrusted: of.includes('u'),
  private: of.includes('p'),
  model: of.includes('m'),
  sources: [],
});
const wanted = (over: Partial<Wanted> = {}): Wanted => ({
  tool: tool('read', true),
  definitionHash: 'a',
  arguments: { url: 'https://example.org/' },
  argumentLabels: { url: unlabelled },
  control: unlabelled,
  tools: ['test.tool'],
  egress: ['example.org', '*.wiki.org'],
  origins: [],
  ...over,
});
const verdict = (over: Partial<Wanted>) => decide(wanted(over)).verdict;

describe('by effect class', () => {
  it('refuses what the playbook does not name, whatever it does', () => {
    for (const effect of ['read', 'write-local', 'send-out', 'spend'] as const)
      expect(verdict({ tool: tool(effect, false), tools: [] })).toBe('refuse');
  });

  it.each([
    ['read', false, '', 'allow'],
    ['read', false, 'upm', 'allow'],
    ['write-local', false, '', 'allow'],
    ['write-local', false, 'upm', 'allow'],
    ['read', true, '', 'allow'],
    ['read', true, 'u', 'allow'],
    ['read', true, 'p', 'allow'],
    ['read', true, 'm', 'allow'],
    ['read', true, 'up', 'ask'],
    ['read', true, 'pm', 'ask'],
    ['read', true, 'um', 'allow'],
    ['read', true, 'upm', 'ask'],
    ['write-local', true, 'upm', 'ask'],
    ['send-out', true, '', 'ask'],
    ['send-out', false, '', 'ask'],
    ['send-out', true, 'upm', 'ask'],
    ['spend', true, '', 'ask'],
    ['spend', false, '', 'ask'],
  ] as const)('%s, outside %s, with arguments of %o: %s', (effect, outside, labels, expected) => {
    expect(verdict({ tool: tool(effect, outside), argumentLabels: { url: label(labels) } })).toBe(expected);
    expect(verdict({ tool: tool(effect, outside), control: label(labels) })).toBe(expected);
  });

  it('adds up what lies in several arguments and in whether the call is made at all', () => {
    expect(verdict({ argumentLabels: { url: label('u'), page: label('p') } })).toBe('ask');
    expect(verdict({ argumentLabels: { url: label('u') }, control: label('p') })).toBe('ask');
  });

  it('takes a tool of an MCP server for one that reaches outside, whatever it says', () => {
    const mcp = tool('read', false, { name: 'mcp.notes.find' });
    expect(verdict({ tool: mcp, tools: ['mcp.notes.find'], argumentLabels: { url: label('pu') } })).toBe('ask');
    expect(verdict({ tool: mcp, tools: ['mcp.notes.find'], arguments: { url: 'https://evil.example/' } })).toBe(
      'refuse',
    );
  });
});

describe('hosts in arguments', () => {
  it.each([
    'https://evil.example/',
    'https://evil.example?of=example.org',
    'https://example.org.evil.example/',
    'https://example.org@evil.example/',
    'https://evil.example#example.org',
    'HTTPS://EVIL.example',
    ' https://evil.example/ ',
    'ht\ntps://evil.example/',
    'https:\\\\evil.example\\',
    'https:evil.example',
    'https://notexample.org/',
    'https://3232235777/',
    'http://[::1]/',
    'https://user:secret@example.org/',
    'https://secret@example.org/',
    'ftp://evil.example/',
    'https://ехample.org/',
  ])('are refused before the call: %o', (url) => {
    expect(verdict({ arguments: { url } })).toBe('refuse');
    expect(verdict({ arguments: { list: [{ deep: url }] } })).toBe('refuse');
  });

  it.each([
    'https://example.org/a?b=c',
    'https://EXAMPLE.org',
    'https://wiki.org/',
    'https://en.wiki.org/',
    'Re: a note',
  ])('are allowed where the playbook names them: %o', (url) => expect(verdict({ arguments: { url } })).toBe('allow'));
});

describe('what an approval is bound to', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const hash = (given: unknown, over: Partial<Wanted> = {}) => callHash(wanted({ arguments: given, ...over }));

  it('is the same for equal arguments in any order, and another for others', () => {
    fc.assert(
      fc.property(json, json, (a, given) => {
        const b: unknown = JSON.parse(JSON.stringify(given));
        const copy: unknown = JSON.parse(JSON.stringify(a));
        expect(hash(copy)).toBe(hash(JSON.parse(JSON.stringify(a))));
        expect(hash(copy) === hash(b)).toBe(isDeepStrictEqual(copy, b));
      }),
    );
    expect(hash({ a: 1, b: [1, 2] })).toBe(hash({ b: [1, 2], a: 1 }));
    expect(hash({ a: 1 })).not.toBe(hash({ a: '1' }));
    expect(hash({ a: [1, 2] })).not.toBe(hash({ a: [2, 1] }));
    expect(hash({ a: null })).not.toBe(hash({}));
    expect(hash([])).not.toBe(hash({}));
    expect(hash(JSON.parse('{"__proto__":{"to":"x"}}'))).not.toBe(hash({}));
    expect(hash([['a', 1]])).not.toBe(hash({ a: 1 }));
  });

  it('is another where the tool, its definition or where the arguments came from is another', () => {
    const given = { url: 'https://example.org/' };
    const changes: Partial<Wanted>[] = [
      {},
      { definitionHash: 'b' },
      { tool: tool('read', true, { name: 'test.other' }) },
      { argumentLabels: { url: label('u') } },
      { argumentLabels: { url: label('m') } },
      { argumentLabels: { url: { ...unlabelled, sources: ['https://evil.example/'] } } },
      { control: label('p') },
    ];
    expect(new Set(changes.map((over) => hash(given, over))).size).toBe(changes.length);
  });

  it('is nothing for what is no JSON', () => {
    for (const given of [undefined, { a: undefined }, Number.NaN, new Date(), new Map()])
      expect(() => hash(given)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });
});

describe('labels', () => {
  const any = fc.record({
    untrusted: fc.boolean(),
    private: fc.boolean(),
    model: fc.boolean(),
    sources: fc.array(fc.string(), { maxLength: 4 }),
  });

  it('only ever add up', () => {
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), any, (all, extra) => {
        const before = union(...all);
        const after = union(...all, extra);
        for (const key of ['untrusted', 'private', 'model'] as const) {
          expect(after[key]).toBe(before[key] || extra[key]);
          expect(ofAnswer(...all)[key] || !before[key]).toBe(true);
        }
        expect(new Set(after.sources)).toEqual(new Set([...before.sources, ...extra.sources]));
        expect(union(before, before)).toEqual(before);
      }),
    );
  });

  it('stay small, however much was read', () => {
    const many = union(
      ...Array.from({ length: 1_000 }, (_, index) => ({ ...unlabelled, sources: [`https://example.org/${index}`] })),
    );
    expect(many.sources).toHaveLength(200);
    const [source = ''] = ofResult(tool('read', true), [], { url: 'x'.repeat(100_000) }, { text: '' }).sources;
    expect(source).toHaveLength(2_000);
  });

  it('of inputs tell a goal that was typed from what is kept', () => {
    expect(ofInput({ title: 'Goal', type: 'text' })).toMatchObject({ private: false, untrusted: false });
    for (const type of ['long-text', 'note', 'notes', 'task'] as const)
      expect(ofInput({ title: 'It', type })).toMatchObject({ private: true, untrusted: false });
  });

  it('of a model’s answer are those of all it was shown', () => {
    expect(ofAnswer(label('u'), label('p'))).toMatchObject({ untrusted: true, private: true, model: true });
    expect(ofAnswer(label('p'))).toMatchObject({ untrusted: false, private: true, model: true });
    expect(ofAnswer(unlabelled)).toMatchObject({ untrusted: false, private: false, model: true });
  });

  it('of a model that read others may hold all that stood beside it', () => {
    expect(ofAnswer(label('u'))).toMatchObject({ untrusted: true, private: true, model: true });
  });

  it('of a result are its tool’s and, on this machine, its arguments’', () => {
    const of = (outside: boolean, given: string, own: Pick<Labels, 'untrusted' | 'private'>) =>
      ofResult(tool('read', outside, { labels: own }), [label(given)], { url: 'https://a.example/' }, { text: '' });
    const none = { untrusted: false, private: false };
    expect(of(false, 'pm', none)).toMatchObject({ untrusted: false, private: true, model: true });
    expect(of(true, 'p', { untrusted: true, private: false })).toMatchObject({ untrusted: true, private: false });
    expect(of(true, '', { untrusted: true, private: true })).toMatchObject({ untrusted: true, private: true });
    expect(of(true, 'u', none)).toMatchObject({ untrusted: true });
    expect(of(true, '', none).sources).toEqual(['https://a.example/']);
  });

  it('of a result are what it turned out to be, where the tool knows', () => {
    const found = tool('read', false, {
      labels: { untrusted: false, private: true },
      labelsOf: ({ text }) => ({ untrusted: text === 'pasted', private: true }),
    });
    const of = (text: string) => ofResult(found, [], { url: '' }, { text }).untrusted;
    expect([of('own'), of('pasted')]).toEqual([false, true]);
  });
});

describe('what a person is shown to approve', () => {
  it.each([
    ['moc.elpmaxe\u202Egro', 'moc.elpmaxe\\u{202e}gro'],
    ['anna@example.org\nbcc: eve@evil.example', 'anna@example.org\\nbcc: eve@evil.example'],
    ['pay\u200Bpal', 'pay\\u{200b}pal'],
    ['раypal', '\\u{440}\\u{430}ypal'],
    ['https://аррӏе.com/', 'https://\\u{430}\\u{440}\\u{440}\\u{4cf}\\u{435}.com/'],
    ['anna@exаmple.org', 'anna@ex\\u{430}mple.org'],
    ['a\u3164b', 'a\\u{3164}b'],
    ['a\u00A0b', 'a\\u{a0}b'],
    ['a\u2028b', 'a\\u{2028}b'],
    ['\u{E0041}', '\\u{e0041}'],
    ['\uD800', '\\ud800'],
    ['𝐩aypal', '\\u{1d429}aypal'],
  ])('%o is %o', (text, shown) => {
    expect(visible({ to: text })).toBe(`{\n  "to": "${shown}"\n}`);
    const clean = !text.includes('\n') || text.includes('\u202E');
    const { reason } = { reason: '', ...decide(wanted({ tool: tool('send-out', true), arguments: { url: text } })) };
    if (clean) expect(reason).toContain('not to be seen');
  });

  it.each(['Grüße aus Köln', 'Привет, мир', '你好', 'A & B "quoted" \\ done', 'Line one\nLine two'])(
    'leaves ordinary writing alone: %o',
    (text) => {
      expect(visible(text)).toBe(JSON.stringify(text));
      const { reason } = { reason: '', ...decide(wanted({ tool: tool('send-out', true), arguments: { url: text } })) };
      expect(reason).toBe('It sends something out.');
    },
  );
});
