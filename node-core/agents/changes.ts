import { isDeepStrictEqual } from 'node:util';
import type { Run, RunDetail, RunEvent, RunStep } from '../contract/index.ts';
import { summary } from './journal.ts';

/** What brings one who has seen the run as it was `before` to how it is `now`. The run itself comes last. */
export const changesOf = (before: RunDetail, now: RunDetail): RunEvent[] => [
  ...now.steps.flatMap((step) =>
    changeOfStep(
      before.steps.find(({ index }) => index === step.index),
      step,
    ),
  ),
  ...changeOfPlaybook(before.playbook, now.playbook),
  ...changeOfRun(summary(before), summary(now)),
];

const same = (one: unknown, other: unknown): boolean => one === other || isDeepStrictEqual(one, other);

const changeOfRun = (before: Run, run: Run): RunEvent[] => (same(before, run) ? [] : [{ type: 'run', run }]);

const changeOfStep = (before: RunStep | undefined, step: RunStep): RunEvent[] => {
  if (before && same(before, step)) return [];
  const grown = before && added(before, step);
  return [grown ?? { type: 'step', step }];
};

/** Where nothing but its texts and their tokens grew. */
const added = (before: RunStep, step: RunStep): RunEvent | undefined => {
  const { model, promptTokens, outputTokens } = step;
  const isGrown = same(
    { ...before, prompt: step.prompt, output: step.output, model, promptTokens, outputTokens },
    step,
  );
  const prompt = end(before.prompt, step.prompt);
  const output = end(before.output, step.output);
  if (!isGrown || prompt === undefined || output === undefined) return undefined;
  return { type: 'more', index: step.index, model, promptTokens, outputTokens, prompt, output };
};

const end = (before: string | null, now: string | null): string | undefined =>
  now?.startsWith(before ?? '') ? now.slice(before?.length ?? 0) : before === now ? '' : undefined;

const changeOfPlaybook = (before: RunDetail['playbook'], now: RunDetail['playbook']): RunEvent[] => {
  if (!before || !now || before === now) return [];
  const known = new Map(before.calls.map((call) => [call.id, call]));
  const calls = now.calls.filter((call) => !same(known.get(call.id), call));
  const versions = now.versions.flatMap((version, at) => (same(before.versions[at], version) ? [] : [{ at, version }]));
  const playbook = {
    ...(!same(before.playbook, now.playbook) && { playbook: now.playbook }),
    ...(!same(before.spent, now.spent) && { spent: now.spent }),
    ...(!same(before.questions, now.questions) && { questions: now.questions }),
    ...(calls.length > 0 && { calls }),
    ...(versions.length > 0 && { versions }),
  };
  return Object.keys(playbook).length === 0 ? [] : [{ type: 'playbook', playbook }];
};
