import { Button, TextInput } from '@mantine/core';
import { IconTrash, IconX } from '@tabler/icons-react';
import type { Playbook, PlaybookStep } from '../../../../node-core/contract/index.ts';
import { IconButton } from '../../components/index.ts';
import { Area } from './form-fields.tsx';
import { planOf, withoutStep } from './plan.ts';
import css from './start-view.module.css';

interface StepEditorProps {
  readonly playbook: Playbook;
  readonly id: string;
  readonly onChange: (playbook: Playbook) => void;
  readonly onClose: () => void;
}

const says = (step: PlaybookStep): string => {
  switch (step.kind) {
    case 'ask':
      return `Asks the model${step.profile ? ` as “${step.profile}”` : ''}, for at most ${step.maxTokens} tokens.`;
    case 'tool':
      return `Calls the tool ${step.tool}.`;
    case 'rule':
      return 'Decided by code; no model is asked.';
    case 'change':
      return 'Changes your workspace; undone with the run.';
    case 'review':
      return `Reviews the step “${step.of}”; at most ${step.revisions} revisions.`;
    case 'choose':
      return 'Shows you proposals to take or leave one by one.';
  }
};

/** One step of the plan, before it starts: its name, what the model is asked, and the way to leave it out. */
export const StepEditor = ({ playbook, id, onChange, onClose }: StepEditorProps) => {
  const step = playbook.steps.find((one) => one.id === id);
  if (!step) return null;
  const write = (next: PlaybookStep): void =>
    onChange({ ...playbook, steps: playbook.steps.map((one) => (one.id === id ? next : one)) });
  const rest = withoutStep(playbook, id);
  const takers = planOf(playbook).filter(({ needs }) => needs.includes(id));
  return (
    <section className={css.step} aria-label={`Step ${step.title}`} data-testid="step-editor">
      <div className={css.stepHead}>
        <p className={css.hint}>
          {says(step)}
          {step.each ? ` Done for each of ${step.each}, at most ${step.limit}.` : ''}
          {step.when ? ` Only where ${step.when} is there.` : ''}
        </p>
        <IconButton icon={IconX} label="Close the step" onClick={onClose} />
      </div>
      <TextInput
        label="Title"
        value={step.title}
        maxLength={120}
        autoComplete="off"
        error={step.title.trim() === '' ? 'A step needs a title' : null}
        onChange={(event) => write({ ...step, title: event.currentTarget.value })}
      />
      {step.kind === 'ask' ? (
        <Area
          label="What the model is asked"
          code
          value={step.prompt}
          onChange={(prompt) => write({ ...step, prompt })}
        />
      ) : null}
      {step.kind === 'tool' || step.kind === 'rule' || step.kind === 'change' ? (
        <pre className={css.given}>{JSON.stringify(step.with, null, 2)}</pre>
      ) : null}
      {step.kind === 'review' ? (
        <ul className={css.rubric}>
          {step.rubric.map((one) => (
            <li key={one.id}>{one.question}</li>
          ))}
        </ul>
      ) : null}
      <div className={css.stepFoot}>
        <Button
          variant="default"
          leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />}
          disabled={rest === null}
          onClick={() => {
            if (rest) onChange(rest);
          }}
        >
          Leave this step out
        </Button>
        {rest === null ? (
          <span className={css.hint}>
            {takers.length > 0
              ? `Needed by ${takers.map(({ title }) => title).join(', ')}`
              : 'The result takes its value'}
          </span>
        ) : null}
      </div>
    </section>
  );
};
