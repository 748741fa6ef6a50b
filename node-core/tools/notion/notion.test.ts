import { afterEach, expect, it } from 'vitest';
import { type ServiceCall, type ServiceReply, startJsonService } from '../../testing/json-service.ts';
import { callTool } from '../../testing/tool-call.ts';
import { OutcomeUnknown } from '../outcome.ts';
import type { Tool } from '../types.ts';
import { readNotion, searchNotion, writeNotion } from './notion.ts';

let service: Awaited<ReturnType<typeof startJsonService>> | undefined;
afterEach(() => service?.stop());

const serve = async (reply: (call: ServiceCall) => ServiceReply) => {
  service = await startJsonService(reply);
  const { address, calls } = service;
  return {
    calls,
    call: (tool: Tool, input: unknown) => callTool(tool, input, { settings: { token: 'secret_1', address } }),
  };
};
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const page = (n: number, title: string) => ({
  id: id(n),
  url: `https://www.notion.so/${n}`,
  last_edited_time: '2026-03-01T00:00:00.000Z',
  properties: { Name: { type: 'title', title: [{ plain_text: title }] }, Tags: { type: 'multi_select' } },
});
const block = (n: number, type: string, text: string, more = {}) => ({
  id: id(n),
  type,
  has_children: false,
  [type]: { rich_text: [{ plain_text: text, href: null }] },
  ...more,
});

it('searches with the cursor until there is enough', async () => {
  const { calls, call } = await serve(({ body }) => {
    const isFirst = !JSON.stringify(body).includes('start_cursor');
    return {
      body: {
        results: [page(isFirst ? 1 : 2, isFirst ? 'Plan' : 'Budget')],
        has_more: true,
        next_cursor: isFirst ? 'c2' : 'c3',
      },
    };
  });
  expect(await call(searchNotion, { query: 'p', limit: 2 })).toEqual({
    pages: [
      { id: id(1), title: 'Plan', url: 'https://www.notion.so/1', editedAt: '2026-03-01T00:00:00.000Z', text: '' },
      { id: id(2), title: 'Budget', url: 'https://www.notion.so/2', editedAt: '2026-03-01T00:00:00.000Z', text: '' },
    ],
  });
  expect(calls).toMatchObject([{ body: { query: 'p' } }, { body: { start_cursor: 'c2' } }]);
  expect(calls[0]?.headers['notion-version']).toBe('2022-06-28');
});

it('gives the beginning of what the pages say where that is asked for', async () => {
  const { calls, call } = await serve(({ path }) =>
    path.endsWith('/search')
      ? { body: { results: [page(1, 'Plan'), { ...page(2, 'Odd'), id: '../users' }], has_more: false } }
      : {
          body: {
            results: [block(3, 'paragraph', 'We have 1,200 customers.'), block(4, 'paragraph', 'x'.repeat(500))],
            has_more: true,
            next_cursor: 'more',
          },
        },
  );
  expect(await call(searchNotion, { query: 'p', maxChars: 30 })).toMatchObject({
    pages: [
      { title: 'Plan', text: 'We have 1,200 customers.\nxxxxx' },
      { title: 'Odd', text: '' },
    ],
  });
  expect(calls.map(({ path }) => path)).toEqual(['/api/search', `/api/blocks/${id(1)}/children`]);
});

it('reads a page as Markdown, with what lies inside its blocks, over pages of them', async () => {
  const { call } = await serve(({ path, query }) => {
    if (path === `/api/pages/${id(1)}`) return { body: page(1, 'Plan') };
    if (path === `/api/blocks/${id(3)}/children`)
      return {
        body: {
          results: [block(4, 'to_do', 'call', { to_do: { rich_text: [{ plain_text: 'call' }], checked: true } })],
          has_more: false,
        },
      };
    if (query['start_cursor'] === 'c2')
      return {
        body: {
          results: [block(5, 'paragraph', 'Last'), { id: id(6), type: 'unsupported' }],
          has_more: false,
          next_cursor: null,
        },
      };
    return {
      body: {
        results: [block(2, 'heading_1', 'Goals'), block(3, 'bulleted_list_item', 'Grow', { has_children: true })],
        has_more: true,
        next_cursor: 'c2',
      },
    };
  });
  expect(await call(readNotion, { id: id(1) })).toEqual({
    title: 'Plan',
    url: 'https://www.notion.so/1',
    text: '# Goals\n- Grow\n  - [x] call\nLast',
    truncated: false,
  });
  await expect(call(readNotion, { id: '../users' })).rejects.toThrow('the id of a page');
});

it('makes a page from Markdown, more than a hundred lines in parts', async () => {
  const { calls, call } = await serve(() => ({ body: page(9, 'New') }));
  const lines = Array.from({ length: 148 }, (_, n) => `line ${n}`);
  expect(
    await call(writeNotion, { parent: id(1), title: 'New', text: ['# Goals', '- [ ] call', ...lines].join('\n') }),
  ).toEqual({ id: id(9), url: 'https://www.notion.so/9' });
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /api/pages',
    `PATCH /api/blocks/${id(9)}/children`,
  ]);
  expect(calls).toMatchObject([
    {
      body: {
        parent: { page_id: id(1) },
        children: {
          0: { heading_1: { rich_text: [{ text: { content: 'Goals' } }] } },
          1: { to_do: { checked: false } },
          length: 100,
        },
      },
    },
    { body: { children: { 49: { paragraph: { rich_text: [{ text: { content: 'line 147' } }] } }, length: 50 } } },
  ]);
});

it('adds to the end of a page, and says how far it came', async () => {
  let patches = 0;
  const { calls, call } = await serve(({ method }) => {
    if (method === 'PATCH') patches += 1;
    return patches === 2 ? { status: 500, body: { message: 'oops' } } : { body: page(1, 'Plan') };
  });
  const written = call(writeNotion, { page: id(1), text: Array.from({ length: 150 }, (_, n) => `${n}`).join('\n') });
  await expect(written).rejects.toBeInstanceOf(OutcomeUnknown);
  await expect(written).rejects.toMatchObject({
    message: 'Only the first 100 of 150 lines were written to Notion. Notion answers 500 (oops).',
  });
  expect(calls.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'PATCH']);
  await expect(call(writeNotion, { page: id(1), title: 'x', text: 'y' })).rejects.toThrow('parent and title');
  expect(writeNotion.missing(() => null)).toBe('Set the Token of Notion under Agents, Tools.');
});

it('has written nothing where the first part is refused, also of a page that is there', async () => {
  const { calls, call } = await serve(({ method }) =>
    method === 'GET' ? { body: '<html>' } : { status: 400, body: { message: 'no' } },
  );
  await expect(call(writeNotion, { page: id(1), text: 'x' })).rejects.not.toBeInstanceOf(OutcomeUnknown);
  await expect(call(writeNotion, { parent: id(1), title: 'New', text: 'x' })).rejects.not.toBeInstanceOf(
    OutcomeUnknown,
  );
  expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST']);
});
