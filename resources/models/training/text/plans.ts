import { buildPlanPrompt, goalWords, prepareGoal } from '../../../../node-core/agents/skills/plan.ts';
import { token } from '../../../../node-core/agents/skills/tokens.ts';
import { duePhrase } from './due.ts';
import type { Example } from './examples.ts';
import { capital, inventedWord, placeName, personName } from './names.ts';
import { EVENTS_AND_WORK } from './plans/events-and-work.ts';
import { GENERAL, SIDE_CONDITIONS } from './plans/general.ts';
import { HOME_AND_MONEY } from './plans/home-and-money.ts';
import { OFFICE_AND_PUBLIC } from './plans/office-and-public.ts';
import { LIFE_AND_LEARNING } from './plans/life-and-learning.ts';
import type { Random } from './random.ts';
import { expand, items, paragraphs } from './template.ts';
import { ADJECTIVES } from './lexicon.ts';

interface Stage {
  days: number;
  optional: boolean;
  parallel: boolean;
  titles: string[];
}

export interface GoalKind {
  goals: string[];
  topics: string[];
  details: string[];
  stages: Stage[];
}

interface SideCondition {
  phrase: string;
  details: string[];
  steps: { when: string; stage: Stage }[];
}

/** Splits at `|` outside parentheses. */
function variants(text: string): string[] {
  let depth = 0;
  const out = [''];
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === '|' && depth === 0) out.push('');
    else out[out.length - 1] += character;
  }
  return out.map((entry) => entry.trim());
}

function stage(line: string): Stage {
  const [, days = '1', flags = '', titles = ''] = /^(\d+) ((?:[?~] )*)(.*)$/u.exec(line) ?? [];
  if (titles === '') throw new Error(`not a step: ${line}`);
  return { days: Number(days), optional: flags.includes('?'), parallel: flags.includes('~'), titles: variants(titles) };
}

export function readGoalKinds(source: string): GoalKind[] {
  return paragraphs(source).map((paragraph) => {
    const [goal = '', ...rest] = paragraph.split('\n');
    const field = (name: string): string[] => items(rest.find((line) => line.startsWith(`${name}: `))?.slice(3) ?? '');
    return {
      goals: variants(goal.replace(/^goal: /u, '')),
      topics: field('T'),
      details: field('U'),
      stages: rest.filter((line) => /^\d/u.test(line)).map(stage),
    };
  });
}

function readSideConditions(source: string): SideCondition[] {
  return paragraphs(source).map((paragraph) => {
    const [head = '', ...rest] = paragraph.split('\n');
    const [phrase = '', details = ''] = head.split(': ');
    return {
      phrase,
      details: details === '-' ? [] : details.split(' / '),
      steps: rest.map((line) => ({ when: line.split(' ')[0] ?? '', stage: stage(line.replace(/^\w+ /u, '')) })),
    };
  });
}

export const GOAL_KINDS = [EVENTS_AND_WORK, HOME_AND_MONEY, LIFE_AND_LEARNING, OFFICE_AND_PUBLIC, GENERAL].flatMap(
  readGoalKinds,
);
const CONDITIONS = readSideConditions(SIDE_CONDITIONS);
/** In the order of `SIDE_CONDITIONS`; the patterns of `plan-kinds` in the skills follow it. */
export const SIDE_STEPS = CONDITIONS.map(({ steps }) =>
  steps.map(({ when, stage: { days, titles } }) => ({ when, days, titles })),
);
const VERBS = items(
  `rescue, protect, feed, cut, press, count, hide, heat, cool, paint, carry, hang, open, close, load, mix, cover, list, tame, guard, mend, wash, fill, drain, dry, ship, lift, light, mark, name, order, pack, plant, polish, post, print, pull, push, rent, roll, save, seal, sell, send, share, shape, show, sort, split, stack, stop, store, swap, sweep, tie, trace, trade, trim, turn, wake, walk, warm, weigh, wrap, host, map, bless, crown, defend, decorate, deliver, dissolve, divide, dress, empty, exchange, explain, extend, film, float, found, gather, hatch, inherit, inspect, invent, keep, label, lead, lend, lower, measure, merge, name, outwit, perform, prove, raise, reach, rebuild, record, release, rent out, replace, report, reunite, reveal, scare off, settle, smoke, spin, surprise, test, transport, unite, value, visit, weld`,
);
const OPENERS = items(
  `, , , , , , , , , I want to, I'd like to, help me, we need to, we want to, how do I, my goal:, goal:, plan:, please help me, I have to, I need to, can you plan how to, todo:, let's, project:, next:, make a plan to`,
);
const TAGS = items(`#marketing, #home, #work, #family, #club, +garden, !1, #q3, #fun, #2027`);
const LIST_TAILS = items(
  `zero experience, two left hands, one very old dog, no time at all, lots of ideas, hardly any money, three grumpy neighbours, twelve people, a loud machine, no plan yet, bad weather, an impatient boss, many opinions, a big dream, a cat that hates strangers, a leaking roof, one old van, no deadline, half the neighbours against it, a shoebox full of notes, a very long wish list, my uncle's tools, two free weekends, nobody in charge, good coffee, enough people but no leader, a mayor who says yes to everything, a lot of old paper, one sunny afternoon a week`,
);

