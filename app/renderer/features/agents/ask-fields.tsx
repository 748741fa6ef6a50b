import { Fold, NumberFields } from '../../components/index.ts';
import { ChecksField, Doer, type FieldsProps, type Of } from './answer-fields.tsx';
import { isRecord } from './json.ts';
import { writeStep } from './plan-edits.ts';
import { ValueArea } from './value-area.tsx';
import { YamlField } from './yaml-field.tsx';
import css from './plan-section.module.css';

/** What a model is asked, by whom, and in which form it answers. */
export const AskFields = ({ draft, step, parts, values, onChange }: FieldsProps & { step: Of<'ask'> }) => {
  const write = (next: Of<'ask'>, mark?: string): void => onChange(writeStep(draft, next), mark);
  return (
    <>
      <ValueArea
        label="What the model is asked"
        value={step.prompt}
        values={values}
        error={step.prompt.trim() === '' ? 'A question needs words' : undefined}
        onChange={(prompt) => write({ ...step, prompt }, `${step.id} prompt`)}
      />
      <Doer draft={draft} step={step} onChange={onChange} />
      <Fold label="The form of its answer">
        <div className={css.more}>
          <NumberFields
            fields={[
              {
                name: 'maxTokens',
                label: 'Longest answer, in tokens',
                min: 1,
                max: 16_000,
                whole: true,
                placeholder: '800',
              },
            ]}
            values={{ maxTokens: step.maxTokens }}
            onChange={(_, maxTokens) => write({ ...step, maxTokens: maxTokens ?? 800 }, `${step.id} tokens`)}
          />
          <YamlField
            label="Answer as JSON of this schema"
            hint="empty: the answer is text"
            value={step.answer}
            read={(value) =>
              value === undefined || isRecord(value) ? { value } : { wrong: 'A JSON schema, which is a record.' }
            }
            onChange={(answer) => {
              const { answer: _, ...rest } = step;
              write(answer === undefined ? rest : { ...step, answer }, `${step.id} answer`);
            }}
          />
          <ChecksField
            checks={step.checks}
            values={values}
            parts={parts}
            onChange={(checks) => write({ ...step, checks }, `${step.id} checks`)}
          />
          <ValueArea
            label="What it is told besides"
            hint="comes before the question; whoever judges the answer is shown it too"
            value={step.system ?? ''}
            values={values}
            onChange={(system) => {
              const { system: _, ...rest } = step;
              write(system === '' ? rest : { ...step, system }, `${step.id} system`);
            }}
          />
        </div>
      </Fold>
    </>
  );
};
