import { AppError, type PlaybookStep } from '../../contract/index.ts';
import { ofAnswer } from '../labels.ts';
import { builtInForms } from '../playbooks/built-in.ts';
import { asTemplate } from '../playbooks/expressions.ts';
import { decideByModel, modelOf } from './ask.ts';
import type { RunContext } from './context.ts';
import { type Labelled, labelsOf, type Sight, valueOf } from './scope.ts';

type AskStep = Extract<PlaybookStep, { kind: 'ask' }>;

/** What the built-in model says to a step in the form that it was trained on. @throws AppError */
export const decideInForm = async (
  context: RunContext,
  step: AskStep & { readonly builtin: NonNullable<AskStep['builtin']> },
  index: number,
  key: string,
  sight: Sight,
): Promise<Labelled> => {
  const { builtin, id, title, profile } = step;
  const text = valueOf(asTemplate(builtin.text), sight);
  const date = builtin.date === undefined ? null : valueOf(asTemplate(builtin.date), sight);
  if (typeof text !== 'string')
    throw new AppError('PLAYBOOK_INVALID', `“${title}” has no text for the built-in model.`);
  const { questions, read } = builtInForms[builtin.form](text, {
    today: context.today,
    date: typeof date === 'string' ? date : null,
  });
  const labels = ofAnswer(labelsOf(asTemplate(builtin.text), sight));
  const answers = await Promise.all(
    questions.map(({ prompt, grammar, maxTokens }, at) =>
      decideByModel(context, {
        title,
        index,
        key: `${key}/${at}`,
        messages: [{ role: 'user', content: prompt }],
        labels,
        profile,
        modelId: modelOf(context, id, profile),
        schema: undefined,
        maxTokens,
        grammar,
        faults: () => [],
      }),
    ),
  );
  return { value: read(answers.map((answer) => answer.text)), labels };
};
