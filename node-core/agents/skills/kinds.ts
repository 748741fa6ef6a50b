import { z } from 'zod';
import type { PromptWord } from './gbnf.ts';
import { PLAN_KINDS_JSON } from './plan-kinds.ts';

export interface Stage {
  days: number;
  titles: string[];
}

/** A kind of goal: the words that tell it, and its steps in the order of work. */
export interface PlanKind {
  cues: Map<string, number>;
  stages: Stage[];
}

/** A step that a side condition of the goal asks for, with the words of the goal in it. */
export interface SideStep extends Stage {
  late: boolean;
}

const library = z
  .object({
    kinds: z.array(z.object({ cues: z.string(), stages: z.array(z.string()) })),
    sideSteps: z.array(z.array(z.object({ when: z.string(), days: z.int(), titles: z.array(z.string()) }))),
  })
  .parse(JSON.parse(PLAN_KINDS_JSON));

const KINDS: PlanKind[] = library.kinds.map(({ cues, stages }) => ({
  cues: new Map(
    cues.split('|').map((cue): [string, number] => {
      const [word = '', weight = '0'] = cue.split('=');
      return [word, Number(weight)];
    }),
  ),
  stages: stages.map((stage) => {
    const [days = '1', ...titles] = stage.split('|');
    return { days: Number(days), titles };
  }),
}));

/** Below this, hardly more than one word points to a kind: the last one, which fits every goal, is taken. */
const ENOUGH = 5;
/** Deeds that tell the kind of goal whatever they are done to. */
const TELLING_DEEDS = new Set(
  '^grow ^plant ^sow ^catalogue ^digitise ^transcribe ^repair ^restore ^renovate ^hire ^recruit ^learn ^publish ^convert'.split(
    ' ',
  ),
);
/** Among kinds that are nearly as likely, the model chooses. */
const CLOSE = 0.85;

const OPENING = new Set(
  "i we want need have like would i'd to help me us please let's how do can you goal: plan: todo: project: next: my make a plan".split(
    ' ',
  ),
);

const words = (list: string): Set<string> => new Set(list.split(' '));
const LITTLE = words(
  'the a an our my your his her in at to on for from before after with without and or of by as it is are am we me us i want need like would this that some all no not new old good first up into out off down every them',
);
const KEPT = new Set(['out of', 'learn to', 'rid of', 'to play']);

/** What a goal is told by: the word it begins with, which says what is to be done, its other words, and pairs of them. */
export function goalFeatures(goal: readonly PromptWord[]): string[] {
  const cores = goal.map(({ core, trail }) => (trail === ':' ? `${core}:` : core));
  let first = 0;
  while (first < cores.length - 2 && OPENING.has(cores[first] ?? '') && OPENING.has(cores[first + 1] ?? '')) first += 1;
  if (OPENING.has(cores[first] ?? '') && !/^(?:plan|make|help|my)$/u.test(cores[first] ?? '')) first += 1;
  const pairs = cores.slice(1).map((core, index): [string, string] => [cores[index] ?? '', core]);
  const telling = pairs.filter(
    ([one, other]) => KEPT.has(`${one} ${other}`) || (!LITTLE.has(one) && !LITTLE.has(other)),
  );
  const others = cores.filter((core, index) => index !== first && !LITTLE.has(core));
  const next = cores[first + 1] ?? '';
  const deed = /^(?:for|to|with|up|out|off|into|in)$/u.test(next) ? `^${cores[first]} ${next}` : `^${cores[first]}`;
  return [...new Set([deed, ...others, ...telling.map((pair) => pair.join(' '))])];
}

/** The kinds of goal that this may be, likeliest first; never none. */
export function likelyKinds(goal: readonly PromptWord[]): PlanKind[] {
  const found = goalFeatures(goal);
  const rated = KINDS.map((kind) => ({
    kind,
    score: found.reduce((sum, feature) => sum + (kind.cues.get(feature) ?? 0), 0),
  })).sort((a, b) => b.score - a.score);
  const [best] = rated;
  const general = KINDS.at(-1);
  if (best === undefined || general === undefined) throw new Error('the library of plans is empty');
  if (best.score < ENOUGH) {
    const deed = found.find((feature) => TELLING_DEEDS.has(feature));
    const weight = (kind: PlanKind): number => (deed === undefined ? 0 : (kind.cues.get(deed) ?? 0));
    return [KINDS.reduce((told, kind) => (weight(kind) > weight(told) ? kind : told), general)];
  }
  return rated
    .filter(({ score }) => score >= best.score * CLOSE)
    .slice(0, 3)
    .map(({ kind }) => kind);
}

const NUMBER =
  '(?:\\d+|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|some|a few)';
const END = '(?=[,;.:!?]|$| and | of whom| who | without | by | to )';

/** In the order of `SIDE_CONDITIONS` in the generator. */
const PATTERNS = [
  `with (?<u>(?:my|our|${NUMBER}|the (?=neighbours|class|whole class|kids|children|team|family)) ?[^,;.:]{3,28}?)${END}`,
  `must (?:still )?pass (?<u>[^,;.:]{4,40}?)${END}`,
  `(?:^|[,;] |and |we have |i have |with )no (?!idea|one|plan|more|less|time|experience|money)(?<u>[^,;.:]{3,28}?)${END}`,
  `(?:zero|no|little|hardly any) experience with (?<u>[^,;.:]{3,28}?)${END}`,
  `(?:none|nobody|no one|hardly anyone)(?: of \\w+)? can (?<u>[^,;.:]{3,28}?)${END}`,
  `without (?<u>[^,;.:]{3,32}?)${END}`,
  'on a (?:small|tiny|tight|shoestring) budget',
  `(?:money|cash|savings) for (?<u>${NUMBER} ?(?:a )?(?:days?|weeks?|months?|years?))`,
  `for (?<u>\\S{2,12}) people\\b`,
  `we have (?<u>${NUMBER} [^,;.:]{3,28}?)${END}`,
  '(?:the|a|our|my) (?<u>landlord|boss|council|neighbour|bank|board|head teacher|mayor|owner|architect|bishop) (?:who |that |is |only |never |wants |has |says |does)',
  '(?:next to|beside|alongside|while having) (?:a |my |the )?(?:full-time job|job|school|studies|night shifts|two small children)',
  'no idea where to (?:start|begin)|know where to (?:start|begin)',
].map((source) => new RegExp(`(?<![\\p{L}-])${source}`, 'iu'));

const MOST = 3;

/** Steps for what a goal says on the side: "without biting anyone", "zero experience with permits", "must pass inspection". */
export function sideSteps(text: string): SideStep[] {
  return PATTERNS.flatMap((pattern, index) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const words = (match.groups?.['u'] ?? '').trim();
    return (library.sideSteps[index] ?? []).map(({ when, days, titles }) => ({
      late: when !== 'early',
      days,
      titles: titles.map((title) =>
        title.replace(/(?:the )?<u>/u, () =>
          /^the <u>|Write to|Convince/u.test(title) && !/^(?:my|our|the)\b/u.test(words) ? `the ${words}` : words,
        ),
      ),
    }));
  }).slice(0, MOST);
}
