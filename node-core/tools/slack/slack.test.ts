import { afterEach, expect, it } from 'vitest';
import { type ServiceCall, type ServiceReply, startJsonService } from '../../testing/json-service.ts';
import { callTool } from '../../testing/tool-call.ts';
import { OutcomeUnknown } from '../outcome.ts';
import type { Tool } from '../types.ts';
import { searchSlack, sendSlack } from './slack.ts';

let service: Awaited<ReturnType<typeof startJsonService>> | undefined;
afterEach(() => service?.stop());

const serve = async (reply: (call: ServiceCall) => ServiceReply) => {
  service = await startJsonService(reply);
  const { address, calls } = service;
  return {
    calls,
    call: (tool: Tool, input: unknown) => callTool(tool, input, { settings: { token: 'xoxp-1', address } }),
  };
};
const match = (n: number) => ({
  channel: { id: 'C1', name: 'general' },
  username: 'ada',
  text: `message ${n}`,
  ts: `177000000${n % 10}.000100`,
  permalink: `https://x.slack.com/p${n}`,
});

it('searches page by page until there is enough', async () => {
  const { calls, call } = await serve(({ query }) => {
    const page = Number(query['page']);
    return {
      body: {
        ok: true,
        messages: { matches: Array.from({ length: 100 }, (_, n) => match(page * 1_000 + n)), paging: { pages: 3 } },
      },
    };
  });
  const found = await call(searchSlack, { query: 'launch', limit: 150 });
  expect(found).toMatchObject({ messages: expect.objectContaining({ length: 150 }) });
  expect(calls.map(({ path, query }) => [path, query['page'], query['query']])).toEqual([
    ['/api/search.messages', '1', 'launch'],
    ['/api/search.messages', '2', 'launch'],
  ]);
  expect(calls[0]?.headers.authorization).toBe('Bearer xoxp-1');
});

it('posts exactly what was approved: no call to everyone, no preview', async () => {
  const { calls, call } = await serve(() => ({ body: { ok: true, channel: 'C1', ts: '1770000000.000100' } }));
  expect(await call(sendSlack, { channel: '#general', text: 'Hi <!channel> & <https://evil.example|all>' })).toEqual({
    channel: 'C1',
    ts: '1770000000.000100',
  });
  expect(calls).toMatchObject([
    {
      method: 'POST',
      path: '/api/chat.postMessage',
      body: {
        channel: '#general',
        text: 'Hi &lt;!channel&gt; &amp; &lt;https://evil.example|all&gt;',
        unfurl_links: false,
        unfurl_media: false,
      },
    },
  ]);
  expect([sendSlack.effect, sendSlack.repeatable]).toEqual(['send-out', false]);
});

it('waits where it is asked to, and gives up where that is long', async () => {
  let limited = 2;
  const { calls, call } = await serve(() => {
    limited -= 1;
    return limited >= 0
      ? { status: 429, headers: { 'retry-after': '0' }, body: { ok: false, error: 'ratelimited' } }
      : { body: { ok: true, channel: 'C1', ts: '1.1' } };
  });
  await call(sendSlack, { channel: 'C1', text: 'x' });
  expect(calls).toHaveLength(3);
  await service?.stop();
  const long = await serve(() => ({ status: 429, headers: { 'retry-after': '3600' }, body: '' }));
  await expect(long.call(sendSlack, { channel: 'C1', text: 'x' })).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: 'Slack has been asked too often. Try again in 3600 s.',
  });
  expect(long.calls).toHaveLength(1);
});

it('never posts again what may have been posted', async () => {
  const { calls, call } = await serve(() => ({ status: 502, body: 'bad gateway' }));
  const sent = call(sendSlack, { channel: 'C1', text: 'x' });
  await expect(sent).rejects.toBeInstanceOf(OutcomeUnknown);
  await expect(sent).rejects.toThrow('Slack answers 502.');
  expect(calls).toHaveLength(1);
});

it.each(['fatal_error', 'internal_error'])('takes Slack at its word that some of it may be done: %s', async (error) => {
  const { call } = await serve(() => ({ body: { ok: false, error } }));
  await expect(call(sendSlack, { channel: 'C1', text: 'x' })).rejects.toBeInstanceOf(OutcomeUnknown);
});

it('has posted nothing where Slack refuses it', async () => {
  const { call } = await serve(() => ({ body: { ok: false, error: 'msg_too_long' } }));
  const sent = call(sendSlack, { channel: 'C1', text: 'x' });
  await expect(sent).rejects.toThrow('Slack answers "msg_too_long"');
  await expect(sent).rejects.not.toBeInstanceOf(OutcomeUnknown);
});

it('says what is wrong with the token, the scope or the channel', async () => {
  let error = '';
  const { call } = await serve(() => ({ body: { ok: false, error, needed: 'search:read' } }));
  const said = async (code: string) => {
    error = code;
    return call(searchSlack, { query: 'x' }).then(() => '', String);
  };
  expect(await said('token_expired')).toContain('refuses the token, or it has expired');
  expect(await said('missing_scope')).toContain('lacks the scope search:read');
  expect(await said('channel_not_found')).toContain('no such channel');
  expect(searchSlack.missing(() => null)).toBe('Set the Token of Slack under Agents, Tools.');
});

it('reaches Slack itself only where the playbook names it', async () => {
  await expect(callTool(searchSlack, { query: 'x' }, { settings: { token: 'x' } })).rejects.toMatchObject({
    code: 'EGRESS_REFUSED',
    message: expect.stringContaining('slack.com'),
  });
});
