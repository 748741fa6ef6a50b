import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type ServiceCall, type ServiceReply, startJsonService } from '../../testing/json-service.ts';
import { callTool } from '../../testing/tool-call.ts';
import type { Tool } from '../types.ts';
import { commentGithub, readGithub, searchGithub } from './github.ts';
import { githubStats } from './stats.ts';

let service: Awaited<ReturnType<typeof startJsonService>> | undefined;
afterEach(() => service?.stop());

const serve = async (reply: (call: ServiceCall) => ServiceReply) => {
  service = await startJsonService(reply);
  const { address, calls } = service;
  return {
    calls,
    call: (tool: Tool, input: unknown, more: { token?: string; now?: number; signal?: AbortSignal } = {}) => {
      const { token = 'ghp_1', ...rest } = more;
      return callTool(tool, input, { settings: { ...(token ? { token } : {}), address }, ...rest });
    },
  };
};
const issue = (number: number, more = {}) => ({
  title: `Bug ${number}`,
  html_url: `https://github.com/o/n/issues/${number}`,
  number,
  state: 'open',
  updated_at: '2026-03-01T00:00:00Z',
  user: { login: 'ada' },
  body: 'It breaks.',
  comments: 0,
  ...more,
});

it('searches page by page, up to what there is', async () => {
  const { calls, call } = await serve(({ query }) => ({
    body: {
      total_count: 130,
      items: Array.from({ length: query['page'] === '1' ? 100 : 30 }, (_, n) =>
        issue(Number(query['page']) * 1_000 + n, n === 0 ? { pull_request: {} } : {}),
      ),
    },
  }));
  const found = await call(searchGithub, { query: 'repo:o/n is:open', limit: 300 });
  expect(found).toMatchObject({ total: 130, items: expect.objectContaining({ length: 130 }) });
  expect(found).toMatchObject({
    items: {
      0: { kind: 'pull request', repository: 'o/n', number: 1_000 },
      1: { kind: 'issue', excerpt: 'It breaks.' },
    },
  });
  expect(calls.map(({ query }) => query['page'])).toEqual(['1', '2']);
});

it('reads an issue with all its comments', async () => {
  const { call } = await serve(({ path, query }) => {
    if (path === '/api/repos/o/n/issues/7') return { body: issue(7, { comments: 101, body: null }) };
    const page = Number(query['page']);
    return {
      body: Array.from({ length: page === 1 ? 100 : 1 }, () => ({
        user: null,
        created_at: '2026-03-02T00:00:00Z',
        body: `page ${page}`,
      })),
    };
  });
  const read = await call(readGithub, { repository: 'o/n', number: 7 });
  expect(read).toMatchObject({
    title: 'Bug 7',
    state: 'open',
    text: '',
    truncated: false,
    comments: { 0: { from: '', text: 'page 1' }, 100: { text: 'page 2' }, length: 101 },
  });
  expect(await call(readGithub, { repository: 'o/n', number: 7, maxChars: 100 })).toMatchObject({ truncated: true });
});

it('reads a file and the README as they are, and nothing outside the repository', async () => {
  const { calls, call } = await serve(({ path }) => ({ headers: { 'content-type': 'text/plain' }, body: `# ${path}` }));
  expect(await call(readGithub, { repository: 'o/n', path: 'docs/a b.md' }, { token: '' })).toMatchObject({
    title: 'docs/a b.md',
    text: '# /api/repos/o/n/contents/docs/a%20b.md',
    state: null,
  });
  expect(await call(readGithub, { repository: 'o/n' })).toMatchObject({ text: '# /api/repos/o/n/readme' });
  expect(calls.map(({ headers }) => headers.authorization)).toEqual([undefined, 'token ghp_1']);
  expect(calls[0]?.headers).toMatchObject({ accept: 'application/vnd.github.raw+json', 'user-agent': 'Jan' });
  await expect(call(readGithub, { repository: 'o/n', path: '../../../user' })).rejects.toThrow('a path as in');
  await expect(call(readGithub, { repository: 'o/..' })).rejects.toThrow('owner/name');
  expect(calls).toHaveLength(2);
});

