import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Playbook, PlaybookFault } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';
import { begun, changed, type EditHistory, redone, undone } from './edit-history.ts';
import { draftOf, effective, type PlanDraft } from './plan-edits.ts';

const waitsFor = 300;
/** No longer text is checked. */
const most = 200_000;
const none: readonly PlaybookFault[] = [];

/** A fault where it stands: of a step, or of the plan as a whole. */
export interface PlanFault {
  readonly message: string;
  /** `null`: of no single step. */
  readonly stepId: string | null;
  /** Within the step: `['with', 'text']`. */
  readonly path: PlaybookFault['path'];
}

/** What is wrong with a text, asked a moment after the last change. */
export const useCheck = (text: string, isOn = true) => {
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), waitsFor);
    return () => clearTimeout(timer);
  }, [text]);
  return useQuery({
    queryKey: ['playbook-check', asked],
    queryFn: ({ signal }) => api.playbooks.check({ text: asked.slice(0, most) }, { signal }),
    placeholderData: (before) => before,
    gcTime: 0,
    enabled: isOn,
  });
};

export interface Plan {
  readonly draft: PlanDraft;
  /** What would start. */
  readonly playbook: Playbook;
  readonly isEdited: boolean;
  readonly faults: readonly PlanFault[];
  readonly change: (draft: PlanDraft, mark?: string) => void;
  /** `null` where there is nothing to take back. */
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  readonly reset: () => void;
}

/** A plan that is edited before it starts: each change can be taken back, and what is wrong is told while it is written. */
export const usePlan = (given: Playbook): Plan => {
  const [history, setHistory] = useState<EditHistory<PlanDraft>>(() => begun(draftOf(given)));
  const draft = history.now;
  const playbook = useMemo(() => effective(draft), [draft]);
  const isEdited = draft.playbook !== given || draft.left.length > 0 || Object.keys(draft.models).length > 0;
  // JSON is YAML.
  const text = useMemo(() => JSON.stringify(playbook, null, 1), [playbook]);
  const check = useCheck(text, isEdited);
  const found = isEdited ? (check.data?.faults ?? none) : none;
  const faults = useMemo(
    () =>
      found.map(({ message, path }): PlanFault => {
        const [root, at, ...rest] = path;
        const stepId = root === 'steps' && typeof at === 'number' ? (playbook.steps[at]?.id ?? null) : null;
        return { message, stepId, path: stepId === null ? path : rest };
      }),
    [found, playbook],
  );
  return {
    draft,
    playbook,
    isEdited,
    faults,
    change: (next, mark) => setHistory((old) => changed(old, next, mark)),
    undo: history.past.length > 0 ? () => setHistory(undone) : null,
    redo: history.future.length > 0 ? () => setHistory(redone) : null,
    reset: () => setHistory((old) => changed(old, draftOf(given))),
  };
};
