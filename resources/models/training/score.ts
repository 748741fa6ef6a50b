import type { ActionItem, Decision, Extraction } from '../../../node-core/agents/skills/types.ts';

export interface Gold {
  actions: { owner: string | null; task: string; due: string | null }[];
  decisions: string[];
}

export interface Tally {
  gold: number;
  found: number;
  matched: number;
  owners: number;
  dues: number;
  goldDecisions: number;
  foundDecisions: number;
  matchedDecisions: number;
}

export const newTally = (): Tally => ({
  gold: 0,
  found: 0,
  matched: 0,
  owners: 0,
  dues: 0,
  goldDecisions: 0,
  foundDecisions: 0,
  matchedDecisions: 0,
});

const STOP = new Set(
  'the a an to of in on for with and or at it that this them him her his their our my your up out from by about so as be is are will we i'.split(
    ' ',
  ),
);
const content = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
      .filter((word) => !STOP.has(word))
      .map((word) => word.replace(/(?:ing|ed|es|s|e)$/u, '')),
  );

/** Share of the gold's content words that are found. */
function overlap(gold: string, found: string): number {
  const wanted = content(gold);
  const got = content(found);
  return wanted.size === 0 ? 0 : [...wanted].filter((word) => got.has(word)).length / wanted.size;
}

const people = (owner: string | null): string =>
  (owner ?? '')
    .toLowerCase()
    .split(/ and |, /u)
    .map((name) => name.split(' ')[0])
    .sort()
    .join('+');

/** Greedy one-to-one matching: an action counts if its owner agrees and at least a third of the task's words are there. */
export function score(tally: Tally, gold: Gold, found: Pick<Extraction, 'actions' | 'decisions'>): string[] {
  const notes: string[] = [];
  const free = new Set<ActionItem>(found.actions);
  for (const item of gold.actions) {
    const best = [...free]
      .map((action) => ({
        action,
        value: overlap(item.task, action.title) + (people(action.owner) === people(item.owner) ? 1 : 0),
      }))
      .filter(({ value, action }) => value > (people(action.owner) === people(item.owner) ? 1.32 : 0.59))
      .sort((a, b) => b.value - a.value)[0];
    if (best === undefined) {
      notes.push(`missed: ${item.owner} | ${item.task} | ${item.due}`);
      continue;
    }
    free.delete(best.action);
    const sameOwner = people(best.action.owner) === people(item.owner);
    const sameDue = best.action.due === item.due;
    if (sameOwner) tally.matched += 1;
    if (sameOwner) tally.owners += 1;
    if (sameDue) tally.dues += 1;
    notes.push(
      `${sameOwner ? '' : 'OWNER '}${sameDue ? '' : 'DUE '}found: ${best.action.owner} | ${best.action.title} | ${best.action.due}   <- ${item.owner} | ${item.task} | ${item.due}`,
    );
  }
  for (const action of free)
    notes.push(`extra: ${action.owner} | ${action.title} | ${action.due} (line ${action.line})`);
  const freeDecisions = new Set<Decision>(found.decisions);
  for (const text of gold.decisions) {
    const best = [...freeDecisions]
      .map((decision) => ({ decision, value: overlap(text, decision.text) }))
      .filter(({ value }) => value >= 0.34)
      .sort((a, b) => b.value - a.value)[0];
    if (best === undefined) notes.push(`missed decision: ${text}`);
    else {
      freeDecisions.delete(best.decision);
      tally.matchedDecisions += 1;
      notes.push(`decision: ${best.decision.text}   <- ${text}`);
    }
  }
  for (const decision of freeDecisions) notes.push(`extra decision: ${decision.text} (line ${decision.line})`);
  tally.gold += gold.actions.length;
  tally.found += found.actions.length;
  tally.goldDecisions += gold.decisions.length;
  tally.foundDecisions += found.decisions.length;
  return notes;
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000);
const f1 = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : Math.round(((2 * precision * recall) / (precision + recall)) * 1000) / 1000;

export function figures(tally: Tally): Record<string, number> {
  const [precision, recall] = [ratio(tally.matched, tally.found), ratio(tally.matched, tally.gold)];
  const [decisionPrecision, decisionRecall] = [
    ratio(tally.matchedDecisions, tally.foundDecisions),
    ratio(tally.matchedDecisions, tally.goldDecisions),
  ];
  return {
    actions: tally.gold,
    precision,
    recall,
    f1: f1(precision, recall),
    ownerExact: ratio(tally.owners, tally.gold),
    dueExact: ratio(tally.dues, tally.gold),
    decisions: tally.goldDecisions,
    decisionPrecision,
    decisionRecall,
    decisionF1: f1(decisionPrecision, decisionRecall),
  };
}
