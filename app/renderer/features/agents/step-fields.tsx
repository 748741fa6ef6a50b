import { TextInput } from '@mantine/core';
import type { PlaybookPart, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { Choice } from '../../components/index.ts';
import type { FieldsProps, Of } from './answer-fields.tsx';
import { ArgumentFields } from './argument-fields.tsx';
import { AskFields } from './ask-fields.tsx';
import type { Json } from './draft.ts';
import { writeStep } from './plan-edits.ts';
import { ReviewFields } from './review-fields.tsx';
import { ValueArea } from './value-area.tsx';
import form from './form.module.css';

const PartFields = ({
  label,
  name,
  known,
  step,
  values,
  errors,
  onName,
  onGiven,
}: Pick<FieldsProps, 'values' | 'errors'> & {
  label: string;
  name: string;
  known: readonly PlaybookPart[];
  step: Of<'tool'> | Of<'rule'> | Of<'change'>;
  onName: (name: string) => void;
  onGiven: (given: Record<string, Json>, mark: string) => void;
}) => {
  const part = known.find((one) => one.name === name);
  return (
    <>
      <div className={form.field}>
        <span>{label}</span>
        <Choice
          wide
          label={label}
          value={name}
          choices={[...new Set([...known.map((one) => one.name), name])].map((one) => ({ value: one, label: one }))}
          onChange={onName}
        />
        {part?.description ? <span className={form.hint}>{part.description}</span> : null}
      </div>
      <ArgumentFields
        key={name}
        part={part}
        given={step.with}
        values={values}
        errors={errors}
        onChange={(given, argument) => onGiven(given, `${step.id} with ${argument}`)}
      />
    </>
  );
};

/** What a step does, as fields of its kind. */
export const StepFields = (props: FieldsProps & { readonly step: PlaybookStep }) => {
  const { draft, step, parts, values, errors, onChange } = props;
  const write = (next: PlaybookStep, mark?: string): void => onChange(writeStep(draft, next), mark);
  const shared = { values, errors };
  switch (step.kind) {
    case 'ask':
      return <AskFields {...props} step={step} />;
    case 'review':
      return <ReviewFields {...props} step={step} />;
    case 'tool':
      return (
        <PartFields
          {...shared}
          label="Tool"
          name={step.tool}
          known={parts.tools}
          step={step}
          onName={(tool) => {
            const next = writeStep(draft, { ...step, tool });
            const tools = [...new Set([...draft.playbook.tools, tool])];
            onChange({ ...next, playbook: { ...next.playbook, tools } });
          }}
          onGiven={(given, mark) => write({ ...step, with: given }, mark)}
        />
      );
    case 'rule':
      return (
        <PartFields
          {...shared}
          label="Rule"
          name={step.rule}
          known={parts.rules}
          step={step}
          onName={(rule) => write({ ...step, rule })}
          onGiven={(given, mark) => write({ ...step, with: given }, mark)}
        />
      );
    case 'change':
      return (
        <PartFields
          {...shared}
          label="Change"
          name={step.change}
          known={parts.changes}
          step={step}
          onName={(change) => write({ ...step, change })}
          onGiven={(given, mark) => write({ ...step, with: given }, mark)}
        />
      );
    case 'choose':
      return (
        <>
          <ValueArea
            label="What there is to choose from"
            bare
            value={step.items}
            values={values}
            onChange={(items) => write({ ...step, items }, `${step.id} items`)}
          />
          <TextInput
            label="What you are asked"
            value={step.question}
            maxLength={300}
            autoComplete="off"
            onChange={(event) => write({ ...step, question: event.currentTarget.value }, `${step.id} question`)}
          />
        </>
      );
  }
};
