import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { PlaybookPart, PlaybookParts, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { Choice, Fold, IconButton, NumberFields } from '../../components/index.ts';
import { ModelPicker } from '../models/model-picker.tsx';
import { ArgumentFields } from './argument-fields.tsx';
import type { Json } from './draft.ts';
import { type PlanDraft, stepOf, type Value, writeStep } from './plan-edits.ts';
import { useProfiles } from './queries.ts';
import { ValueArea } from './value-area.tsx';
import { YamlField } from './yaml-field.tsx';
import form from './form.module.css';
import css from './plan-section.module.css';

type Of<Kind extends PlaybookStep['kind']> = Extract<PlaybookStep, { kind: Kind }>;
type Write = (step: PlaybookStep, mark?: string) => void;
type Checks = Of<'ask'>['checks'];

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readChecks = (value: Json | undefined): { value: Checks } | { wrong: string } => {
  if (value === undefined) return { value: [] };
  const wrong = { wrong: 'A list, each entry with “check” (its name) and “with” (what it is given).' };
  if (!Array.isArray(value)) return wrong;
  const checks = value.map((one) => {
    if (!isRecord(one) || typeof one['check'] !== 'string') return undefined;
    const given = one['with'] ?? {};
    return isRecord(given) ? { check: one['check'], with: given } : undefined;
  });
  const whole = checks.filter((one) => one !== undefined);
  return whole.length === checks.length ? { value: whole } : wrong;
};

const ChecksField = ({
  checks,
  values,
  parts,
  onChange,
}: {
  checks: Checks;
  values: readonly Value[];
  parts: PlaybookParts;
  onChange: (checks: Checks) => void;
}) => (
  <YamlField
    label="Checks by code"
    hint={`of: ${parts.checks.map(({ name }) => name).join(', ')}`}
    value={checks.length > 0 ? checks : undefined}
    values={values}
    placeholder="- { check: words, with: { max: 100 } }"
    read={readChecks}
    onChange={(next) => onChange(next ?? [])}
  />
);

interface DoerProps {
  readonly draft: PlanDraft;
  readonly step: Of<'ask'> | Of<'review'>;
  readonly onChange: (draft: PlanDraft, mark?: string) => void;
}

/** Which agent does the step, and with which model. */
const Doer = ({ draft, step, onChange }: DoerProps) => {
  const { items } = useProfiles();
  const usual = draft.playbook.profile;
  const nameOf = (id: string): string => items.find((one) => one.id === id)?.name ?? id;
  const profileId = step.profile ?? usual;
  const profile = items.find(({ id }) => id === profileId);
  const pick = (id: string): void => {
    const { profile: _, ...rest } = step;
    onChange(writeStep(draft, id === '' ? rest : { ...step, profile: id }));
  };
  const pickModel = (modelId: string | null): void => {
    const { [step.id]: _, ...models } = draft.models;
    onChange({ ...draft, models: modelId === null ? models : { ...models, [step.id]: modelId } });
  };
  return (
    <div className={css.pair}>
      <div className={form.field}>
        <span>Done by</span>
        <Choice
          wide
          label="Done by"
          value={step.profile ?? ''}
          choices={[
            { value: '', label: `${nameOf(usual)}, as the whole plan` },
            ...items.map(({ id, name }) => ({ value: id, label: name })),
            ...(step.profile && !profile ? [{ value: step.profile, label: step.profile }] : []),
          ]}
          onChange={pick}
        />
      </div>
      <div className={form.field}>
        <span>Model of this step</span>
        <span className={css.model}>
          <ModelPicker
            label="Model of this step"
            value={draft.models[step.id] ?? profile?.modelId ?? null}
            onPick={pickModel}
            offersDefault
          />
        </span>
      </div>
    </div>
  );
};

const AskFields = ({ draft, step, parts, values, onChange }: FieldsProps & { step: Of<'ask'> }) => {
  const write: Write = (next, mark) => onChange(writeStep(draft, next), mark);
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
            hint="in place of what its agent is told"
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

const ReviewFields = ({ draft, step, parts, values, onChange }: FieldsProps & { step: Of<'review'> }) => {
  const write: Write = (next, mark) => onChange(writeStep(draft, next), mark);
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

interface FieldsProps {
  readonly draft: PlanDraft;
  readonly parts: PlaybookParts;
  readonly values: readonly Value[];
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (draft: PlanDraft, mark?: string) => void;
}

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
  const write: Write = (next, mark) => onChange(writeStep(draft, next), mark);
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

/** Whether and how often a step is done. */
export const StepConditions = ({
  step,
  values,
  onChange,
}: {
  step: PlaybookStep;
  values: readonly Value[];
  onChange: Write;
}) => {
  const outside = values.filter(({ group }) => group !== 'This step');
  return (
    <>
      <ValueArea
        label="Only where there is"
        hint="empty: always"
        bare
        value={step.when ?? ''}
        values={outside}
        onChange={(when) => {
          const { when: _, ...rest } = step;
          onChange(when === '' ? rest : { ...step, when }, `${step.id} when`);
        }}
      />
      <ValueArea
        label="Once for each of"
        hint="a list; its entry is {{ item }}"
        bare
        value={step.each ?? ''}
        values={outside}
        onChange={(each) => {
          const { each: _, ...rest } = step;
          onChange(each === '' ? rest : { ...step, each }, `${step.id} each`);
        }}
      />
      {step.each ? (
        <NumberFields
          fields={[{ name: 'limit', label: 'Of them at most', min: 1, max: 200, whole: true, placeholder: '50' }]}
          values={{ limit: step.limit }}
          onChange={(_, limit) => onChange({ ...step, limit: limit ?? 50 }, `${step.id} limit`)}
        />
      ) : null}
      <Checkbox
        label="Go on without it where it can’t be done"
        checked={step.optional}
        onChange={({ currentTarget: { checked } }) => onChange({ ...step, optional: checked })}
      />
    </>
  );
};
