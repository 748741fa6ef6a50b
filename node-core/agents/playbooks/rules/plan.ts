import { z } from 'zod';
import { AppError } from '../../../contract/index.ts';
import { shownDay } from '../../notes.ts';
import { prepareGoal, schedulePlan, usualPlan } from '../../skills/index.ts';
import { defineRule, maybeList, maybeNumber, maybeText } from './rule.ts';

const Step = z.object({
  title: z.string().min(1),
  /** Numbers, from 1, of earlier steps. */
  dependsOn: z.array(z.number()).default([]),
  days: z.number().default(1),
});

const prepared = (text: string, today: string) => {
  const goal = prepareGoal(text, { today });
  if ('code' in goal) throw new AppError(goal.code === 'NOT_TEXT' ? 'INPUT_NOT_TEXT' : 'GOAL_EMPTY', goal.message);
  return goal;
};

/** A goal's own words: what it is called, what it is about, and by when. */
const readGoal = defineRule({
  name: 'read-goal',
  input: z.object({ text: z.string(), deadline: maybeText }),
  decide({ text, deadline }, { today }) {
    const goal = prepared(text, today);
    const { title: named, topic } = usualPlan(goal);
    // What a person typed into a field begins with a capital, and stands within a sentence here.
    const title = named.replace(
      /^(\p{Lu}\p{Ll}+) (?:A|An|The|Our|My|This)\b/u,
      (opening) => opening.charAt(0) + opening.slice(1).toLowerCase(),
    );
    const by = deadline ?? goal.deadline;
    return {
      value: { text: goal.text, title, topic, deadline: by, notices: goal.notices.map(({ message }) => message) },
      output: `${title}${by === null ? '' : `, by ${shownDay(by)}`}`,
    };
  },
});

const usualSteps = defineRule({
  name: 'usual-steps',
  input: z.object({ goal: z.string() }),
  decide({ goal }, { today }) {
    const { steps } = usualPlan(prepared(goal, today));
    return {
      value: {
        steps: steps.map(({ title, days, dependsOn }) => ({ title, days, dependsOn: dependsOn.map((at) => at + 1) })),
      },
      output: steps.map(({ title }) => title).join('\n'),
    };
  },
});

const DAY = 86_400_000;
const isWeekend = (day: number): boolean => [0, 6].includes(new Date(day).getUTCDay());

/** What of a day that was asked for a person should know: it is on a weekend, or the steps one after the other take longer. */
const doubts = (
  steps: readonly { readonly days: number; readonly dependsOn: readonly number[] }[],
  today: string,
  by: string,
): string[] => {
  const ends: number[] = [];
  for (const { days, dependsOn } of steps) ends.push(days + Math.max(0, ...dependsOn.map((at) => ends[at] ?? 0)));
  const needed = Math.max(0, ...ends);
  let there = 0;
  for (let day = Date.parse(today); day <= Date.parse(by) && there < needed; day += DAY)
    if (!isWeekend(day)) there += 1;
  return [
    ...(isWeekend(Date.parse(by)) ? [`${shownDay(by)} is on a weekend.`] : []),
    ...(there < needed
      ? [
          `The steps take about ${needed} working days one after the other, and there are ${there} until ${shownDay(by)}: they are packed closely. Move the day, or leave steps out.`,
        ]
      : []),
  ];
};

/**
 * No step waits for itself, a later one, or one that is not there; a step's effort is at least a day. With `event`, the deadline is the day of the
 * last step whose title begins with that word, and what follows that step comes after the day.
 */
