import { goalFeatures } from '../../../../node-core/agents/skills/kinds.ts';
import { prepareGoal } from '../../../../node-core/agents/skills/plan.ts';
import { GOAL_KINDS, SIDE_STEPS, writeGoal } from './plans.ts';
import { Random } from './random.ts';

const SAMPLES = 1500;
const CUES = 240;
const FUNCTION_WORDS = new Set(
  "the a an our my in at to on for we me us it is are and with by of i want need help goal: plan: project: todo: next: please let's how do can you make plan have like would i'd some this".split(
    ' ',
  ),
);

/**
 * The source of `node-core/agents/skills/plan-kinds.ts`: the steps of every kind of goal, and the words that tell a kind from the others
 * (log-odds of naive Bayes over generated goals).
 */
export function planKindsSource(): string {
  const random = new Random(17);
  const detailWords = new Set(
    GOAL_KINDS.flatMap(({ details }) => details.flatMap((detail) => detail.toLowerCase().split(' '))),
  );
  const perKind = GOAL_KINDS.map((kind) => {
    const counts = new Map<string, number>();
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const goal = prepareGoal(writeGoal(random, [kind]).goal, { today: '2026-03-02' });
      if ('code' in goal) continue;
      for (const feature of goalFeatures(goal.words)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
    return counts;
  });
  const totals = new Map<string, number>();
  for (const counts of perKind)
    for (const [feature, count] of counts) totals.set(feature, (totals.get(feature) ?? 0) + count);
  const kinds = GOAL_KINDS.map((kind, index) => {
    const own = perKind[index] ?? new Map<string, number>();
    // Places, people and occasions occur with every kind of goal: they tell nothing.
    const telling = new Set(
      [...kind.goals, ...kind.topics]
        .join(' ')
        .toLowerCase()
        .match(/[^\s()|{}]+/gu),
    );
    const tells = (word: string): boolean =>
      telling.has(word.replace('^', '')) || !detailWords.has(word.replace('^', ''));
    const weighted = [...own]
      .filter(
        ([feature, count]) =>
          count >= 4 &&
          !feature.split(' ').every((word) => FUNCTION_WORDS.has(word)) &&
          feature.split(' ').every(tells),
      )
      .map(([feature, count]): [string, number] => {
        const others = ((totals.get(feature) ?? 0) - count) / (GOAL_KINDS.length - 1);
        return [feature, Math.log((count + 0.5) / (others + 0.5))];
      })
      .filter(([, weight]) => weight > 0.8)
      .sort((a, b) => (own.get(b[0]) ?? 0) * b[1] - (own.get(a[0]) ?? 0) * a[1])
      .slice(0, CUES);
    return {
      cues: weighted.map(([feature, weight]) => `${feature}=${Math.min(6, weight).toFixed(1)}`).join('|'),
      stages: kind.stages.map(({ days, titles }) => `${days}|${titles.join('|')}`),
    };
  });
  const json = JSON.stringify({ kinds, sideSteps: SIDE_STEPS }, null, 1);
  return `/** Kinds of goals: words that tell them, and their steps in order. Written by \`generate.ts kinds\` from \`text/plans/\`. */\nexport const PLAN_KINDS_JSON = \`\n${json}\n\`;\n`;
}
