import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { Choice, Fold, IconButton, NumberFields } from '../../components/index.ts';
import { ChecksField, Doer, type FieldsProps, type Of } from './answer-fields.tsx';
import { stepOf, writeStep } from './plan-edits.ts';
import form from './form.module.css';
import css from './plan-section.module.css';

/** Whose answer is reviewed, and what it is measured by. */
export const ReviewFields = ({ draft, step, parts, values, onChange }: FieldsProps & { step: Of<'review'> }) => {
  const write = (next: Of<'review'>, mark?: string): void => onChange(writeStep(draft, next), mark);
  const asked = draft.playbook.steps.filter(({ kind, id }) => kind === 'ask' && !draft.left.includes(id));
  const ask = (at: number, question: string): void =>
    write(
      { ...step, rubric: step.rubric.map((one, index) => (index === at ? { ...one, question } : one)) },
      `${step.id} rubric ${at}`,
    );
  return (
    <>
      <div className={form.field}>
        <span>Reviews the answer of</span>
        <Choice
          wide
          label="Reviews the answer of"
          value={step.of}
          choices={[
            ...asked.map(({ id, title }) => ({ value: id, label: title })),
            ...(asked.some(({ id }) => id === step.of)
              ? []
              : [{ value: step.of, label: stepOf(draft, step.of)?.title ?? 'Choose…' }]),
          ]}
          onChange={(of) => write({ ...step, of })}
        />
      </div>
      <div className={form.field} role="group" aria-label="Questions of the rubric">
        <span>What it is measured by</span>
        {step.rubric.map((one, at) => (
          <span key={one.id} className={css.question}>
            <TextInput
              aria-label={`Question ${at + 1}`}
              value={one.question}
              maxLength={500}
              autoComplete="off"
              error={one.question.trim() === '' ? 'A question needs words' : null}
              onChange={(event) => ask(at, event.currentTarget.value)}
            />
            <IconButton
              icon={IconX}
              label={`Delete question ${at + 1}`}
              onClick={() => write({ ...step, rubric: step.rubric.filter((_, index) => index !== at) })}
            />
          </span>
        ))}
        <span>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            disabled={step.rubric.length >= 20}
            onClick={() => {
              const taken = new Set(step.rubric.map(({ id }) => id));
              let at = step.rubric.length + 1;
              while (taken.has(`question-${at}`)) at += 1;
              write({
                ...step,
                rubric: [...step.rubric, { id: `question-${at}`, question: 'Is it clear?', weight: 1 }],
              });
            }}
          >
            A question
          </Button>
        </span>
      </div>
      <Doer draft={draft} step={step} onChange={onChange} />
      <Fold label="How strict it is">
        <div className={css.more}>
          <NumberFields
            fields={[
              { name: 'threshold', label: 'Share that has to be met', min: 0, max: 1, placeholder: '0.7' },
              { name: 'revisions', label: 'Revisions at most', min: 0, max: 2, whole: true, placeholder: '2' },
            ]}
            values={{ threshold: step.threshold, revisions: step.revisions }}
            onChange={(name, value) =>
              write({ ...step, [name]: value ?? (name === 'threshold' ? 0.7 : 2) }, `${step.id} ${name}`)
            }
          />
          <ChecksField
            checks={step.checks}
            values={values}
            parts={parts}
            onChange={(checks) => write({ ...step, checks }, `${step.id} checks`)}
          />
        </div>
      </Fold>
    </>
  );
};
