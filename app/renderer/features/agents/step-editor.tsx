import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { PlaybookParts, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { AnchoredPanel, Fold, IconButton, PickList } from '../../components/index.ts';
import { planOf } from './plan.ts';
import {
  afterStep,
  connect,
  disconnect,
  type Edit,
  isShown,
  leaveOut,
  type PlanDraft,
  putBack,
  showInResult,
  stepOf,
  valuesFor,
  writeStep,
} from './plan-edits.ts';
import { StepConditions } from './step-conditions.tsx';
import { StepFields } from './step-fields.tsx';
import { kindOf } from './step-kinds.ts';
import type { PlanFault } from './use-plan.ts';
import css from './plan-section.module.css';

export interface StepEditorProps {
  readonly draft: PlanDraft;
  readonly id: string;
  readonly parts: PlaybookParts;
  readonly faults: readonly PlanFault[];
  /** Whether the step was added here. */
  readonly isAdded: boolean;
  readonly onChange: (draft: PlanDraft, mark?: string) => void;
  /** Says why something can't be. */
  readonly onRefused: (why: string) => void;
  readonly onClose: () => void;
}

const NeedsField = ({
  draft,
  step,
  onEdit,
}: {
  draft: PlanDraft;
  step: PlaybookStep;
  onEdit: (edit: Edit) => void;
}) => {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const needs = planOf(draft.playbook).find(({ id }) => id === step.id)?.needs ?? [];
  const later = afterStep(draft, step.id);
  const others = draft.playbook.steps.filter(
    ({ id }) => id !== step.id && !needs.includes(id) && !later.has(id) && !draft.left.includes(id),
  );
  return (
    <div className={css.needs} role="group" aria-label="Waits for">
      <span className={css.hint}>Waits for</span>
      {needs.map((id) => {
        const title = stepOf(draft, id)?.title ?? id;
        return (
          <span key={id} className={css.need} data-left={draft.left.includes(id) || undefined}>
            {title}
            {step.needs.includes(id) ? (
              <button
                type="button"
                aria-label={`Don’t wait for ${title}`}
                onClick={() => onEdit(disconnect(draft, id, step.id))}
              >
                <IconX size={16} stroke={1.6} aria-hidden />
              </button>
            ) : (
              <span className={css.hint} title="It takes the value of that step">
                value
              </span>
            )}
          </span>
        );
      })}
      {needs.length === 0 ? <span>nothing</span> : null}
      <Button
        ref={button}
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
        disabled={others.length === 0}
        onClick={() => setIsOpen(true)}
      >
        A step
      </Button>
      {isOpen && button.current ? (
        <AnchoredPanel anchor={button.current} label="Wait for" width={300} onClose={() => setIsOpen(false)}>
          <PickList
            label="Wait for"
            placeholder="Which step comes first?"
            items={others.map(({ id, title, kind }) => {
              const Glyph = kindOf(kind).icon;
              return {
                id,
                label: title,
                icon: <Glyph size={16} stroke={1.6} aria-hidden />,
                run: () => {
                  setIsOpen(false);
                  onEdit(connect(draft, id, step.id));
                },
              };
            })}
          />
        </AnchoredPanel>
      ) : null}
    </div>
  );
};

/** One step of the plan, before it starts: everything about it can be changed. */
export const StepEditor = ({ draft, id, parts, faults, isAdded, onChange, onRefused, onClose }: StepEditorProps) => {
  const step = stepOf(draft, id);
  if (!step) return null;
  const kind = kindOf(step.kind);
  const isLeft = draft.left.includes(id);
  const values = valuesFor(draft, id);
  const fieldErrors = new Map(
    faults.flatMap(({ path: [field, name], message }) =>
      field === 'with' && typeof name === 'string' ? [[name, message] as const] : [],
    ),
  );
  const others = faults.filter(({ path: [field, name] }) => field !== 'with' || typeof name !== 'string');
  const onEdit = (edit: Edit): void => {
    if ('refused' in edit) onRefused(edit.refused);
    else onChange(edit.draft);
  };
  return (
    <section
      className={css.step}
      role="group"
      aria-label={`Step ${step.title}`}
      data-testid="step-editor"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={css.stepHead}>
        <p className={css.hint}>
          <kind.icon size={16} stroke={1.6} aria-hidden />
          {kind.does}
          {isLeft ? ' · left out' : ''}
        </p>
        <IconButton icon={IconX} label="Close the step" shortcut="escape" onClick={onClose} />
      </div>
      {others.length > 0 ? (
        <ul className={css.faults} aria-label="What is wrong with this step" data-testid="step-faults">
          {others.map(({ message }, at) => (
            <li key={at}>{message}</li>
          ))}
        </ul>
      ) : null}
      <TextInput
        label="Title"
        value={step.title}
        maxLength={120}
        autoComplete="off"
        error={step.title.trim() === '' ? 'A step needs a title' : null}
        onChange={(event) => onChange(writeStep(draft, { ...step, title: event.currentTarget.value }), `${id} title`)}
      />
      <StepFields draft={draft} step={step} parts={parts} values={values} errors={fieldErrors} onChange={onChange} />
      <NeedsField draft={draft} step={step} onEdit={onEdit} />
      <Fold label="When, how often, and what comes of it">
        <div className={css.more}>
          <StepConditions
            step={step}
            values={values}
            onChange={(next, mark) => onChange(writeStep(draft, next), mark)}
          />
          <Checkbox
            label="Show what it gives in the result"
            checked={isShown(draft, id)}
            onChange={({ currentTarget: { checked } }) => onChange(showInResult(draft, id, checked))}
          />
        </div>
      </Fold>
      <div className={css.stepFoot}>
        {isLeft ? (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} stroke={1.6} aria-hidden />}
            onClick={() => onChange(putBack(draft, id))}
          >
            Put this step back
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
            disabled={draft.playbook.steps.length - draft.left.length < 2}
            onClick={() => onChange(leaveOut(draft, id, isAdded))}
          >
            {isAdded ? 'Delete this step' : 'Leave this step out'}
          </Button>
        )}
      </div>
    </section>
  );
};