it('takes a path letter by letter, and a type that is none for text', async () => {
  const { call } = await serve(({ path }) => ({ headers: { 'content-type': 'no type' }, body: `# ${path}` }));
  expect(await call(readGithub, { repository: 'o/n', path: '{owner}/:repo?a#b%2e' })).toMatchObject({
    text: '# /api/repos/o/n/contents/%7Bowner%7D/%3Arepo%3Fa%23b%252e',
  });
  await expect(call(searchGithub, { query: 'x' })).rejects.toThrow('in a form that is not known');
});

it('says that a file is longer than what is read of it', async () => {
  const { call } = await serve(() => ({
    headers: { 'content-type': 'text/plain', 'x-jan-cut': 'true' },
    body: 'short',
  }));
  expect(await call(readGithub, { repository: 'o/n' })).toMatchObject({ text: 'short', truncated: false });
  await service?.stop();
  const long = await serve(() => ({ headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(6_000_000) }));
  expect(await long.call(readGithub, { repository: 'o/n' })).toMatchObject({ truncated: true });
});

it('comments once', async () => {
  const { calls, call } = await serve(() => ({
    status: 201,
    body: { html_url: 'https://github.com/o/n/issues/7#issuecomment-1' },
  }));
  expect(await call(commentGithub, { repository: 'o/n', number: 7, text: 'Fixed.' })).toEqual({
    url: 'https://github.com/o/n/issues/7#issuecomment-1',
  });
  expect(calls).toMatchObject([{ method: 'POST', path: '/api/repos/o/n/issues/7/comments', body: { body: 'Fixed.' } }]);
  expect(commentGithub.missing(() => null)).toBe('Set the Token of GitHub under Agents, Tools.');
});

it('keeps to the limit of GitHub, and stops waiting when asked', async () => {
  const now = Date.parse('2026-03-01T00:00:00Z');
  const limited = (reset: number) => ({
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1_000 + reset) },
    body: { message: 'API rate limit exceeded' },
  });
  let reset = 600;
  const { call } = await serve(() => limited(reset));
  await expect(call(searchGithub, { query: 'x' }, { now })).rejects.toMatchObject({
    message: 'GitHub has been asked too often. Try again in 600 s.',
  });
  reset = 20;
  const stop = new AbortController();
  const waiting = call(searchGithub, { query: 'x' }, { now, signal: stop.signal });
  stop.abort();
  await expect(waiting).rejects.toSatisfy(
    (error) => error instanceof Error && (error.name === 'AbortError' || error.name === 'CancellationError'),
  );
});

it('says what GitHub refuses', async () => {
  let status = 401;
  const { call } = await serve(() => ({ status, body: { message: 'Some reason' } }));
  const said = async (code: number) => {
    status = code;
    return call(searchGithub, { query: 'x' }).then(() => '', String);
  };
  expect(await said(401)).toContain('refuses the token, or it has expired');
  expect(await said(403)).toContain('does not allow this token to do that (Some reason)');
  expect(await said(404)).toContain('nothing there, or the token may not see it');
  expect(await said(422)).toContain('answers 422 (Some reason). Check');
  await service?.stop();
  const odd = await serve(() => ({ body: '<html>a login page</html>' }));
  await expect(odd.call(searchGithub, { query: 'x' })).rejects.toMatchObject({
    message: expect.stringContaining('a form that is not known'),
  });
});

