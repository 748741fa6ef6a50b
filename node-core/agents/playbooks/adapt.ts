import { z } from 'zod';
import { Playbook, type PlaybookStep } from '../../contract/index.ts';
import { isQuoted } from './checks/sources.ts';
import { asTemplate } from './expressions.ts';
import { faultsOf, type Known } from './faults.ts';
import { withoutSteps } from './leave-out.ts';
import { refusals } from './refusals.ts';
import { termsOf } from './terms.ts';

type Json = z.core.util.JSONType;

/** A playbook, and what was done to it in words for a person. */
export interface Adapted {
  readonly playbook: Playbook;
  readonly changes: readonly string[];
}

/**
 * One small decision on a playbook's steps: what a model is asked, the form of its answer, and what comes of it. Whatever it answers, the
 * result is a playbook without a fault, with the same tools, hosts and budget: what can't be done is dropped. So is what is not asked for in
 * words of the goal.
 */
export interface Adaptation {
  readonly task: string;
  readonly schema: Readonly<Record<string, Json>>;
  apply(before: Adapted, answer: unknown): Adapted;
}

const most = { left: 5, searches: 2, texts: 2, steps: 60, lines: 20, limit: 200 };

const words: Json = { type: 'string', minLength: 3, maxLength: 120 };
const listOf = (name: string, maxItems: number, properties: Record<string, Json>): Readonly<Record<string, Json>> => ({
  type: 'object',
  additionalProperties: false,
  required: [name],
  properties: {
    [name]: {
      type: 'array',
      maxItems,
      items: { type: 'object', additionalProperties: false, required: Object.keys(properties), properties },
    },
  },
});

/** On one line, and no expression. */
const plain = (text: string, longest: number): string =>
  text
    .replaceAll(/[{}]/gu, ' ')
    .replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, longest)
    .trim();

const because = (said: string): string => `You wrote: “${plain(said, 120)}”.`;

const titlesOf = ({ steps }: Playbook, ids: ReadonlySet<string>): string =>
  steps.flatMap(({ id, title }) => (ids.has(id) ? [`“${title}”`] : [])).join(', ');

/** As it may be carried out, or null. */
const whole = (playbook: Playbook | null, known: Known): Playbook | null => {
  const { data } = Playbook.safeParse(playbook);
  return data && faultsOf(data, known).length === 0 ? data : null;
};

/** Without as many of the steps as it can be without. */
const leftOut = (before: Adapted, wanted: readonly string[], said: string, known: Known): Adapted => {
  const ids = wanted.reduce<string[]>((all, id) => {
    const more = [...all, id];
    return withoutSteps(before.playbook, more) === null ? all : more;
  }, []);
  const after = ids.length === 0 ? null : whole(withoutSteps(before.playbook, ids), known);
  if (!after) return before;
  const gone = new Set(
    before.playbook.steps.map(({ id }) => id).filter((id) => !after.steps.some((step) => step.id === id)),
  );
  return {
    playbook: after,
    changes: [...before.changes, `Left out: ${titlesOf(before.playbook, gone)}. ${because(said)}`],
  };
};

const leaving = (playbook: Playbook, goal: string, known: Known): Adaptation | null => {
  const steps = playbook.steps.filter(({ id }) => withoutSteps(playbook, [id]) !== null);
  const [first] = steps;
  if (!first) return null;
  const LeaveOut = z.object({ leaveOut: z.array(z.object({ step: z.string(), words: z.string() })).max(most.left) });
  return {
    task: [
      'Which of these steps does the person say they do not want?',
      ...steps.map(({ id, title }) => `- ${id}: ${title}`),
      '"words": where the person says so, copied exactly. An empty list where they say nothing of the kind.',
    ].join('\n'),
    schema: listOf('leaveOut', most.left, { step: { enum: steps.map(({ id }) => id) }, words }),
    apply(before, answer) {
      const asked = (LeaveOut.safeParse(answer).data?.leaveOut ?? []).filter(({ words: said }) => isQuoted(said, goal));
      return [...new Set(asked.map(({ words: said }) => said))].reduce((all, said) => {
        const ids = asked.flatMap((one) => (one.words === said ? [one.step] : []));
        const there = ids.filter((id) => all.playbook.steps.some((step) => step.id === id));
        return leftOut(all, there, said, known);
      }, before);
    },
  };
};

type ToolStep = Extract<PlaybookStep, { kind: 'tool' }>;
/** Searches the web for each of a list, to which others can be added. */
const searchIn = ({ steps, tools }: Playbook): (ToolStep & { readonly each: string }) | undefined =>
  steps
    .flatMap((step) =>
      step.kind === 'tool' && step.tool === 'web.search' && step.each !== undefined
        ? [{ ...step, each: step.each }]
        : [],
    )
    .find((step) => tools.includes(step.tool) && step.with['query'] === '{{ item }}');

const common = { needs: [] as string[], limit: 50, optional: true };

const freeId = ({ steps }: Playbook, id: string): string => {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? id : `${id}-${number}`;
    if (!steps.some((step) => step.id === free)) return free;
  }
};