function spice(random: Random, topic: string): string {
  const draw = random.next();
  if (/^(?:\d|a |an |the |my |three |in |our |no |more )/u.test(topic)) return topic;
  if (draw < 0.25)
    return random.pick([
      inventedWord(random),
      `${inventedWord(random)}s`,
      `${inventedWord(random)} ${topic.split(' ').at(-1)}`,
      `${inventedWord(random)} ${topic}`,
      `${topic.split(' ')[0]} ${inventedWord(random)}`,
    ]);
  if (draw < 0.36)
    return `${random.pick([...ADJECTIVES.slice(0, 12), 'vegan', 'antique', 'mobile', 'local', 'wooden', 'tiny', 'joint', 'secret', 'traditional', 'three-day', 'first', 'nordic', 'outdoor', 'student', 'medieval', 'electric', 'floating'])} ${topic}`;
  if (draw < 0.42) return `${placeName(random)} ${topic}`;
  if (draw < 0.48 && topic.endsWith('s') && !topic.endsWith('ss')) return `${random.int(2, 400)} ${topic}`;
  return topic;
}

export interface WrittenGoal {
  goal: string;
  topic: string;
  detail: string | null;
  steps: { title: string; dependsOn: number[]; days: number }[];
}

export function writeGoal(random: Random, kinds: readonly GoalKind[] = GOAL_KINDS): WrittenGoal {
  const kind = random.chance(0.03) ? (kinds.at(-1) ?? random.pick(kinds)) : random.pick(kinds);
  const topic = spice(random, random.pick(kind.topics));
  let template = random.pick(kind.goals);
  while (kind.details.length === 0 && template.includes('{U}')) template = random.pick(kind.goals);
  const detailText =
    kind.details.length === 0
      ? ''
      : random.chance(0.2)
        ? random.pick([
            inventedWord(random),
            `the ${inventedWord(random)}`,
            `our ${inventedWord(random)} ${random.pick(kind.details).split(' ').at(-1)}`,
          ])
        : random.pick(kind.details);
  let usesDetail = false;
  const slots = (name: string): string | null => {
    if (name === 'T') return topic;
    if (name === 'V') return random.chance(0.4) ? inventedWord(random) : random.pick(VERBS);
    if (name === 'N') return random.chance(0.5) ? placeName(random) : personName(random);
    if (name === 'U') usesDetail = true;
    return name === 'U' ? detailText : null;
  };
  let goal = expand(template, random, slots).replace(/\s+/gu, ' ').trim();
  let detail = usesDetail ? detailText : null;
  if (detail?.includes('{') === true) detail = null;
  let stages = pickStages(random, kind.stages, detail !== null);
  if (random.chance(0.3)) {
    const condition = random.pick(CONDITIONS);
    const wording = expand(condition.details.length === 0 ? '-' : random.pick(condition.details), random, slots);
    const clause = expand(condition.phrase, random, (name) => (name === 'U' ? wording : null))
      .replace(/\s+/gu, ' ')
      .trim();
    const ownDetail = detail !== null && stages.some(({ titles }) => titles.some((title) => title.includes('<u>')));
    if (!ownDetail && !goal.includes(' with ')) {
      goal += `${random.pick([' ', ', ', '; '])}${clause}`;
      detail = condition.details.length === 0 ? null : wording;
      for (const { when, stage: extra } of condition.steps)
        stages.splice(
          when === 'early' ? 1 : when === 'mid' ? Math.floor(stages.length / 2) : stages.length - 1,
          0,
          extra,
        );
    }
  }
  for (const share of [0.22, 0.08])
    if (random.chance(share)) goal += `${random.pick(['; ', ', ', ', and ', ' and '])}${random.pick(LIST_TAILS)}`;
  stages = stages.slice(0, 9);
  const used = stages.map(({ titles }) =>
    random.pick(detail === null ? titles.filter((title) => !title.includes('<u>')) : titles),
  );
  const opener = random.pick(OPENERS);
  goal = opener === '' ? goal : `${opener} ${goal}`;
  if (random.chance(0.25)) goal += duePhrase(random).replace(/\[\[@: |\]\]/gu, '');
  if (random.chance(0.08)) goal += ` ${random.pick(TAGS)}`;
  if (random.chance(0.6)) goal = capital(goal);
  if (random.chance(0.1)) goal += '.';
  return {
    goal,
    topic,
    detail: used.some((title) => title.includes('<u>')) ? detail : null,
    steps: used.map((title, index) => ({
      title,
      dependsOn: dependencies(stages, index),
      days: stages[index]?.days ?? 1,
    })),
  };
}

