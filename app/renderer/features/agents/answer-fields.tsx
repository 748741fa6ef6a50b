import type { PlaybookParts, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { Choice } from '../../components/index.ts';
import { ModelPicker } from '../models/model-picker.tsx';
import type { Json } from './draft.ts';
import { isRecord } from './json.ts';
import { type PlanDraft, type Value, writeStep } from './plan-edits.ts';
import { useProfiles } from './queries.ts';
import { YamlField } from './yaml-field.tsx';
import form from './form.module.css';
import css from './plan-section.module.css';

export type Of<Kind extends PlaybookStep['kind']> = Extract<PlaybookStep, { kind: Kind }>;
type Checks = Of<'ask'>['checks'];

export interface FieldsProps {
  readonly draft: PlanDraft;
  readonly parts: PlaybookParts;
  readonly values: readonly Value[];
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (draft: PlanDraft, mark?: string) => void;
}

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

export const ChecksField = ({
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
export const Doer = ({ draft, step, onChange }: DoerProps) => {
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
