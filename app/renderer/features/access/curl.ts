import type { RequestEntry } from '../../../../node-core/contract/index.ts';

type Shape = Pick<RequestEntry, 'method' | 'path' | 'modelId' | 'stream'>;

/** Content was never kept; this stands in its place. */
const gap = '…';
const message = [{ role: 'user', content: gap }];

/** The fields that the address can't do without. */
const bodies: Readonly<Record<string, object>> = {
  'POST /v1/chat/completions': { messages: message },
  'POST /v1/completions': { prompt: gap },
  'POST /v1/embeddings': { input: gap },
  'POST /v1/responses': { input: gap },
  'POST /v1/responses/input_tokens': { input: gap },
  'POST /v1/messages': { messages: message, max_tokens: 1024 },
  'POST /v1/messages/count_tokens': { messages: message },
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A command of the same shape as a request, for a shell in which `JAN_KEY` holds a key. */
export const curlOf = ({ method, path, modelId, stream }: Shape, url: string): string => {
  const known = bodies[`${method} ${path}`];
  const body =
    known || method === 'POST'
      ? { ...(modelId === null ? {} : { model: modelId }), ...known, ...(stream ? { stream: true } : {}) }
      : undefined;
  return [
    `curl${stream ? ' -N' : ''}${method === 'GET' || body ? '' : ` -X ${method}`} ${quoted(`${url}${path.replaceAll(/:\w+/g, gap)}`)}`,
    '-H "Authorization: Bearer $JAN_KEY"',
    ...(body ? ["-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(body))}`] : []),
  ].join(' \\\n  ');
};
