import type { z } from 'zod';
import { AppError, type PlaybookStep } from '../../contract/index.ts';
import type { EntryOf } from '../journal.ts';
import { ofAnswer, union, unlabelled } from '../labels.ts';
import {
  checked,
  decideByModel,
  modelOf,
  preamble,
  preambleLabels,
  profileLabels,
  questionOf,
  toldBesides,
} from './ask.ts';
import type { RunContext } from './context.ts';
import { final } from './final.ts';
import { expression, type Labelled, labelsOf, type Sight } from './scope.ts';

type Json = z.core.util.JSONType;
type ReviewStep = Extract<PlaybookStep, { kind: 'review' }>;
type AskStep = Extract<PlaybookStep, { kind: 'ask' }>;
type Judged = Omit<EntryOf<'version'>, 'type' | 'kept'>;

const verdict: Readonly<Record<string, Json>> = {
  type: 'object',
  properties: { reason: { type: 'string', maxLength: 300 }, met: { type: 'boolean' } },
  required: ['reason', 'met'],
  additionalProperties: false,
};

/**
 * Checks by code, then the rubric's questions one by one; where that is not enough, the text is asked for again with the critique.
 * The value is the best version; of a step that was done for each item of a list, that of each.
 */
export const review = async (context: RunContext, step: ReviewStep, index: number, sight: Sight): Promise<Labelled> => {
  const of = context.playbook.steps.find(({ id }) => id === step.of);
  const first = sight.steps.get(step.of);
  if (of?.kind !== 'ask' || !first)
    throw new AppError('PLAYBOOK_INVALID', `"${step.of}" is no question that could be reviewed.`);
  // Why there is none was told with the step itself.
  if (first.value === null) return first;
  if (of.each === undefined || !Array.isArray(first.value)) {
    const { best, isGood } = await reviewed(context, { step, of, index, sight, prefix: '' }, first);
    if (!isGood)
      context.notice(`“${of.title}” is not as good as it should be: ${shortcomings(best.judged, step).join(' ')}`);
    return best;
  }
  const items = expression(of.each, sight);
  const all = await Promise.all(
    first.value.map(async (value, at) => {
      // It failed, and was left out.
      if (value === null) return null;
      const item = {
        value: (Array.isArray(items.value) ? items.value[at] : null) ?? null,
        labels: items.labels,
        index: at,
      };
      const subject = { step, of, index, sight: { ...sight, item }, item: at, prefix: `${at}/` };
      return reviewed(context, subject, { value, labels: first.labels });
    }),
  );
  const poor = all.flatMap((one) => (one && !one.isGood ? [one.best.judged] : []));
  const [worst] = poor;
  if (worst)
    context.notice(
      `“${of.title}” is not as good as it should be for ${poor.length} of ${all.length}: ${shortcomings(worst, step).join(' ')}`,
    );
  return {
    value: all.map((one) => one?.best.value ?? null),
    labels: union(first.labels, ...all.map((one) => one?.best.labels ?? unlabelled)),
  };
};

/** One text under review. */
interface Subject {
  readonly step: ReviewStep;
  readonly of: AskStep;
  readonly index: number;
  readonly sight: Sight;
  /** Which of the texts of `of`, where there are several. */
  readonly item?: number;
  /** Before the names of its calls. */
  readonly prefix: string;
}

interface Best extends Labelled {
  readonly judged: Judged;
}

