import { Checkbox } from '@mantine/core';
import type { PlaybookStep } from '../../../../node-core/contract/index.ts';
import { NumberFields } from '../../components/index.ts';
import type { Value } from './plan-edits.ts';
import { ValueArea } from './value-area.tsx';

/** Whether and how often a step is done. */
export const StepConditions = ({
  step,
  values,
  onChange,
}: {
  step: PlaybookStep;
  values: readonly Value[];
  onChange: (step: PlaybookStep, mark?: string) => void;
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
