import { z } from 'zod';
import { comparable } from '../checks/sources.ts';
import { defineRule, maybeList } from './rule.ts';

/** A text that is known of a company, and where it stands. */
export interface Known {
  /** Texts of the same key are one source. */
  readonly key: string;
  /** Of which account or place it is: none crowds the others out. */
  readonly kind: string;
  readonly title: string;
  readonly url: string;
  readonly text: string;
}

const Stats = z.looseObject({
  repository: z.string(),
  url: z.string(),
  description: z.string(),
  numbers: z.array(z.object({ what: z.string(), value: z.number(), url: z.string() })),
  latestRelease: z.object({ name: z.string(), at: z.string(), url: z.string() }).nullable(),
});
const Readme = z.looseObject({ title: z.string(), url: z.string(), text: z.string() });
const Calendar = z.looseObject({
  events: z.array(z.looseObject({ title: z.string(), start: z.string(), description: z.string() })),
});
const Message = z.looseObject({ from: z.string(), subject: z.string(), date: z.string(), text: z.string() });
const Slack = z.looseObject({
  messages: z.array(
    z.looseObject({ channel: z.string(), from: z.string(), text: z.string(), at: z.string(), url: z.string() }),
  ),
});
const Notion = z.looseObject({
  pages: z.array(z.looseObject({ title: z.string(), url: z.string(), text: z.string() })),
});
const Items = z.looseObject({
  items: z.array(
    z.looseObject({
      kind: z.string(),
      id: z.string(),
      title: z.string(),
      text: z.string(),
      status: z.string().nullable(),
      doneAt: z.number().nullable(),
    }),
  ),
});

/** Answers of the tools that read what is connected; null where one is not set up. */
export const Connected = z.object({
  github: Stats.nullish(),
  readme: Readme.nullish(),
  calendar: Calendar.nullish(),
  mail: maybeList(Message.nullable()),
  slack: Slack.nullish(),
  notion: Notion.nullish(),
  tasks: Items.nullish(),
});
type Connected = z.infer<typeof Connected>;

const grouped = new Intl.NumberFormat('en');
const joined = (parts: readonly string[]): string => parts.join(', ').replace(/, ([^,]*)$/u, ' and $1');

const ofGithub = ({ github, readme }: Connected, today: string): Known[] => {
  const pages = Map.groupBy(github?.numbers.filter(({ value }) => value > 0) ?? [], ({ url }) => url);
  const about = github ? [{ key: github.url, title: `${github.repository} on GitHub`, url: github.url }] : [];
  return [
    ...about.flatMap((source) => [
      { ...source, kind: 'GitHub', text: github?.description ?? '' },
      ...(github?.latestRelease
        ? [
            {
              ...source,
              kind: 'GitHub',
              text: `The latest release is ${github.latestRelease.name}, of ${github.latestRelease.at}.`,
            },
          ]
        : []),
    ]),
    ...[...pages].map(([url, numbers]) => ({
      key: url,
      kind: 'GitHub',
      title: `${github?.repository} on GitHub: ${joined(numbers.map(({ what }) => what))}`,
      url,
      text: `${github?.repository} has ${joined(numbers.map(({ what, value }) => `${grouped.format(value)} ${what}`))} on GitHub, as of ${today}.`,
    })),
    ...(readme
      ? [{ key: readme.url, kind: 'GitHub', title: `${readme.title} on GitHub`, url: readme.url, text: readme.text }]
      : []),
  ];
};

/** What entries that tell of the company's business are called. */
const business =
  /\b(?:customer|client|demo|pilot|sales|interview|onboarding|investor|user|partner|trial|kick-?off|contract|launch)/iu;

const ofCalendar = ({ calendar }: Connected, { name, from, to }: Searched): Known[] => {
  const events = (calendar?.events ?? []).filter(
    ({ title, description }) =>
      business.test(title) || comparable(`${title} ${description}`).includes(comparable(name)),
  );
  if (events.length === 0) return [];
  const text = [
    `${grouped.format(events.length)} entries of the calendar from ${from} to ${to} are about ${name} or its business, such as demos and pilots.`,
    ...events.map(({ title, start }) => `${start.slice(0, 10)}: ${title}`),
  ].join('\n');
  return [{ key: 'calendar', kind: 'Calendar', title: `Calendar, ${from} to ${to}`, url: '', text }];
};

/** Without what it answers. */
const ownWords = (mail: string): string =>
  mail
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');

const ofMessages = ({ mail, slack }: Connected): Known[] => [
  ...(mail ?? []).flatMap((message) =>
    message
      ? [
          {
            key: `mail ${message.from} ${message.date} ${message.subject}`,
            kind: 'Mail',
            title: `Mail: ${message.subject}, ${message.from}, ${message.date.slice(0, 10)}`,
            url: '',
            text: ownWords(message.text),
          },
        ]
      : [],
  ),
  ...(slack?.messages ?? []).map(({ channel, from, text, at, url }) => ({
    key: url || `slack ${channel} ${at}`,
    kind: 'Slack',
    title: `Slack: #${channel}, ${from}, ${at.slice(0, 10)}`,
    url,
    text,
  })),
];

const ofPages = ({ notion, tasks }: Connected): Known[] => [
  ...(notion?.pages ?? []).map(({ title, url, text }) => ({
    key: url || `notion ${title}`,
    kind: 'Notion',
    title: `Notion: ${title}`,
    url,
    text,
  })),
  ...(tasks?.items ?? []).map(({ id, kind, title, text, status, doneAt }) => ({
    key: id,
    kind: 'Tasks',
    title: `${kind === 'task' ? 'Task' : 'Project'}: ${title}`,
    url: '',
    text: [
      ...(kind === 'task' && status === 'done' && doneAt !== null
        ? [`Done on ${new Date(doneAt).toISOString().slice(0, 10)}: ${title}.`]
        : []),
      ...(status === 'open' || status === 'doing' ? [`Planned: ${title}.`] : []),
      text,
    ].join('\n'),
  })),
];

/** What the connected accounts and the workspace say, each with its address or title. */
export const connectedSources = (connected: Connected, searched: Searched): Known[] =>
  [
    ...ofGithub(connected, searched.to),
    ...ofCalendar(connected, searched),
    ...ofMessages(connected),
    ...ofPages(connected),
  ].filter(({ text }) => text.trim() !== '');

const DAY = 86_400_000;
const longestName = 60;

export const Searched = z.object({ name: z.string(), from: z.string(), to: z.string() });
type Searched = z.infer<typeof Searched>;

/** By which name a company is looked for in mail and the like, and in which days. */
const search = defineRule({
  name: 'pitch-search',
  input: z.object({ company: z.string().min(1), days: z.number().int().min(1).max(365).default(90) }),
  decide({ company, days }, { today }) {
    const [first = ''] = company.trim().split(/[,;:(\n–—]|\s-\s|\s(?:is|are|makes?|helps?|offers?)\s/u);
    const name = (first.trim() || company.trim()).slice(0, longestName).trim();
    const from = new Date(Date.parse(`${today}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);
    return { value: { name, from, to: today }, output: `“${name}”, from ${from} to ${today}` };
  },
});

export const connectedRules = [search];