const reviewed = async (
  context: RunContext,
  subject: Subject,
  first: Labelled,
): Promise<{ readonly best: Best; readonly isGood: boolean }> => {
  const { step, of, index, sight, prefix } = subject;
  const question = questionOf(context, of, index, '', sight);
  const judged = async (version: number, one: Labelled): Promise<Best> => {
    const about = await judge(context, subject, version, one);
    return { ...one, judged: about };
  };
  const shown = (one: Best, kept: boolean): void => void context.tape.say([{ type: 'version', ...one.judged, kept }]);

  let last = await judged(0, first);
  let best = last;
  shown(last, true);
  for (let version = 1; version <= step.revisions && !isEnough(last.judged, step); version += 1) {
    const { value, labels } = last;
    try {
      const next = await decideByModel(context, {
        ...question,
        title: step.title,
        key: `${prefix}revise/${version - 1}`,
        // The critique is in the words of whoever judged.
        labels: union(question.labels, profileLabels(context, context.profileOf(step.profile).id), labels),
        messages: [
          ...question.messages,
          { role: 'assistant', content: textOf(value) },
          { role: 'user', content: critique(last.judged, step) },
        ],
      });
      last = await judged(version, next);
    } catch (error) {
      // There is a version, and it stays.
      if (!(error instanceof AppError) || final.has(error.code)) throw error;
      context.notice(`“${of.title}” was not revised further: ${error.message}`);
      break;
    }
    const kept = isBetter(last.judged, best.judged);
    shown(last, kept);
    if (kept) best = last;
  }
  return { best, isGood: isEnough(best.judged, step) };
};

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));

const judge = async (
  context: RunContext,
  { step, of, index, sight, item, prefix }: Subject,
  version: number,
  { value, labels }: Labelled,
): Promise<Judged> => {
  const text = textOf(value);
  const about = { index, ...(item !== undefined && { item }), text };
  const faults = checked(context, step.checks, value, sight);
  const modelId = modelOf(context, step.id, step.profile);
  if (faults.length > 0) return { ...about, score: 0, faults, rubric: [] };
  if (context.isBuiltin(modelId)) {
    if (version === 0 && step.rubric.length > 0)
      context.notice(
        `“${step.title}” was checked by code alone: the built-in model can't judge a text. A larger model under Models can.`,
      );
    return { ...about, score: 1, faults, rubric: [] };
  }
  const rubric: Judged['rubric'] = [];
  const given = [toldBesides(context, of, sight), context.profileOf(step.profile).system];
  const told = given.filter((part) => part.trim() !== '').join('\n\n');
  for (const { id, question } of step.rubric) {
    const { value: said } = await decideByModel(context, {
      title: step.title,
      index,
      key: `${prefix}rubric/${version}/${id}`,
      messages: [
        preamble(context),
        {
          role: 'user',
          content: `${told}\n\nA text to judge:\n\n${text}\n\nDoes it meet this: ${question}\nGive a short reason, then whether it is met.`,
        },
      ],
      labels: ofAnswer(preambleLabels(context), labelsOf(of.system ?? '', sight), labels),
      profile: step.profile,
      modelId,
      schema: verdict,
      maxTokens: 200,
      faults: () => [],
    });
    const { met, reason } = readVerdict(said);
    rubric.push({ id, met, reason });
  }
  const whole = step.rubric.reduce((sum, { weight }) => sum + weight, 0);
  const met = step.rubric.reduce(
    (sum, { id, weight }) => sum + (rubric.find((one) => one.id === id)?.met ? weight : 0),
    0,
  );
  return { ...about, score: whole === 0 ? 1 : met / whole, faults, rubric };
};

const readVerdict = (said: Json): { readonly met: boolean; readonly reason: string } =>
  typeof said === 'object' && said !== null && !Array.isArray(said)
    ? { met: said['met'] === true, reason: textOf(said['reason'] ?? '') }
    : { met: false, reason: '' };

const isEnough = ({ faults, score }: Judged, { threshold }: ReviewStep): boolean =>
  faults.length === 0 && score >= threshold;

const isBetter = (one: Judged, other: Judged): boolean =>
  one.faults.length === other.faults.length ? one.score > other.score : one.faults.length < other.faults.length;

const shortcomings = ({ faults, rubric }: Judged, step: ReviewStep): string[] => [
  ...faults,
  ...rubric
    .filter(({ met }) => !met)
    .map(({ id, reason }) => `${step.rubric.find((one) => one.id === id)?.question ?? id} ${reason}`.trim()),
];

const critique = (judged: Judged, step: ReviewStep): string =>
  `A review found:\n${shortcomings(judged, step)
    .map((fault) => `- ${fault}`)
    .join('\n')}\nWrite it again, whole, with this put right. Keep what was good.`;
