import type { Playbook, PlaybookParts, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { planOf, referred } from './plan.ts';

/** A plan as it is being changed before it starts. */
export interface PlanDraft {
  readonly playbook: Playbook;
  /** Steps that are left out; they stay in view, to be put back. */
  readonly left: readonly string[];
  /** Models of single steps, in place of their profile's. */
  readonly models: Readonly<Record<string, string>>;
}

type Kind = PlaybookStep['kind'];
export type Edit = { readonly draft: PlanDraft } | { readonly refused: string };

export const draftOf = (playbook: Playbook): PlanDraft => ({ playbook, left: [], models: {} });

const named = (alternative: string): string | undefined => /^\s*steps\.([a-z][a-z0-9-]*)/u.exec(alternative)?.[1];

/** `a ?? b` without what is left out, as long as something stays. */
const pruned = (expression: string, left: readonly string[]): string => {
  const all = expression.split('??');
  const stays = all.filter((one) => !left.includes(named(one) ?? ''));
  return stays.length === 0 || stays.length === all.length
    ? expression
    : ` ${stays.map((one) => one.trim()).join(' ?? ')} `;
};

const prunedIn = <T>(value: T, left: readonly string[]): T =>
  JSON.parse(JSON.stringify(value), (key, part: unknown) =>
    typeof part !== 'string' || key === 'id'
      ? part
      : ['each', 'when', 'items'].includes(key) && !part.includes('{{')
        ? pruned(part, left).trim()
        : part.replaceAll(/\{\{([^{}]*)\}\}/gu, (_, inner: string) => `{{${pruned(inner, left)}}}`),
  );

/** What would start: without what is left out, and nothing waits for that. What takes its value and says nothing else to take, has a fault. */
export const effective = ({ playbook, left }: PlanDraft): Playbook => {
  if (left.length === 0) return playbook;
  const steps = playbook.steps
    .filter(({ id }) => !left.includes(id))
    .map((step) => ({ ...prunedIn(step, left), needs: step.needs.filter((id) => !left.includes(id)) }));
  const result = playbook.result
    .map((line) => ({ ...line, value: line.value.includes('{{') ? line.value : pruned(line.value, left).trim() }))
    .filter(({ value }) => value.includes('??') || !left.includes(named(value) ?? ''));
  return { ...playbook, steps, result };
};

/** Models of steps that would start. */
export const modelsOf = ({ playbook, left, models }: PlanDraft): Record<string, string> =>
  Object.fromEntries(
    Object.entries(models).filter(([id]) => !left.includes(id) && playbook.steps.some((step) => step.id === id)),
  );

export const stepOf = ({ playbook }: PlanDraft, id: string | null): PlaybookStep | undefined =>
  playbook.steps.find((step) => step.id === id);

const titleOf = (draft: PlanDraft, id: string): string => stepOf(draft, id)?.title ?? id;

const withSteps = (draft: PlanDraft, steps: Playbook['steps']): PlanDraft => ({
  ...draft,
  playbook: { ...draft.playbook, steps },
});

export const writeStep = (draft: PlanDraft, next: PlaybookStep): PlanDraft =>
  withSteps(
    draft,
    draft.playbook.steps.map((step) => (step.id === next.id ? next : step)),
  );

/** A way from one step to another along what waits for it, both ends named. */
const wayFrom = (draft: PlanDraft, from: string, to: string): string[] | null => {
  const plan = planOf(draft.playbook);
  const seen = new Set<string>();
  const visit = (id: string): string[] | null => {
    if (id === to) return [id];
    if (seen.has(id)) return null;
    seen.add(id);
    for (const next of plan.filter(({ needs }) => needs.includes(id))) {
      const found = visit(next.id);
      if (found) return [id, ...found];
    }
    return null;
  };
  return visit(from);
};

/** Steps that wait for a step, near or far. */
export const afterStep = (draft: PlanDraft, id: string): ReadonlySet<string> =>
  new Set(
    draft.playbook.steps.filter((other) => other.id !== id && wayFrom(draft, id, other.id)).map((step) => step.id),
  );

/** `to` waits for `from` from now on. A circle is refused, and said which. */
export const connect = (draft: PlanDraft, from: string, to: string): Edit => {
  const step = stepOf(draft, to);
  if (!step || !stepOf(draft, from)) return { refused: 'One of the two steps is gone.' };
  if (from === to) return { refused: 'A step can’t wait for itself.' };
  const known = planOf(draft.playbook).find(({ id }) => id === to)?.needs ?? [];
  if (known.includes(from)) return { refused: `“${step.title}” waits for “${titleOf(draft, from)}” already.` };
  const back = wayFrom(draft, to, from);
  if (back)
    return {
      refused: `That would be a circle: ${[...back, to].map((id) => `“${titleOf(draft, id)}”`).join(' → ')}.`,
    };
  return { draft: writeStep(draft, { ...step, needs: [...step.needs, from] }) };
};

/** `to` waits for `from` no more. Where it takes its value that can’t be. */
export const disconnect = (draft: PlanDraft, from: string, to: string): Edit => {
  const step = stepOf(draft, to);
  if (!step) return { refused: 'The step is gone.' };
  const next = writeStep(draft, { ...step, needs: step.needs.filter((id) => id !== from) });
  const stays = planOf(next.playbook)
    .find(({ id }) => id === to)
    ?.needs.includes(from);
  return stays
    ? { refused: `“${step.title}” takes the value of “${titleOf(draft, from)}”. Change what it takes first.` }
    : { draft: next };
};

const freeId = ({ playbook }: PlanDraft, base: string): string => {
  const taken = new Set(playbook.steps.map(({ id }) => id));
  for (let at = 1; ; at += 1) {
    const id = at === 1 ? base : `${base}-${at}`;
    if (!taken.has(id)) return id;
  }
};

const blankStep = (
  kind: Kind,
  { id, after, asked, parts }: { id: string; after: string | null; asked: string | undefined; parts: PlaybookParts },
): PlaybookStep => {
  const value = after ? `{{ steps.${after} }}` : '';
  const step = { id, needs: after ? [after] : [], limit: 50, optional: false };
  switch (kind) {
    case 'ask':
      return {
        ...step,
        kind,
        title: 'New question',
        prompt: after ? `${value}\n\nSay in a few sentences what matters in this.` : 'Write a few sentences.',
        maxTokens: 800,
        checks: [],
      };
    case 'tool':
      return { ...step, kind, title: 'New call of a tool', tool: parts.tools[0]?.name ?? '', with: {} };
    case 'rule':
      return {
        ...step,
        kind,
        title: 'New rule',
        rule: parts.rules.find(({ name }) => name === 'document')?.name ?? parts.rules[0]?.name ?? '',
        with: {},
      };
    case 'change':
      return { ...step, kind, title: 'Keep it as a note', change: 'note', with: { text: value } };
    case 'review':
      return {
        ...step,
        kind,
        title: 'New review',
        of: asked ?? '',
        checks: [],
        rubric: [{ id: 'answers', question: 'Does it answer what was asked?', weight: 1 }],
        threshold: 0.7,
        revisions: 2,
      };
    case 'choose':
      return { ...step, kind, title: 'Your choice', items: after ? `steps.${after}` : '', question: 'Which of these?' };
  }
};

/** A new step behind another, or at the beginning; its id is told. */
export const addStep = (
  draft: PlanDraft,
  kind: Kind,
  after: string | null,
  parts: PlaybookParts,
): { readonly draft: PlanDraft; readonly id: string } => {
  const { steps } = draft.playbook;
  const id = freeId(draft, kind === 'ask' ? 'question' : kind);
  const before = stepOf(draft, after);
  const asked = before?.kind === 'ask' ? before.id : steps.findLast((step) => step.kind === 'ask')?.id;
  const step = blankStep(kind, { id, after, asked, parts });
  const at = after === null ? 0 : steps.findIndex((one) => one.id === after) + 1;
  const tools =
    step.kind === 'tool' && step.tool !== ''
      ? [...new Set([...draft.playbook.tools, step.tool])]
      : draft.playbook.tools;
  return {
    id,
    draft: {
      ...draft,
      playbook: { ...draft.playbook, tools, steps: [...steps.slice(0, at), step, ...steps.slice(at)] },
    },
  };
};

/** One that was added here is gone, any other is left out and can be put back. */
export const leaveOut = (draft: PlanDraft, id: string, isAdded: boolean): PlanDraft =>
  isAdded
    ? withSteps(
        draft,
        draft.playbook.steps
          .filter((step) => step.id !== id)
          .map((step) => ({ ...step, needs: step.needs.filter((need) => need !== id) })),
      )
    : { ...draft, left: [...draft.left, id] };

export const putBack = (draft: PlanDraft, id: string): PlanDraft => ({
  ...draft,
  left: draft.left.filter((one) => one !== id),
});

/** One place up or down in the order in which steps are listed. */
export const moveStep = (draft: PlanDraft, id: string, by: -1 | 1): PlanDraft => {
  const steps = [...draft.playbook.steps];
  const at = steps.findIndex((step) => step.id === id);
  const [step] = steps.slice(at, at + 1);
  const to = at + by;
  if (!step || to < 0 || to >= steps.length) return draft;
  steps.splice(at, 1);
  steps.splice(to, 0, step);
  return withSteps(draft, steps);
};

/** Whether the result shows what the step gives. */
export const isShown = ({ playbook }: PlanDraft, id: string): boolean =>
  playbook.result.some(({ value }) => [...value.matchAll(referred)].some(([, named]) => named === id));

/** The step's value as a line of the result; or without those that name it. */
export const showInResult = (draft: PlanDraft, id: string, shows: boolean): PlanDraft => {
  const { playbook } = draft;
  const result = shows
    ? [...playbook.result, { title: titleOf(draft, id), value: `steps.${id}` }]
    : playbook.result.filter(({ value }) => ![...value.matchAll(referred)].some(([, named]) => named === id));
  return { ...draft, playbook: { ...playbook, result } };
};

export interface Value {
  readonly expression: string;
  readonly label: string;
  readonly group: 'Inputs' | 'Steps' | 'This step' | 'Always';
}

/** What expressions of a step can name: inputs, and steps that don't wait for it. */
export const valuesFor = (draft: PlanDraft, id: string): Value[] => {
  const later = afterStep(draft, id);
  const step = stepOf(draft, id);
  const steps = draft.playbook.steps.filter(
    (other) => other.id !== id && !later.has(other.id) && !draft.left.includes(other.id),
  );
  const fields = (other: PlaybookStep): string[] => {
    const properties = other.kind === 'ask' && !other.each ? other.answer?.['properties'] : undefined;
    return typeof properties === 'object' && properties !== null && !Array.isArray(properties)
      ? Object.keys(properties)
      : [];
  };
  return [
    ...(step?.each
      ? [
          { expression: 'item', label: 'The entry it is done for', group: 'This step' as const },
          { expression: 'index', label: 'Its number, from 0', group: 'This step' as const },
        ]
      : []),
    ...draft.playbook.inputs.map((input) => ({
      expression: `inputs.${input.id}`,
      label: input.title,
      group: 'Inputs' as const,
    })),
    ...steps.flatMap((other) => [
      { expression: `steps.${other.id}`, label: other.title, group: 'Steps' as const },
      ...fields(other).map((field) => ({
        expression: `steps.${other.id}.${field}`,
        label: `${other.title}: ${field}`,
        group: 'Steps' as const,
      })),
    ]),
    { expression: 'today', label: 'The day it runs', group: 'Always' },
  ];
};
