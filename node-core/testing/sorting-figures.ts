import { z } from 'zod';
import { rules } from '../agents/playbooks/rules/index.ts';
import { chaoticNotes } from './chaotic-notes.ts';

const decide = <T>(rule: string, input: unknown, value: z.ZodType<T>): T =>
  value.parse(rules.get(rule)?.decide(input, { today: '2026-03-02' }).value);

const Themes = z.object({
  themes: z.array(z.object({ name: z.string(), notes: z.array(z.object({ id: z.string() })) })),
});
const Merges = z.array(z.object({ ids: z.array(z.string()) }));
const Splits = z.array(z.object({ id: z.string() }));
const Graph = z.object({
  edges: z.array(z.object({ from: z.object({ id: z.string() }), to: z.object({ id: z.string() }) })),
});

/** How the rules sort a set of notes, against a person: shares are of 1. */
export const sortingFigures = (set: Parameters<typeof chaoticNotes>[0]) => {
  const sorted = chaoticNotes(set);
  const notes = sorted.map(({ note }) => note);
  const byId = new Map(sorted.map((one) => [one.note.id, one]));
  const { themes } = decide('themes', { notes }, Themes);
  const groupOf = new Map(themes.flatMap((theme, at) => theme.notes.map(({ id }) => [id, at] as const)));
  const themed = sorted.filter(({ theme }) => theme !== null);
  const pairs = themed.flatMap((one, at) => themed.slice(at + 1).map((other) => [one, other] as const));
  const isTogether = ([one, other]: (typeof pairs)[number]): boolean =>
    groupOf.has(one.note.id) && groupOf.get(one.note.id) === groupOf.get(other.note.id);
  const found = pairs.filter(isTogether);
  const right = found.filter(([one, other]) => one.theme === other.theme).length;
  const precision = right / found.length;
  const recall = right / pairs.filter(([one, other]) => one.theme === other.theme).length;
  const largest = themes.map((theme) => {
    const own = theme.notes.flatMap(({ id }) => byId.get(id)?.theme ?? []);
    return Math.max(0, ...own.map((name) => own.filter((other) => other === name).length));
  });
  const placed = themed.filter(({ note }) => groupOf.has(note.id)).length;
  const merges = decide('merge-proposals', { notes }, Merges);
  const rightMerges = merges.filter(({ ids }) => {
    const twins = ids.map((id) => byId.get(id)?.twin);
    return twins[0] && twins.every((twin) => twin === twins[0]);
  });
  const splits = decide('split-proposals', { notes }, Splits);
  const rightSplits = splits.filter(({ id }) => byId.get(id)?.mixed);
  const { edges } = decide('knowledge-graph', { notes }, Graph);
  const within = edges.filter(({ from, to }) => {
    const [one, other] = [byId.get(from.id), byId.get(to.id)];
    return one?.theme === other?.theme || one?.mixed || other?.mixed;
  });
  const singles = sorted.filter(({ single }) => single);
  return {
    notes: notes.length,
    themes: themes.length,
    wantedThemes: new Set(themed.map(({ theme }) => theme)).size,
    singles: singles.length,
    /** Of those, in no theme. */
    leftAlone: singles.filter(({ note }) => !groupOf.has(note.id)).length,
    purity: largest.reduce((sum, count) => sum + count, 0) / placed,
    placed: placed / themed.length,
    f1: (2 * precision * recall) / (precision + recall),
    merges: { right: rightMerges.length, wrong: merges.length - rightMerges.length },
    twins: new Set(sorted.flatMap(({ twin }) => twin ?? [])).size,
    splits: { right: rightSplits.length, wrong: splits.length - rightSplits.length },
    mixed: sorted.filter(({ mixed }) => mixed).length,
    edges: edges.length,
    within: within.length / edges.length,
  };
};