const schedule = defineRule({
  name: 'schedule',
  input: z.object({ title: maybeText, steps: z.array(Step).min(1).max(60), deadline: maybeText, event: maybeText }),
  decide({ title, steps, deadline, event }, { today }) {
    const plan = {
      title: title ?? '',
      topic: '',
      steps: steps.map((step, index) => ({
        title: step.title,
        days: Math.min(60, Math.max(1, Math.round(step.days))),
        dependsOn: [...new Set(step.dependsOn.map((number) => Math.round(number) - 1))]
          .filter((other) => other >= 0 && other < index)
          .toSorted((a, b) => a - b),
      })),
    };
    const by = deadline ?? null;
    const at = event
      ? plan.steps.findLastIndex((step) => step.title.toLowerCase().startsWith(event.toLowerCase()))
      : -1;
    const count = by === null || at < 0 ? plan.steps.length : at + 1;
    const first = schedulePlan({ ...plan, steps: plan.steps.slice(0, count) }, { today, deadline: by });
    const later = plan.steps.slice(count).map((step) => ({
      ...step,
      dependsOn: step.dependsOn.map((other) => other - count).filter((other) => other >= 0),
    }));
    const last = schedulePlan({ ...plan, steps: later }, { today: first.steps.at(-1)?.due ?? today, deadline: null });
    const laid = {
      ...first,
      steps: [
        ...first.steps,
        ...last.steps.map((step, index) => ({ ...step, dependsOn: plan.steps[count + index]?.dependsOn ?? [] })),
      ],
    };
    const value = laid.steps.map((step) => ({ ...step, dependsOn: step.dependsOn.map((at) => at + 1) }));
    return {
      value: {
        steps: value,
        deadline: laid.deadline,
        notices: [
          ...laid.notices.map(({ message }) => message),
          ...(by === null || by < today ? [] : doubts(plan.steps.slice(0, count), today, by)),
        ],
      },
      output: value.map((step) => `${shownDay(step.due)}: ${step.title}`).join('\n'),
    };
  },
});

/** What launches usually spend on, in percent; the rest is a reserve. */
const usualShares = [
  { item: 'Product and production', share: 30 },
  { item: 'Advertising and social media', share: 25 },
  { item: 'Website, texts and pictures', share: 15 },
  { item: 'Press and events', share: 15 },
  { item: 'Tools and fees', share: 5 },
];

const money = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** Shares of a sum to whole units that add up to it exactly; what is left by rounding goes to the reserve. */
const budget = defineRule({
  name: 'budget',
  input: z.object({
    total: maybeNumber,
    items: maybeList(z.object({ item: z.string().min(1), share: z.number().nonnegative() })),
  }),
  decide({ total, items }) {
    const chosen = items && items.length > 0 ? items : usualShares;
    const named = chosen.reduce((sum, { share }) => sum + share, 0);
    const scale = named > 100 ? 100 / named : 1;
    const shares = chosen.map(({ item, share }) => ({ item, share: share * scale }));
    const sum = total ?? null;
    const rows = shares.map(({ item, share }) => ({
      item,
      share: Math.round(share * 10) / 10,
      amount: sum === null ? null : Math.floor((sum * share) / 100),
    }));
    const spent = rows.reduce((so, { amount }) => so + (amount ?? 0), 0);
    const left = Math.round((100 - rows.reduce((so, { share }) => so + share, 0)) * 10) / 10;
    const reserve = sum === null ? null : Math.round((sum - spent) * 100) / 100;
    if ((reserve ?? left) > 0) rows.push({ item: 'Reserve', share: left, amount: reserve });
    const cell = (amount: number | null) => (amount === null ? '' : money.format(amount));
    const line = (cells: readonly string[]) => `| ${cells.slice(0, sum === null ? 2 : 3).join(' | ')} |`;
    const table = [
      line(['Item', 'Share', 'Amount']),
      line(['---', '---:', '---:']),
      ...rows.map(({ item, share, amount }) => line([item.replaceAll('|', '/'), `${share} %`, cell(amount)])),
      line(['**Total**', '100 %', cell(sum)]),
    ].join('\n');
    const notices = [
      ...(sum === null ? ['No budget was named, so the table holds shares only.'] : []),
      ...(items && items.length > 0
        ? []
        : ['The shares of the budget are the usual ones of a launch. Change them to fit.']),
    ];
    return { value: { rows, total: sum, table, notices }, output: table };
  },
});

/** The steps of a schedule as lines of Markdown. */
const timeline = defineRule({
  name: 'timeline',
  input: z.object({ steps: z.array(Step.extend({ due: z.string() })) }),
  decide({ steps }) {
    const text = steps
      .map(({ title, due, dependsOn }, index) => {
        const after = dependsOn.length === 0 ? '' : `, after ${dependsOn.join(' and ')}`;
        return `${index + 1}. ${title} (${shownDay(due)}${after})`;
      })
      .join('\n');
    return { value: text, output: text };
  },
});

export const planRules = [readGoal, usualSteps, schedule, budget, timeline];