const searching = (playbook: Playbook, goal: string, known: Known): Adaptation | null => {
  if (!searchIn(playbook)) return null;
  const Searches = z.object({
    searches: z.array(z.object({ query: z.string(), words: z.string() })).max(most.searches),
  });
  return {
    task: [
      'The web is searched for what this usually needs. Does the person ask to look for something more?',
      '"query": a short query for it. "words": where the person asks for it, copied exactly.',
      'An empty list where they ask for nothing more.',
    ].join('\n'),
    schema: listOf('searches', most.searches, { query: { type: 'string', minLength: 3, maxLength: 100 }, words }),
    apply(before, answer) {
      const search = searchIn(before.playbook);
      const asked = (Searches.safeParse(answer).data?.searches ?? [])
        .map(({ query, words: said }) => ({ query: plain(query, 100), said }))
        .filter(({ query, said }) => query.length >= 3 && isQuoted(said, goal));
      if (!search || asked.length === 0) return before;
      const id = freeId(before.playbook, 'more-queries');
      const more: PlaybookStep = {
        ...common,
        optional: false,
        id,
        kind: 'rule',
        title: 'Add what you asked to look for',
        rule: 'list',
        with: { items: [asTemplate(search.each), ...asked.map(({ query }) => query)] },
      };
      const wider: ToolStep = {
        ...search,
        each: `steps.${id}`,
        limit: Math.min(most.limit, search.limit + asked.length),
      };
      const after = whole(
        {
          ...before.playbook,
          steps: before.playbook.steps.flatMap((step) => (step.id === search.id ? [more, wider] : [step])),
        },
        known,
      );
      return after
        ? {
            playbook: after,
            changes: [
              ...before.changes,
              ...asked.map(({ query, said }) => `Added a search: “${query}”. ${because(said)}`),
            ],
          }
        : before;
    },
  };
};

const writing = (playbook: Playbook, goal: string, known: Known): Adaptation | null => {
  const titles = [...new Set(playbook.result.map(({ title }) => title))];
  if (titles.length === 0) return null;
  const Texts = z.object({
    texts: z
      .array(
        z.object({
          title: z.string(),
          about: z.string(),
          from: z.array(z.string()).max(3),
          words: z.string(),
        }),
      )
      .max(most.texts),
  });
  return {
    task: [
      `This leads to: ${titles.join(', ')}. Does the person ask for a further text, beside these?`,
      '"title": what it is called. "about": what it says, and for whom. "from": what it is written from. "words": where the person asks for it, copied exactly.',
      'An empty list where they ask for no further text.',
    ].join('\n'),
    schema: listOf('texts', most.texts, {
      title: { type: 'string', minLength: 3, maxLength: 60 },
      about: { type: 'string', minLength: 3, maxLength: 200 },
      from: { type: 'array', maxItems: 3, items: { enum: titles } },
      words,
    }),
    apply: (before, answer) =>
      (Texts.safeParse(answer).data?.texts ?? []).reduce((all, text) => {
        const [title, about] = [plain(text.title, 60), plain(text.about, 200)];
        if (!isQuoted(text.words, goal) || title.length < 3 || about.length < 3) return all;
        const after = whole(withText(all.playbook, title, about, new Set(text.from)), known);
        return after
          ? { playbook: after, changes: [...all.changes, `Added a text: “${title}”. ${because(text.words)}`] }
          : all;
      }, before),
  };
};

/** With a text that is written from some of the results, shown as another of them, and kept as a note where results are kept. */
const withText = (playbook: Playbook, title: string, about: string, from: ReadonlySet<string>): Playbook | null => {
  const { steps, result } = playbook;
  const keeps = steps.some(({ kind }) => kind === 'change');
  if (steps.length + (keeps ? 2 : 1) > most.steps || result.length + 1 > most.lines) return null;
  const id = freeId(playbook, 'text');
  const parts = result
    .filter((line) => from.has(line.title))
    .map((line) => `${line.title}:\n${asTemplate(line.value)}`);
  const project = steps.find((step) => step.kind === 'change' && step.change === 'project-with-tasks' && !step.each);
  const text: PlaybookStep = {
    ...common,
    id,
    kind: 'ask',
    profile: 'writer',
    title: `Write “${title}”`,
    prompt: [...parts, `Write “${title}”, 60 to 250 words: ${about}`].join('\n\n'),
    maxTokens: 800,
    checks: [{ check: 'no-placeholders', with: {} }],
  };
  const note: PlaybookStep = {
    ...common,
    optional: false,
    id: freeId(playbook, `${id}-note`),
    kind: 'change',
    title: `Keep “${title}”`,
    when: `steps.${id}`,
    change: 'note',
    with: {
      text: `# ${title}\n\n{{ steps.${id} }}`,
      tags: ['draft'],
      ...(project && { projectId: `{{ steps.${project.id}.projectId }}` }),
    },
  };
  return {
    ...playbook,
    steps: [...steps, text, ...(keeps ? [note] : [])],
    result: [...result, { title, value: `steps.${id}` }],
  };
};

/** What a model is asked about a playbook, one after the other. */
export const adaptationsOf = (playbook: Playbook, goal: string, known: Known): readonly Adaptation[] =>
  [leaving, searching, writing].flatMap((part) => part(playbook, goal, known) ?? []);

const ofTheWeb: ReadonlySet<string> = new Set(termsOf('research search web internet online sources pages recherche'));

/** The same without a model, where a goal says what it does without: "no budget", "without research". */
export const adaptedByRule = (playbook: Playbook, goal: string, known: Known): Adapted => {
  const ownName = new Set(termsOf(playbook.name));
  return refusals(goal).reduce<Adapted>(
    (before, { said, terms }) => {
      const wanted = terms.filter((term) => !ownName.has(term));
      const isOffline = wanted.some((term) => ofTheWeb.has(term));
      const isMeant = (step: PlaybookStep): boolean =>
        termsOf(`${step.title} ${step.id.replaceAll('-', ' ')}`).some(
          (term) => wanted.includes(term) || (isOffline && ofTheWeb.has(term)),
        );
      const ids = before.playbook.steps.filter(isMeant).map(({ id }) => id);
      return leftOut(before, ids, said, known);
    },
    { playbook, changes: [] },
  );
};
