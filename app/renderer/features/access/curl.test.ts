import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlOf } from './curl.ts';

const url = 'http://127.0.0.1:4711';
/** What the shell makes of it. */
const argumentsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; JAN_KEY=secret; ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe('a request as a command', () => {
  it('asks the same address for the same, without content and without a key of its own', () => {
    const command = curlOf({ method: 'POST', path: '/v1/chat/completions', modelId: 'jan-builtin', stream: true }, url);
    expect(command).toContain('$JAN_KEY');
    expect(argumentsOf(command)).toEqual([
      '-N',
      `${url}/v1/chat/completions`,
      '-H',
      'Authorization: Bearer secret',
      '-H',
      'content-type: application/json',
      '-d',
      '{"model":"jan-builtin","messages":[{"role":"user","content":"…"}],"stream":true}',
    ]);
  });

  it('leaves out what the request had not', () => {
    const get = curlOf({ method: 'GET', path: '/v1/models/:id', modelId: null, stream: false }, url);
    expect(argumentsOf(get)).toEqual([`${url}/v1/models/…`, '-H', 'Authorization: Bearer secret']);
    const remove = curlOf({ method: 'DELETE', path: '/v1/responses/:id', modelId: null, stream: false }, url);
    expect(argumentsOf(remove).slice(0, 3)).toEqual(['-X', 'DELETE', `${url}/v1/responses/…`]);
  });

  it('runs nothing that stands in a name', () => {
    const modelId = `it's $(touch x) "\`y\`" \\ \n end`;
    const body = argumentsOf(curlOf({ method: 'POST', path: '/v1/embeddings', modelId, stream: false }, url)).at(-1);
    expect(JSON.parse(body ?? '')).toEqual({ model: modelId, input: '…' });
  });
});
