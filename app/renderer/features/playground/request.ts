export interface PlayMessage {
  readonly id: number;
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** Figures of a request, by the names that the API gives them. */
export interface PlayParams {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
  readonly min_p?: number;
  readonly max_completion_tokens?: number;
  readonly seed?: number;
  readonly presence_penalty?: number;
  readonly frequency_penalty?: number;
}

export interface PlayForm {
  /** `null`: the default model. */
  readonly modelId: string | null;
  readonly system: string;
  readonly messages: readonly PlayMessage[];
  readonly params: PlayParams;
  /** One sequence a line. */
  readonly stop: string;
  readonly schema: string;
  readonly tools: string;
  readonly stream: boolean;
  readonly logprobs: boolean;
}

type Built =
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly field: 'messages' | 'schema' | 'tools'; readonly message: string };

const alternatives = 5;

const json = (text: string): { value: unknown } | { fault: string } => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'It is no JSON.' };
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tools as the API takes them; one that is only a function is wrapped. */
const wrapped = (tool: unknown): unknown =>
  isObject(tool) && !('type' in tool) && 'name' in tool ? { type: 'function', function: tool } : tool;

/** The body of the request, exactly as it is sent. */
export const buildRequest = (form: PlayForm, model: string): Built => {
  const messages = [
    ...(form.system.trim() === '' ? [] : [{ role: 'system', content: form.system }]),
    ...form.messages.filter(({ text }) => text !== '').map(({ role, text }) => ({ role, content: text })),
  ];
  if (!messages.some(({ role }) => role !== 'system'))
    return { ok: false, field: 'messages', message: 'Write a message first.' };
  let response_format: unknown;
  if (form.schema.trim() !== '') {
    const parsed = json(form.schema);
    if ('fault' in parsed) return { ok: false, field: 'schema', message: parsed.fault };
    if (!isObject(parsed.value)) return { ok: false, field: 'schema', message: 'A schema is a JSON object.' };
    response_format = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: parsed.value } };
  }
  let tools: unknown;
  if (form.tools.trim() !== '') {
    const parsed = json(form.tools);
    if ('fault' in parsed) return { ok: false, field: 'tools', message: parsed.fault };
    if (!Array.isArray(parsed.value)) return { ok: false, field: 'tools', message: 'Tools are a JSON array.' };
    tools = parsed.value.map(wrapped);
  }
  const stop = form.stop.split('\n').filter((line) => line !== '');
  return {
    ok: true,
    body: JSON.stringify(
      {
        model,
        messages,
        ...form.params,
        ...(stop.length > 0 ? { stop } : {}),
        ...(response_format === undefined ? {} : { response_format }),
        ...(tools === undefined ? {} : { tools }),
        ...(form.logprobs ? { logprobs: true, top_logprobs: alternatives } : {}),
        ...(form.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
      },
      null,
      2,
    ),
  };
};

/** The same request for a terminal; the key comes from the environment and is in no history. */
export const curlOf = (origin: string, body: string): string =>
  [
    `curl ${origin}/v1/chat/completions`,
    `-H "Authorization: Bearer $JAN_KEY"`,
    `-H 'Content-Type: application/json'`,
    `-d '${body.replaceAll("'", String.raw`'\''`)}'`,
  ].join(' \\\n  ');
