import { z } from 'zod';
import { readAnswer } from '../rest.ts';
import { defineTool } from '../types.ts';
import { visibleLine } from '../visible.ts';
import { github, partsOf, service } from './client.ts';
import { Repository, shared } from './github.ts';

const DAY = 86_400_000;
const PER_PAGE = 100;
const MAX_RELEASES = 300;

const Facts = z.object({
  html_url: z.url(),
  description: z.string().nullish(),
  created_at: z.string(),
  stargazers_count: z.number(),
  forks_count: z.number(),
  subscribers_count: z.number().optional(),
});
const Release = z.object({
  name: z.string().nullish(),
  tag_name: z.string(),
  html_url: z.string(),
  draft: z.boolean(),
  published_at: z.string().nullish(),
  assets: z.array(z.object({ download_count: z.number() })),
});
const Total = z.object({ total_count: z.number() });

/** Of a list that is asked for one by one: the number of its last page. An empty one has no body, or an empty list. */
const lengthOf = ({ headers, data }: { readonly headers: { link?: string }; readonly data: unknown }): number => {
  const last = /[?&]page=(\d+)[^>]*>;\s*rel="last"/u.exec(headers.link ?? '')?.[1];
  return last === undefined ? (z.array(z.unknown()).safeParse(data).data?.length ?? 0) : Number(last);
};

const Output = z.object({
  repository: z.string(),
  url: z.string(),
  description: z.string(),
  since: z.string(),
  /** Each with the page on which a person finds it. */
  numbers: z.array(z.object({ what: z.string(), value: z.number(), url: z.string() })),
  latestRelease: z.object({ name: z.string(), at: z.string(), url: z.string() }).nullable(),
});

export const githubStats = defineTool({
  ...shared,
  name: 'github.stats',
  title: 'Count on GitHub',
  description:
    'Numbers of a repository: stars, forks, contributors, commits, issues, pull requests, releases, downloads.',
  effect: 'read',
  repeatable: true,
  missing: () => null,
  input: z.object({
    repository: Repository,
    /** How far back commits and new issues are counted. */
    days: z.number().int().min(1).max(3_650).default(90),
  }),
  output: Output,
  sources: (_, { url }) => [url],
  async call({ repository, days }, context) {
    const octokit = await github(context);
    const at = partsOf(repository);
    const since = new Date(context.clock.now() - days * DAY).toISOString().slice(0, 10);
    const one = { ...at, per_page: 1 };
    const about = await octokit.request('GET /repos/{owner}/{repo}', at);
    const facts = readAnswer(service, Facts, about.data);
    const web = facts.html_url;
    const found = async (words: string) => {
      const { data } = await octokit.request('GET /search/issues', { q: `repo:${repository} ${words}`, per_page: 1 });
      return readAnswer(service, Total, data).total_count;
    };
    const releases: z.infer<typeof Release>[] = [];
    let areAllRead = false;
    for (let page = 1; page <= MAX_RELEASES / PER_PAGE; page += 1) {
      const { data } = await octokit.request('GET /repos/{owner}/{repo}/releases', { ...at, per_page: PER_PAGE, page });
      const some = readAnswer(service, z.array(Release), data);
      releases.push(...some.filter(({ draft }) => !draft));
      areAllRead = some.length < PER_PAGE;
      if (areAllRead) break;
    }
    const numbers = [
      { what: 'stars', value: facts.stargazers_count, url: `${web}/stargazers` },
      { what: 'forks', value: facts.forks_count, url: `${web}/forks` },
      { what: 'watchers', value: facts.subscribers_count ?? 0, url: `${web}/watchers` },
      {
        what: 'contributors',
        value: lengthOf(await octokit.request('GET /repos/{owner}/{repo}/contributors', one)),
        url: `${web}/graphs/contributors`,
      },
      {
        what: `commits since ${since}`,
        value: lengthOf(await octokit.request('GET /repos/{owner}/{repo}/commits', { ...one, since })),
        url: `${web}/commits`,
      },
      { what: 'open issues', value: await found('is:issue is:open'), url: `${web}/issues` },
      { what: 'closed issues', value: await found('is:issue is:closed'), url: `${web}/issues` },
      { what: `new issues since ${since}`, value: await found(`is:issue created:>=${since}`), url: `${web}/issues` },
      { what: 'merged pull requests', value: await found('is:pr is:merged'), url: `${web}/pulls` },
      {
        what: 'releases',
        value: areAllRead
          ? releases.length
          : lengthOf(await octokit.request('GET /repos/{owner}/{repo}/releases', one)),
        url: `${web}/releases`,
      },
      {
        what: areAllRead ? 'downloads of releases' : `downloads of the newest ${releases.length} releases`,
        value: releases.flatMap(({ assets }) => assets).reduce((sum, { download_count }) => sum + download_count, 0),
        url: `${web}/releases`,
      },
    ];
    const [latest] = releases;
    return {
      repository,
      url: web,
      description: visibleLine(facts.description ?? '', 500),
      since: facts.created_at.slice(0, 10),
      numbers,
      latestRelease: latest
        ? {
            name: visibleLine(latest.name || latest.tag_name, 200),
            at: (latest.published_at ?? '').slice(0, 10),
            url: latest.html_url,
          }
        : null,
    };
  },
});
