import { beforeAll, describe, expect, it } from 'vitest';
import { chatTemplates } from '../../../testing/chat-templates.ts';
import { openAddonBackend } from '../addon-backend.ts';
import type { RawBindings } from '../llama.ts';
import { openRenderer } from './bounded-template.ts';

let bindings: RawBindings | undefined;
beforeAll(async () => {
  bindings = (await openAddonBackend(null))?.bindings;
});

const compile = (text: string) => {
  if (!bindings) throw new Error('There is no addon for this machine.');
  return new bindings.AddonJinjaRenderer(text);
};
const render = (text: string, input: Record<string, unknown> = {}) => openRenderer(text, compile).render(input);
const endless = expect.objectContaining({ code: 'BAD_REQUEST', message: expect.stringContaining('without an end') });
const unreadable = expect.objectContaining({ code: 'MODEL_LOAD_FAILED' });

describe('a chat template that calls itself', () => {
  it.each([
    '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}',
    '{% macro f(g) %}{{ g(g) }}{% endmacro %}{{ f(f) }}',
    '{% macro f() %}{{ g() }}{% endmacro %}{%- macro g() -%} {{ f() }} {%- endmacro -%}{{ f() }}',
    '{% macro f() %}{% call f() %}x{% endcall %}{% endmacro %}{{ f() }}',
    '{% set n = namespace() %}{% macro f() %}{% set n.c = caller %}{{ n.c() }}{% endmacro %}{% call f() %}{{ n.c() }}{% endcall %}',
    "{{ {'a': {'b': 1}}.a }}{{ '{% macro x() %}' }}{# {% endmacro %} #}{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    '{% macro f() %}{% for i in [1] %}{% if true %}{% set x %}{{ f() }}{% endset %}{% endif %}{% endfor %}{% endmacro %}{{ f() }}',
    `{% macro f() %}${'{% if true %}'.repeat(300)}{{ f() }}${'{% endif %}'.repeat(300)}{% endmacro %}{{ f() }}`,
    `{% macro f() %}{{ ${'('.repeat(300)}f()${')'.repeat(300)} }}{% endmacro %}{{ f() }}`,
  ])('without an end is refused: %s', (text) => {
    expect(() => render(text)).toThrow(endless);
  });

  it.each([
    `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`,
    `{{ 1${' + 1'.repeat(50_000)} }}`,
    `{{ x${'.a'.repeat(50_000)} }}`,
    `{{ x${'[0]'.repeat(50_000)} }}`,
    `{{ ${'not '.repeat(50_000)}x }}`,
    `${'{% if 1 %}'.repeat(50_000)}${'{% endif %}'.repeat(50_000)}`,
    `{% if 1 %}${'{% elif 1 %}'.repeat(50_000)}{% endif %}`,
    '{% macro f(a=f()) %}{% endmacro %}{{ f() }}',
    '{% macro g() %}{{ caller() }}{% endmacro %}{% call(a=g()) g() %}{% endcall %}',
    '{{ "a }}',
    '{# a',
    '{% for %}',
  ])('or is nested too deep, or no template, is not read: %#', (text) => {
    expect(() => render(text)).toThrow(unreadable);
  });

  it('with an end writes what it writes', () => {
    const tree =
      '{% macro f(n) %}{{ n }}{% if n > 0 %}({{ f(n - 1) }}{{ f(n - 2) }}){% endif %}{% endmacro %}{{ f(5) }}';
    expect(render(tree)).toBe(compile(tree).render({}));
    const deep = '{% macro f(n) %}{% if n %}.{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(100) }}';
    expect(render(deep)).toHaveLength(100);
    const left =
      '{% macro f(n) %}{% for i in [1, 2] %}{% if i == 2 %}{% break %}{% endif %}x{% endfor %}{% endmacro %}{% for i in range(500) %}{{ f(i) }}{% endfor %}';
    expect(render(left)).toHaveLength(500);
  });
});

describe('white space', () => {
  it.each([
    ...Object.values(chatTemplates).filter((text) => text !== chatTemplates.broken),
    ...['%}', '-%}', '%}\n', '-%}\n  ', '%}  \n'].flatMap((begin) =>
      ['{%', '\n{%', '  {%-', '\n  {%', ' \n{%-'].map(
        (end) =>
          `a\n  {% macro f() ${begin}b${end} endmacro %}\nc{{ f() }}d\n {%- call f() ${begin}{{ 1 }}${end} endcall ${begin}e`,
      ),
    ),
    'a\r\n{% macro f() %}\r\nb\r\n{% endmacro %}\r\n{{ f() }}\r\n',
  ])('is that of the template as it is: %#', (text) => {
    const input = {
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ id: 'abcdefghi', function: { name: 'f', arguments: { a: { b: [1, 'x'] } } } }],
        },
      ],
      tools: [{ name: 'f' }],
      add_generation_prompt: true,
    };
    expect(render(text, input)).toBe(compile(text).render(input));
  });
});
