import type { Playbook, PlaybookEntry, PlaybookStep } from '../../../../node-core/contract/index.ts';

export type PlanStep = PlaybookEntry['graph'][number];

/** Steps that an expression names. */
export const referred = /\bsteps\.([a-z][a-z0-9-]*)/gu;

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

/** Without what is waited for by way of another step anyway: fewer lines that say the same. */
const withoutDetours = (plan: readonly PlanStep[]): PlanStep[] => {
  const byId = new Map(plan.map((step) => [step.id, step]));
  const before = (id: string, seen: Set<string>): Set<string> => {
    for (const need of byId.get(id)?.needs ?? []) if (!seen.has(need)) before(need, seen.add(need));
    return seen;
  };
  return plan.map((step) => ({
    ...step,
    needs: step.needs.filter((id) => !step.needs.some((other) => other !== id && before(other, new Set()).has(id))),
  }));
};

/** What leads back in a circle, by step: it is drawn, but no step can stand below itself. */
const backOf = (plan: readonly PlanStep[]): ReadonlyMap<string, readonly string[]> => {
  const byId = new Map(plan.map((step) => [step.id, step]));
  const isOpen = new Map<string, boolean>();
  const back = new Map<string, string[]>();
  const walk = (step: PlanStep): void => {
    isOpen.set(step.id, true);
    for (const id of step.needs) {
      const need = byId.get(id);
      if (isOpen.get(id)) back.set(step.id, [...(back.get(step.id) ?? []), id]);
      else if (need && !isOpen.has(id)) walk(need);
    }
    isOpen.set(step.id, false);
  };
  for (const step of plan) if (!isOpen.has(step.id)) walk(step);
  return back;
};

/** How far down each step is: below all that it waits for. */
const depthsOf = (plan: readonly PlanStep[]): ReadonlyMap<string, number> => {
  const byId = new Map(plan.map((step) => [step.id, step]));
  const depths = new Map<string, number>();
  const depthOf = (step: PlanStep): number => {
    const known = depths.get(step.id);
    if (known !== undefined) return known;
    const before = step.needs.flatMap((id) => byId.get(id) ?? []);
    const depth = Math.max(0, ...before.map((one) => depthOf(one) + 1));
    depths.set(step.id, depth);
    return depth;
  };
  for (const step of plan) depthOf(step);
  return depths;
};

export interface Cell {
  readonly id: string;
  /** `null`: a line passes here, on its way to a row further down. */
  readonly step: PlanStep | null;
  /** Of the row above, that lines come from; in a circle also of those below. */
  readonly from: readonly string[];
}

/** The plan in rows: side by side what begins together, below each other what waits, each near what it waits for. */
export const rowsOf = (plan: readonly PlanStep[]): Cell[][] => {
  const back = backOf(plan);
  const slim = withoutDetours(
    plan.map((step) => ({ ...step, needs: step.needs.filter((id) => !back.get(step.id)?.includes(id)) })),
  );
  const depths = depthsOf(slim);
  const rows: Cell[][] = [];
  const put = (row: number, cell: Cell): void => void (rows[row] ??= []).push(cell);
  for (const step of slim) {
    const row = depths.get(step.id) ?? 0;
    const from = step.needs.map((need) => {
      let last = need;
      for (let at = (depths.get(need) ?? 0) + 1; at < row; at += 1) {
        const id = `${need}>${step.id}@${at}`;
        put(at, { id, step: null, from: [last] });
        last = id;
      }
      return last;
    });
    put(row, { id: step.id, step, from: [...from, ...(back.get(step.id) ?? [])] });
  }
  let above = new Map<string, number>();
  return rows.map((row) => {
    const middle = (row.length - 1) / 2;
    const wish = ({ from }: Cell, at: number): number => {
      const places = from.flatMap((id) => above.get(id) ?? []);
      return places.length > 0 ? places.reduce((sum, place) => sum + place, 0) / places.length : at - middle;
    };
    const wishes = new Map(row.map((cell, at) => [cell.id, wish(cell, at)]));
    const sorted = row.toSorted((a, b) => (wishes.get(a.id) ?? 0) - (wishes.get(b.id) ?? 0));
    above = new Map(sorted.map(({ id }, at) => [id, at - middle]));
    return sorted;
  });
};
