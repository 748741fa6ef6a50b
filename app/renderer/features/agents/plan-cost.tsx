import { Button } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import type { Model, Playbook } from '../../../../node-core/contract/index.ts';
import { NumberFields } from '../../components/index.ts';
import { formatCount } from '../../days.ts';
import { useChatModel } from '../models/model-picker.tsx';
import { useModels } from '../models/queries.ts';
import { modelsOf } from './plan-edits.ts';
import { useProfiles } from './queries.ts';
import type { Plan } from './use-plan.ts';
import form from './form.module.css';
import css from './start-view.module.css';

/** Those of the models that the plan may ask that cost money. */
export const usePricedModels = ({ playbook, draft }: Plan, modelId: string | null): readonly Model[] => {
  const { models } = useModels();
  const chosen = useChatModel(modelId);
  const { items: profiles } = useProfiles();
  const asks = playbook.steps.flatMap((step) => (step.kind === 'ask' || step.kind === 'review' ? [step] : []));
  if (asks.length === 0) return [];
  const roles = new Set([playbook.profile, ...asks.flatMap(({ profile }) => profile ?? [])]);
  const ids = new Set([
    chosen?.id,
    ...profiles.flatMap(({ id, modelId: own }) => (roles.has(id) && own !== null ? [own] : [])),
    ...Object.values(modelsOf(draft)),
  ]);
  return models.filter(({ id, price }) => ids.has(id) && price !== null && price.input + price.output > 0);
};

/** All tokens of the budget at the dearest price; in cents, rounded up. */
const mostOf = ({ budget }: Playbook, models: readonly Model[]): number => {
  const dearest = Math.max(0, ...models.flatMap(({ price }) => (price ? [price.input, price.output] : [])));
  return Math.max(0.01, Math.ceil((budget.tokens * dearest) / 10_000) / 100);
};

/** Where a model costs money: what the run may cost, said before it starts. */
export const PlanCost = ({ plan, models }: { plan: Plan; models: readonly Model[] }) => {
  const { playbook, draft } = plan;
  const most = mostOf(playbook, models);
  const allow = (cost: number): void =>
    plan.change(
      { ...draft, playbook: { ...draft.playbook, budget: { ...draft.playbook.budget, cost } } },
      'budget cost',
    );
  return (
    <section className={css.cost} aria-label="What it may cost" data-testid="plan-cost">
      <IconCoin size={16} stroke={1.6} aria-hidden />
      <div className={form.form}>
        <p>
          {models.map(({ name }) => `“${name}”`).join(' and ')} {models.length === 1 ? 'costs' : 'cost'} money: up to{' '}
          {most.toFixed(2)} if all {formatCount(playbook.budget.tokens)} tokens are used, which few runs do. The run
          stops before it costs more than you allow.
        </p>
        <div className={css.allow}>
          <NumberFields
            fields={[{ name: 'cost', label: 'It may cost at most', min: 0, max: 1_000_000, placeholder: '0' }]}
            values={{ cost: playbook.budget.cost === 0 ? undefined : playbook.budget.cost }}
            onChange={(_, value) => allow(value ?? 0)}
          />
          {playbook.budget.cost === 0 ? (
            <Button variant="default" onClick={() => allow(most)}>
              Allow {most.toFixed(2)}
            </Button>
          ) : null}
        </div>
      </div>
    </section>
  );
};
