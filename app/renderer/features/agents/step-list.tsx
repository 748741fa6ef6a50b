import { IconAlertCircle, IconArrowBackUp, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { IconButton, walkRows } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { planOf } from './plan.ts';
import { leaveOut, moveStep, type PlanDraft, putBack, stepOf } from './plan-edits.ts';
import { kindOf } from './step-kinds.ts';
import type { PlanFault } from './use-plan.ts';
import css from './plan-section.module.css';

interface StepListProps {
  readonly draft: PlanDraft;
  readonly faults: readonly PlanFault[];
  readonly chosen: string | null;
  readonly isAdded: (id: string) => boolean;
  readonly onPick: (id: string) => void;
  readonly onChange: (draft: PlanDraft) => void;
}

/** The steps one below the other: all that the graph can do, by keys alone. */
export const StepList = ({ draft, faults, chosen, isAdded, onPick, onChange }: StepListProps) => {
  const plan = planOf(draft.playbook);
  const count = draft.playbook.steps.length;
  const toggle = (id: string): void => {
    if (draft.left.includes(id)) onChange(putBack(draft, id));
    else if (count - draft.left.length > 1) onChange(leaveOut(draft, id, isAdded(id)));
  };
  const onKeyDown = (event: KeyboardEvent, id: string): void => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
      onChange(moveStep(draft, id, event.key === 'ArrowUp' ? -1 : 1));
    else if (event.key === 'Delete' || event.key === 'Backspace') toggle(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="presentation" onKeyDown={walkRows}>
      <ol className={css.list} aria-label="Steps" data-testid="step-list">
        {plan.map(({ id, title, kind, needs }, at) => {
          const Glyph = kindOf(kind).icon;
          const wrong = faults.filter(({ stepId }) => stepId === id).length;
          const isLeft = draft.left.includes(id);
          const waits = needs.map((need) => stepOf(draft, need)?.title ?? need).join(', ');
          return (
            <li key={id} className={css.row} data-left={isLeft || undefined}>
              <button
                type="button"
                className={css.rowButton}
                data-row
                data-step={id}
                aria-pressed={id === chosen}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
                onClick={() => onPick(id)}
                onKeyDown={(event) => onKeyDown(event, id)}
              >
                <Glyph size={16} stroke={1.6} className={css.rowIcon} aria-label={kindOf(kind).name} />
                <span className={css.rowText}>
                  <span className={css.rowTitle}>{title}</span>
                  <span className={css.hint}>{isLeft ? 'Left out' : waits === '' ? 'At once' : `After ${waits}`}</span>
                </span>
                {wrong > 0 ? (
                  <span className={css.wrong}>
                    <IconAlertCircle size={16} stroke={1.6} aria-hidden />
                    {plural(wrong, 'fault')}
                  </span>
                ) : null}
              </button>
              <IconButton
                icon={IconArrowUp}
                label={`Move ${title} up`}
                disabled={at === 0}
                onClick={() => onChange(moveStep(draft, id, -1))}
              />
              <IconButton
                icon={IconArrowDown}
                label={`Move ${title} down`}
                disabled={at === count - 1}
                onClick={() => onChange(moveStep(draft, id, 1))}
              />
              <IconButton
                icon={isLeft ? IconArrowBackUp : IconTrash}
                label={isLeft ? `Put ${title} back` : `Leave ${title} out`}
                onClick={() => toggle(id)}
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
};
