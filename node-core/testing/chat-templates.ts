/** Chat templates in the forms that models have learned, each as short as it can be. */

const turns = (assistant: string, tool: string, before = ''): string =>
  `${before}{% for m in messages %}{% if m.role == 'assistant' %}<|im_start|>assistant
${assistant}<|im_end|>
{% elif m.role == 'tool' %}<|im_start|>user
${tool}<|im_end|>
{% else %}<|im_start|>{{ m.role }}
{{ m.content }}<|im_end|>
{% endif %}{% endfor %}`;
const tools = `{% if tools %}<|im_start|>system
{% for t in tools %}{{ t | tojson }}
{% endfor %}<|im_end|>
{% endif %}`;
const response = '<tool_response>{{ m.content }}</tool_response>';
const ask = `{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`;
const calls = (body: string) =>
  `{{ m.content }}{% if m.tool_calls %}{% for c in m.tool_calls %}${body}{% endfor %}{% endif %}`;

const hermesCall = `{% if not loop.first %}
{% endif %}<tool_call>
{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}
</tool_call>`;

export const chatTemplates = {
  broken: '{% for m in messages %}{{ m.content',
  /** No roles but user and assistant, in turn; no tools. */
  strict: `{% for m in messages %}{% if m.role not in ['user', 'assistant'] %}{{ raise_exception('Only user and assistant') }}{% endif %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}<|im_start|>{{ m.role }}
{{ m.content | trim }}<|im_end|>
{% endfor %}${ask}`,
  hermes: tools + turns(calls(hermesCall), response) + ask,
  /** Thinks by itself, with a switch; what it thought is left out of later turns. */
  thinking: `${tools + turns(calls(hermesCall), response)}{% if add_generation_prompt %}<|im_start|>assistant
{% if enable_thinking is defined and not enable_thinking %}<think>

</think>

{% endif %}{% endif %}`,
  /** Its prompt begins the thoughts. */
  thinkingOpened: `${tools + turns(calls(hermesCall), response)}{% if add_generation_prompt %}<|im_start|>assistant
<think>
{% endif %}{# </think> #}`,
  tagged:
    tools +
    turns(
      calls(`{% if not loop.first %}
{% endif %}<tool_call>
<function={{ c.function.name }}>
{% for k, v in c.function.arguments | items %}<parameter={{ k }}>
{{ v | tojson if v is mapping or (v is sequence and v is not string) else v }}
</parameter>
{% endfor %}</function>
</tool_call>`),
      response,
    ) +
    ask,
  llama:
    tools +
    turns(
      `{% if m.tool_calls %}{% if m.tool_calls | length != 1 %}{{ raise_exception('One call at a time') }}{% endif %}{"name": "{{ m.tool_calls[0].function.name }}", "parameters": {{ m.tool_calls[0].function.arguments | tojson }}}{% else %}{{ m.content }}{% endif %}`,
      response,
    ) +
    ask,
  mistral:
    tools +
    turns(
      `{{ m.content }}{% if m.tool_calls %}[TOOL_CALLS][{% for c in m.tool_calls %}{% if c.id | length != 9 %}{{ raise_exception('An id has 9 characters') }}{% endif %}{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}, "id": "{{ c.id }}"}{% if not loop.last %}, {% endif %}{% endfor %}]{% endif %}`,
      response,
    ) +
    ask,
  mistralArgs:
    tools + turns(calls('[TOOL_CALLS]{{ c.function.name }}[ARGS]{{ c.function.arguments | tojson }}'), response) + ask,
  granite:
    tools +
    turns(
      '{{ m.content }}{% if m.tool_calls %}<|tool_call|>[{% for c in m.tool_calls %}{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}{% if not loop.last %}, {% endif %}{% endfor %}]{% endif %}',
      response,
    ) +
    ask,
  python:
    tools +
    turns(
      `{{ m.content }}{% if m.tool_calls %}<|tool_call_start|>[{% for c in m.tool_calls %}{{ c.function.name }}({% for k, v in c.function.arguments | items %}{{ k }}={% if v is string %}'{{ v }}'{% elif v is mapping or v is sequence %}{{ v | tojson }}{% else %}{{ v }}{% endif %}{% if not loop.last %}, {% endif %}{% endfor %}){% if not loop.last %}, {% endif %}{% endfor %}]<|tool_call_end|>{% endif %}`,
      response,
    ) +
    ask,
  marked:
    `{% macro value(v) %}{% if v is string %}<|"|>{{ v }}<|"|>{% elif v is boolean %}{{ 'true' if v else 'false' }}{% elif v is mapping %}{{ '{' }}{% for k, x in v | dictsort %}{{ k }}:{{ value(x) }}{% if not loop.last %},{% endif %}{% endfor %}{{ '}' }}{% elif v is sequence %}[{% for x in v %}{{ value(x) }}{% if not loop.last %},{% endif %}{% endfor %}]{% else %}{{ v }}{% endif %}{% endmacro %}` +
    tools +
    turns(
      calls(
        `<|tool_call>call:{{ c.function.name }}{{ '{' }}{% for k, v in c.function.arguments | dictsort %}{{ k }}:{{ value(v) }}{% if not loop.last %},{% endif %}{% endfor %}{{ '}' }}<tool_call|>`,
      ),
      response,
    ) +
    ask,
  /** DeepSeek V3: calls only where there is no text at all, arguments written as they come, which have to be JSON text then. */
  deepseek:
    tools +
    turns(
      `{% if m.content is not none %}{{ m.content }}{% else %}{% for c in m.tool_calls %}{% if loop.first %}<｜calls_begin｜>{% else %}
{% endif %}<｜call_begin｜>{{ c.type + '<｜sep｜>' + c.function.name + '\\n\`\`\`json\\n' + c.function.arguments + '\\n\`\`\`<｜call_end｜>' }}{% endfor %}<｜calls_end｜>{% endif %}`,
      response,
    ) +
    ask,
  /** DeepSeek V3.1. */
  deepseekShort:
    tools +
    turns(
      "{{ m.content }}{% if m.tool_calls %}<｜calls_begin｜>{% for c in m.tool_calls %}<｜call_begin｜>{{ c.function.name + '<｜sep｜>' + c.function.arguments + '<｜call_end｜>' }}{% endfor %}<｜calls_end｜>{% endif %}",
      response,
    ) +
    ask,
  /** DeepSeek V3.2: a tag per argument that tells whether it is a text. */
  typed:
    tools +
    turns(
      `{{ m.content }}{% if m.tool_calls %}

<｜DSML｜calls>
{% for c in m.tool_calls %}<｜DSML｜invoke name="{{ c.function.name }}">
{% for k, v in c.function.arguments | items %}<｜DSML｜parameter name="{{ k }}" string="{{ 'true' if v is string else 'false' }}">{{ v if v is string else v | tojson }}</｜DSML｜parameter>
{% endfor %}</｜DSML｜invoke>
{% endfor %}</｜DSML｜calls>{% endif %}`,
      response,
    ) +
    ask,
  /** Kimi K2: calls are numbered through the conversation. */
  numbered:
    '{% set n = namespace(count=0) %}' +
    tools +
    turns(
      "{{ m.content }}{% if m.tool_calls %}<|calls_begin|>{% for c in m.tool_calls %}<|call_begin|>{{ 'functions.' + c.function.name + ':' + n.count | string }}<|argument_begin|>{{ c.function.arguments | tojson }}<|call_end|>{% set n.count = n.count + 1 %}{% endfor %}<|calls_end|>{% endif %}",
      response,
    ) +
    ask,
  /** The first of Kimi K2: which function it is stands in the id alone. */
  named:
    tools +
    turns(
      '{{ m.content }}{% if m.tool_calls %}<|calls_begin|>{% for c in m.tool_calls %}<|call_begin|>{{ c.id }}<|argument_begin|>{{ c.function.arguments | tojson }}<|call_end|>{% endfor %}<|calls_end|>{% endif %}',
      '## Return of {{ m.tool_call_id }}\n{{ m.content }}',
    ) +
    ask,
  /** gpt-oss: messages on channels, calls among them; the prompt ends before the channel. */
  harmony: `{% if tools %}<|start|>developer<|message|>{% for t in tools %}{{ t | tojson }}{% endfor %}<|end|>{% endif %}{% set last = namespace(name=none) %}{% for m in messages %}{% if m.role == 'assistant' and m.tool_calls %}{% if m.content and m.thinking %}{{ raise_exception('Not both') }}{% endif %}{% if m.thinking %}<|start|>assistant<|channel|>analysis<|message|>{{ m.thinking }}<|end|>{% endif %}{% set c = m.tool_calls[0] %}<|start|>assistant to={{ 'functions.' + c.function.name }}<|channel|>commentary json<|message|>{{ c.function.arguments | tojson }}<|call|>{% set last.name = c.function.name %}{% elif m.role == 'assistant' %}<|start|>assistant<|channel|>final<|message|>{{ m.content }}{{ '<|return|>' if loop.last and not add_generation_prompt else '<|end|>' }}{% elif m.role == 'tool' %}<|start|>functions.{{ last.name }} to=assistant<|channel|>commentary<|message|>{{ m.content | tojson }}<|end|>{% else %}<|start|>{{ m.role }}<|message|>{{ m.content }}<|end|>{% endif %}{% endfor %}{% if add_generation_prompt %}<|start|>assistant{% endif %}`,
} as const;

/** What the templates write as single tokens. */
export const chatTokens = [
  ...['<|im_start|>', '<|im_end|>', '<tool_call>', '</tool_call>', '<think>', '</think>'],
  ...['<|start|>', '<|end|>', '<|channel|>', '<|message|>', '<|constrain|>', '<|call|>', '<|return|>'],
] as const;