function pickStages(random: Random, stages: readonly Stage[], hasDetail: boolean): Stage[] {
  const usable = stages.filter(({ titles }) => hasDetail || titles.some((title) => !title.includes('<u>')));
  const target = random.int(6, 9);
  let chosen = usable.filter((candidate) => !candidate.optional || random.chance(0.5));
  while (chosen.length > target) {
    const middle = random.int(1, chosen.length - 2);
    chosen = chosen.filter((_, index) => index !== middle);
  }
  return [...chosen];
}

/** A step that can run beside the one before shares what that one waits for; the next step waits for both. */
function dependencies(stages: readonly Stage[], index: number): number[] {
  if (index === 0) return [];
  const start = (at: number): number => (stages[at]?.parallel === true && at > 1 ? start(at - 1) : at);
  if (stages[index]?.parallel === true && index > 1) return dependencies(stages, start(index));
  const from = stages[index - 1]?.parallel === true && index > 2 ? index - 2 : index - 1;
  return from === index - 1 ? [from] : [from, index - 1];
}

export function planExample(random: Random, kinds: readonly GoalKind[] = GOAL_KINDS): Example | null {
  const written = writeGoal(random, kinds);
  const goal = prepareGoal(written.goal, { today: '2026-03-02' });
  if ('code' in goal) return null;
  const topic = spanOf(goalWords(goal), written.topic);
  const detail = written.detail === null ? null : spanOf(goalWords(goal), written.detail);
  if (topic === null || (written.detail !== null && detail === null)) return null;
  const steps = written.steps.map((step, index) => {
    const usual = index > 0 && step.dependsOn.length === 1 && step.dependsOn[0] === index - 1;
    const after =
      index === 0 || usual
        ? ''
        : token.after + (step.dependsOn.length === 0 ? '0' : step.dependsOn.map((other) => other + 1).join(''));
    return `\n ${step.title}${after}${token.days}${step.days}`;
  });
  return {
    prompt: buildPlanPrompt(goal),
    answer: topic + (detail === null ? '' : token.detail + detail) + steps.join(''),
  };
}

/** The words of the goal that say `text`, as the model has to copy them. */
function spanOf(words: readonly { core: string; trail: string }[], text: string): string | null {
  const wanted = text
    .toLowerCase()
    .split(' ')
    .map((word) => word.replace(/[.,;:!?)\]]+$/u, ''));
  for (let from = 0; from + wanted.length <= words.length; from += 1) {
    if (wanted.every((word, offset) => words[from + offset]?.core === word)) {
      return words
        .slice(from, from + wanted.length)
        .map((word, offset) => ` ${word.core}${offset === wanted.length - 1 ? '' : word.trail}`)
        .join('');
    }
  }
  return null;
}
