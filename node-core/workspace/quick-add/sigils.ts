import { isTagName, normaliseTag, tagPattern } from '../tag-names.ts';
import type { Phrase, Span } from './phrase.ts';

export interface KnownProject {
  readonly id: string;
  readonly name: string;
}

/** Who a task can be assigned to beside `me` and `agent`. */
export interface KnownAgent {
  readonly id: string;
  readonly name: string;
}

/** As a name is written in one word: `Market expert` as `market-expert`. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');

const opens = String.raw`(?<![^\s(\[{,;])`;

const priority = new RegExp(
  String.raw`${opens}(?:!([1-4])|p([1-4]))(?![\p{L}\p{M}\p{N}_!'’-]|[.,:/]\p{N}|\.\p{L})`,
  'gu',
);
const assignee = new RegExp(String.raw`${opens}@([a-z][a-z0-9-]*)(?![\p{L}\p{M}\p{N}_'’@-]|\.\p{L})`, 'giu');
const plus = new RegExp(String.raw`${opens}\+(?=\S)`, 'gu');
const quotedName = /^["“”]([^"“”]{1,200})["“”]/u;
const wordName = /^\p{L}[\p{L}\p{M}\p{N}_/-]*/u;

const kept: readonly RegExp[] = [
  /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,20}:\/\/\S+/giu,
  /(?<![\p{L}\p{N}])www\.\S+/giu,
  /[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,255}\.\p{L}{2,}/gu,
  /`[^`\n]+`/g,
  /"[^"\n]+"/g,
  /[“„«][^“”„«»\n]+[”“»]/g,
];

/** Addresses, quotations and code: nothing in them is ever read as an instruction. */
export const keptSpans = (text: string): Span[] =>
  kept.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  );

const findTags = (text: string): Phrase[] =>
  [...text.matchAll(tagPattern)].flatMap((match): Phrase[] => {
    const name = (match[1] ?? '').replace(/[/-]+$/, '');
    if (!isTagName(name)) return [];
    const label = normaliseTag(name);
    return [
      {
        kind: 'tag',
        start: match.index,
        end: match.index + 1 + name.length,
        label: `#${label}`,
        weight: 0,
        means: { draft: { tags: [label] } },
      },
    ];
  });

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

const knownAt = (
  rest: string,
  projects: readonly KnownProject[],
): { project: KnownProject; length: number } | undefined => {
  let best: { project: KnownProject; length: number } | undefined;
  for (const project of projects) {
    const { length } = project.name;
    if (length === 0 || (best && length <= best.length)) continue;
    const next = rest.slice(length, length + 2);
    if (fold(rest.slice(0, length)) === fold(project.name) && !/^[\p{L}\p{M}\p{N}_]/u.test(next))
      best = { project, length };
  }
  return best;
};

const findProjects = (text: string, projects: readonly KnownProject[]): Phrase[] =>
  [...text.matchAll(plus)].flatMap((match): Phrase[] => {
    const rest = text.slice(match.index + 1);
    const phrase = (length: number, name: string, known: KnownProject | undefined): Phrase => ({
      kind: 'project',
      start: match.index,
      end: match.index + 1 + length,
      label: `+${known?.name ?? name}`,
      weight: 0,
      means: { draft: known ? { projectId: known.id } : { projectName: name } },
    });
    const same = (name: string) => projects.find((project) => fold(project.name) === fold(name));
    const quoted = quotedName.exec(rest);
    const inQuotes = quoted?.[1]?.trim().replace(/\s+/g, ' ');
    if (quoted && inQuotes) return [phrase(quoted[0].length, inQuotes, same(inQuotes))];
    const known = knownAt(rest, projects);
    if (known) return [phrase(known.length, known.project.name, known.project)];
    const word = wordName.exec(rest)?.[0].replace(/[/-]+$/, '');
    return word === undefined || word.length > 200 || new RegExp(`^[@.]\\p{L}`, 'u').test(rest.slice(word.length))
      ? []
      : [phrase(word.length, word, undefined)];
  });

const findPriorities = (text: string): Phrase[] =>
  [...text.matchAll(priority)].flatMap((match): Phrase[] => {
    const level = Number(match[1] ?? match[2]);
    if (level !== 1 && level !== 2 && level !== 3 && level !== 4) return [];
    return [
      {
        kind: 'priority',
        start: match.index,
        end: match.index + match[0].length,
        label: `!${level}`,
        weight: 0,
        means: { draft: { priority: level } },
      },
    ];
  });

const anyone: readonly KnownAgent[] = [
  { id: 'me', name: 'me' },
  { id: 'agent', name: 'agent' },
];

const findAssignees = (text: string, agents: readonly KnownAgent[]): Phrase[] => {
  const known = [...anyone, ...agents];
  return [...text.matchAll(assignee)].flatMap((match): Phrase[] => {
    const said = match[1]?.toLowerCase() ?? '';
    const who = known.find(({ id }) => id === said) ?? known.find(({ name }) => slugOf(name) === said);
    if (!who) return [];
    return [
      {
        kind: 'assignee',
        start: match.index,
        end: match.index + match[0].length,
        label: `@${who.id}`,
        weight: 0,
        means: { draft: { assignee: who.id } },
      },
    ];
  });
};

/** What a mark of its own announces: `#tag`, `+project`, `!1`, `@agent`. */
export const findSigils = (
  text: string,
  projects: readonly KnownProject[],
  agents: readonly KnownAgent[],
): { projects: Phrase[]; others: Phrase[] } => ({
  projects: findProjects(text, projects),
  others: [...findTags(text), ...findPriorities(text), ...findAssignees(text, agents)],
});
