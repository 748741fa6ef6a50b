import { z } from 'zod';
import { missingToken, readAnswer, serviceOrigins, serviceSettings } from '../rest.ts';
import { defineTool } from '../types.ts';
import { visible, visibleLine } from '../visible.ts';
import { github, isCut, partsOf, service } from './client.ts';

export const shared = {
  outside: true,
  labels: { untrusted: true, private: true },
  settings: serviceSettings(
    service,
    'Fine-grained, for the repositories you choose; without one only what is public is read.',
  ),
  origins: serviceOrigins,
} as const;

const PER_PAGE = 100;
export const Repository = z.string().regex(/^[\w.-]{1,100}\/(?!\.{1,2}$)[\w.-]{1,100}$/u, 'as in owner/name');
const Text = z
  .string()
  .nullish()
  .transform((text) => visible(text ?? ''));
const User = z
  .object({ login: z.string() })
  .nullish()
  .transform((user) => user?.login ?? '');

const Issue = z.object({
  title: z.string(),
  html_url: z.string(),
  number: z.number(),
  state: z.string(),
  updated_at: z.string(),
  user: User,
  body: Text,
  comments: z.number().default(0),
  pull_request: z.unknown().optional(),
});
const Found = z.object({ total_count: z.number(), items: z.array(Issue) });

const SearchInput = z.object({
  /** As on GitHub: words, repo:owner/name, is:open, label:bug … */
  query: z.string().min(1).max(256),
  limit: z.number().int().min(1).max(300).default(20),
});
const SearchOutput = z.object({
  items: z.array(
    z.object({
      title: z.string(),
      repository: z.string(),
      number: z.number(),
      kind: z.enum(['issue', 'pull request']),
      state: z.string(),
      from: z.string(),
      updatedAt: z.string(),
      excerpt: z.string(),
      url: z.string(),
    }),
  ),
  total: z.number(),
});

const repositoryOf = (url: string): string => new URL(url).pathname.split('/').slice(1, 3).join('/');

export const searchGithub = defineTool({
  ...shared,
  name: 'github.search',
  title: 'Search GitHub',
  description: 'Issues and pull requests by words and the qualifiers of GitHub.',
  effect: 'read',
  repeatable: true,
  missing: () => null,
  input: SearchInput,
  output: SearchOutput,
  sources: (_, { items }) => items.map(({ url }) => url).slice(0, 100),
  async call({ query, limit }, context) {
    const items: z.infer<typeof SearchOutput>['items'] = [];
    let total = 0;
    const octokit = await github(context);
    for (let page = 1; items.length < limit; page += 1) {
      const { data } = await octokit.request('GET /search/issues', {
        q: query,
        per_page: Math.min(PER_PAGE, limit),
        page,
      });
      const found = readAnswer(service, Found, data);
      total = found.total_count;
      if (found.items.length === 0) break;
      for (const issue of found.items)
        items.push({
          title: visibleLine(issue.title, 300),
          repository: repositoryOf(issue.html_url),
          number: issue.number,
          kind: issue.pull_request === undefined ? 'issue' : 'pull request',
          state: issue.state,
          from: issue.user,
          updatedAt: issue.updated_at,
          excerpt: visibleLine(issue.body, 400),
          url: issue.html_url,
        });
      if (items.length >= total) break;
    }
    return { items: items.slice(0, limit), total };
  },
});

const ReadInput = z
  .object({
    repository: Repository,
    /** Of an issue or pull request. */
    number: z.number().int().positive().optional(),
    /** Of a file; with neither, the README is read. */
    path: z
      .string()
      .min(1)
      .max(500)
      .refine(
        (path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
        'a path as in docs/a.md',
      )
      .optional(),
    maxChars: z.number().int().min(100).max(200_000).default(30_000),
  })
  .refine(({ number, path }) => number === undefined || path === undefined, 'a number or a path, not both');
const ReadOutput = z.object({
  title: z.string(),
  url: z.string(),
  state: z.string().nullable(),
  text: z.string(),
  comments: z.array(z.object({ from: z.string(), at: z.string(), text: z.string() })),
  /** Whether there is more than is given here. */
  truncated: z.boolean(),
});
const Comment = z.object({ user: User, created_at: z.string(), body: Text });
const MAX_COMMENTS = 300;

export const readGithub = defineTool({
  ...shared,
  name: 'github.read',
  title: 'Read GitHub',
  description: 'An issue or pull request with its comments, a file of a repository, or its README.',
  effect: 'read',
  repeatable: true,
  missing: () => null,
  input: ReadInput,
  output: ReadOutput,
  sources: (_, { url }) => [url],
  async call({ repository, number, path, maxChars }, context) {
    const octokit = await github(context);
    const at = partsOf(repository);
    if (number === undefined) {
      const raw = { ...at, headers: { accept: 'application/vnd.github.raw+json' } };
      // The client would write a slash of the path as %2F.
      const escaped = path?.split('/').map(encodeURIComponent).join('/');
      const file =
        escaped === undefined
          ? await octokit.request('GET /repos/{owner}/{repo}/readme', raw)
          : await octokit.request(`GET /repos/{owner}/{repo}/contents/${escaped}`, raw);
      const text = visible(String(file.data));
      const address = context.setting('address');
      const web = address ? new URL(address).origin : 'https://github.com';
      return {
        title: path ?? 'README',
        url: path === undefined ? `${web}/${repository}` : `${web}/${repository}/blob/HEAD/${path}`,
        state: null,
        text: text.slice(0, maxChars),
        comments: [],
        truncated: isCut(file) || text.length > maxChars,
      };
    }
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
      ...at,
      issue_number: number,
    });
    const issue = readAnswer(service, Issue, data);
    const comments: z.infer<typeof Comment>[] = [];
    for (let page = 1; comments.length < Math.min(issue.comments, MAX_COMMENTS); page += 1) {
      const some = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...at,
        issue_number: number,
        per_page: PER_PAGE,
        page,
      });
      const found = readAnswer(service, z.array(Comment), some.data);
      if (found.length === 0) break;
      comments.push(...found);
    }
    let left = maxChars;
    const take = (text: string): string => {
      const taken = text.slice(0, left);
      left -= taken.length;
      return taken;
    };
    const whole = [issue.body, ...comments.map(({ body }) => body)].reduce((sum, { length }) => sum + length, 0);
    return {
      title: visibleLine(issue.title, 300),
      url: issue.html_url,
      state: issue.state,
      text: take(issue.body),
      comments: comments.map(({ user, created_at, body }) => ({ from: user, at: created_at, text: take(body) })),
      truncated: whole > maxChars || issue.comments > comments.length,
    };
  },
});

const CommentInput = z.object({
  repository: Repository,
  number: z.number().int().positive(),
  text: z.string().min(1).max(60_000),
});

export const commentGithub = defineTool({
  ...shared,
  name: 'github.comment',
  title: 'Comment on GitHub',
  description: 'Adds a comment to an issue or pull request. A person sees it first, word by word.',
  effect: 'send-out',
  repeatable: false,
  missing: missingToken(service),
  input: CommentInput,
  output: z.object({ url: z.string() }),
  sources: () => [],
  async call({ repository, number, text }, context) {
    const octokit = await github(context);
    const { data } = await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...partsOf(repository),
      issue_number: number,
      body: text,
    });
    return { url: readAnswer(service, z.object({ html_url: z.string() }), data, 'POST').html_url };
  },
});
