import type { Playbook, PlaybookEntry, PlaybookStep } from '../../../../node-core/contract/index.ts';

export type PlanStep = PlaybookEntry['graph'][number];

const referred = /\bsteps\.([a-z][a-z0-9-]*)/gu;

/** Which steps a step waits for: those it names, and those whose values it takes. */
const needsOf = (step: PlaybookStep): string[] => {
  const { id: _, needs, ...rest } = step;
  const found = [...JSON.stringify(rest).matchAll(referred)].flatMap(([, id]) => (id ? [id] : []));
  return [...new Set([...needs, ...(step.kind === 'review' ? [step.of] : []), ...found])].filter(
    (id) => id !== step.id,
  );
};

/** The steps as a graph: who waits for whom. */
export const planOf = ({ steps }: Pick<Playbook, 'steps'>): PlanStep[] => {
  const known = new Set(steps.map(({ id }) => id));
  return steps.map((step) => ({
    id: step.id,
    title: step.title,
    kind: step.kind,
    needs: needsOf(step).filter((id) => known.has(id)),
  }));
};

/** Steps in rows: each below all that it waits for. What waits for itself in a circle stays in the row where it is found. */
export const layersOf = (plan: readonly PlanStep[]): PlanStep[][] => {
  const byId = new Map(plan.map((step) => [step.id, step]));
  const depths = new Map<string, number>();
  const depthOf = (step: PlanStep): number => {
    const known = depths.get(step.id);
    if (known !== undefined) return known;
    depths.set(step.id, 0);
    const depth = Math.max(
      0,
      ...step.needs.flatMap((id) => {
        const before = byId.get(id);
        return before ? [depthOf(before) + 1] : [];
      }),
    );
    depths.set(step.id, depth);
    return depth;
  };
  const layers: PlanStep[][] = [];
  for (const step of plan) (layers[depthOf(step)] ??= []).push(step);
  return layers.filter((layer) => layer !== undefined);
};

/** Without a step; `null` where another step or the result takes its value. */
export const withoutStep = (playbook: Playbook, id: string): Playbook | null => {
  const steps = playbook.steps.filter((step) => step.id !== id);
  const isTaken =
    planOf(playbook).some((step) => step.needs.includes(id)) ||
    playbook.result.some(({ value }) => [...value.matchAll(referred)].some(([, named]) => named === id));
  return isTaken || steps.length === 0 ? null : { ...playbook, steps };
};