it('counts what a repository has, each number with its page', async () => {
  const { calls, call } = await serve(({ path, query }) => {
    if (path === '/api/repos/o/n')
      return {
        body: {
          html_url: 'https://github.com/o/n',
          description: 'Tools\u202e',
          created_at: '2024-05-01T00:00:00Z',
          stargazers_count: 1_204,
          forks_count: 80,
          subscribers_count: 31,
        },
      };
    if (path.endsWith('/contributors'))
      return {
        headers: {
          link: '<https://api.github.com/x?per_page=1&page=2>; rel="next", <https://api.github.com/x?per_page=1&page=17>; rel="last"',
        },
        body: [{}],
      };
    // Without a second page there is no link to a last one; an empty repository has no contributors to name.
    if (path.endsWith('/commits')) return { body: [{}] };
    if (path.endsWith('/releases'))
      return {
        body: [
          { tag_name: 'v3', html_url: '', draft: true, assets: [] },
          {
            tag_name: 'v2',
            name: '',
            html_url: 'https://github.com/o/n/releases/tag/v2',
            draft: false,
            published_at: '2026-02-01T00:00:00Z',
            assets: [{ download_count: 5_000 }, { download_count: 12 }],
          },
        ],
      };
    return { body: { total_count: (query['q'] ?? '').includes('is:merged') ? 300 : 7 } };
  });
  const stats = await call(githubStats, { repository: 'o/n' }, { token: '', now: Date.parse('2026-03-31T12:00:00Z') });
  expect(stats).toEqual({
    repository: 'o/n',
    url: 'https://github.com/o/n',
    description: 'Tools',
    since: '2024-05-01',
    numbers: [
      { what: 'stars', value: 1_204, url: 'https://github.com/o/n/stargazers' },
      { what: 'forks', value: 80, url: 'https://github.com/o/n/forks' },
      { what: 'watchers', value: 31, url: 'https://github.com/o/n/watchers' },
      { what: 'contributors', value: 17, url: 'https://github.com/o/n/graphs/contributors' },
      { what: 'commits since 2025-12-31', value: 1, url: 'https://github.com/o/n/commits' },
      { what: 'open issues', value: 7, url: 'https://github.com/o/n/issues' },
      { what: 'closed issues', value: 7, url: 'https://github.com/o/n/issues' },
      { what: 'new issues since 2025-12-31', value: 7, url: 'https://github.com/o/n/issues' },
      { what: 'merged pull requests', value: 300, url: 'https://github.com/o/n/pulls' },
      { what: 'releases', value: 1, url: 'https://github.com/o/n/releases' },
      { what: 'downloads of releases', value: 5_012, url: 'https://github.com/o/n/releases' },
    ],
    latestRelease: { name: 'v2', at: '2026-02-01', url: 'https://github.com/o/n/releases/tag/v2' },
  });
  expect(calls.find(({ path }) => path.endsWith('/commits'))?.query).toMatchObject({ since: '2025-12-31' });
});

it('says of how many releases it counted the downloads where there are more', async () => {
  const release = { tag_name: 'v1', html_url: 'https://github.com/o/n/releases/tag/v1', draft: false };
  const { call } = await serve(({ path, query }) => {
    if (path.endsWith('/repos/o/n'))
      return {
        body: {
          html_url: 'https://github.com/o/n',
          created_at: '2024-05-01T09:00:00Z',
          stargazers_count: 1,
          forks_count: 1,
        },
      };
    if (!path.endsWith('/releases')) return { body: path.includes('/search/') ? { total_count: 0 } : [] };
    return query['per_page'] === '1'
      ? { headers: { link: '<https://api.github.com/x?per_page=1&page=420>; rel="last"' }, body: [{}] }
      : { body: Array.from({ length: 100 }, () => ({ ...release, assets: [{ download_count: 2 }] })) };
  });
  const { numbers } = z
    .looseObject({ numbers: z.array(z.looseObject({ what: z.string(), value: z.number() })) })
    .parse(await call(githubStats, { repository: 'o/n' }));
  expect(numbers.slice(-2)).toMatchObject([
    { what: 'releases', value: 420 },
    { what: 'downloads of the newest 300 releases', value: 600 },
  ]);
});
