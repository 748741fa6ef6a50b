import { AppError, type Model, type Playbook, type Price, type Profile } from '../../contract/index.ts';

/** Of the models that have one, by their ids. */
type Prices = Readonly<Record<string, Price>>;

/** What so many tokens cost with the model; nothing where it has no price. */
export const costOf = (
  prices: Prices | undefined,
  modelId: string,
  promptTokens: number,
  outputTokens: number,
): number => {
  const price = prices?.[modelId];
  return price ? (promptTokens * price.input + outputTokens * price.output) / 1_000_000 : 0;
};

/**
 * Prices of all models that may be asked, fixed with the plan: what a run is charged does not depend on when it is resumed.
 * @throws AppError `BUDGET_SPENT` where one has a price and the playbook may spend nothing
 */
export const pricesOf = (
  { name, budget, steps }: Playbook,
  models: readonly Model[],
): { readonly prices?: Record<string, Price> } => {
  const priced = models.flatMap(({ id, price }) =>
    price && price.input + price.output > 0 ? [[id, price] as const] : [],
  );
  const [first] = models.filter(({ id }) => id === priced[0]?.[0]);
  if (!first || !steps.some(({ kind }) => kind === 'ask' || kind === 'review')) return {};
  if (budget.cost === 0)
    throw new AppError(
      'BUDGET_SPENT',
      `“${first.name}” costs money, and the budget of “${name}” has none. Raise its cost before you start, or choose another model.`,
    );
  return { prices: Object.fromEntries(priced) };
};

/** Ids of the models that profiles and single steps name. */
export const namedModels = (profiles: readonly Profile[], models: Readonly<Record<string, string>>): string[] => [
  ...profiles.flatMap(({ modelId }) => modelId ?? []),
  ...Object.values(models),
];
