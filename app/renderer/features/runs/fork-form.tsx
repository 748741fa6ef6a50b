import { Button } from '@mantine/core';
import { IconGitFork, IconPencil, IconPlayerSkipForward, IconRefresh, type Icon } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { PlaybookStep, RunDetail, RunStep } from '../../../../node-core/contract/index.ts';
import { useReturnFocus } from '../../components/index.ts';
import { Area } from '../agents/form-fields.tsx';
import { ModelPicker } from '../models/model-picker.tsx';
import { forkRun } from './actions.ts';
import css from './playbook-body.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

type Given = Extract<PlaybookStep, { kind: 'tool' }>['with'];

/** Arguments as text: those that are text as they are, others as JSON. */
const writtenOf = (given: Given): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value, null, 2),
    ]),
  );

/** What was changed; null where one can't be read. */
const changedIn = (given: Given, written: Readonly<Record<string, string>>): Given | null => {
  const before = writtenOf(given);
  const changed: Given = {};
  for (const [name, value] of Object.entries(given)) {
    const text = written[name] ?? '';
    if (text === before[name]) continue;
    try {
      changed[name] = typeof value === 'string' ? text : JSON.parse(text);
    } catch {
      return null;
    }
  }
  return changed;
};

interface FormProps {
  readonly run: RunDetail;
  readonly step: PlaybookStep;
  readonly label: string;
  readonly action: string;
  readonly onClose: () => void;
}

/** The step as it is to be done in a new run: its prompt, its arguments, its model. */
const ChangeForm = ({ run, step, label, action, onClose }: FormProps) => {
  const template = step.kind === 'ask' ? step.prompt : null;
  const given = 'with' in step ? step.with : {};
  const asksModel = step.kind === 'ask' || step.kind === 'review';
  const [prompt, setPrompt] = useState(template ?? '');
  const [written, setWritten] = useState(() => writtenOf(given));
  const [modelId, setModelId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('textarea, button')?.focus(), []);
  const changed = changedIn(given, written);
  const isReady = changed !== null && (template === null || prompt.trim() !== '');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || busy) return;
    setBusy(true);
    await forkRun({
      id: run.id,
      step: step.id,
      ...(template !== null && prompt !== template ? { prompt } : {}),
      ...(Object.keys(changed).length > 0 ? { with: changed } : {}),
      ...(modelId ? { modelId } : {}),
    });
    setBusy(false);
  };
  return (
    <form
      ref={form}
      className={css.fork}
      aria-label={label}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {template === null ? null : <Area label="What the model is asked" code value={prompt} onChange={setPrompt} />}
      {Object.keys(given).map((name) => (
        <Area
          key={name}
          label={name}
          code
          value={written[name] ?? ''}
          onChange={(text) => setWritten((old) => ({ ...old, [name]: text }))}
        />
      ))}
      <div className={css.forkFoot}>
        <Button type="submit" loading={busy} disabled={!isReady}>
          {action}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        {asksModel ? <ModelPicker label="Model of the fork" value={modelId} onPick={setModelId} offersDefault /> : null}
      </div>
      <p className={css.forkHint}>
        {changed === null
          ? 'An argument that is no text has to stay JSON.'
          : 'What came before this step is taken over from here. This run stays as it is.'}
      </p>
    </form>
  );
};

const stepOf = (run: RunDetail, { id }: RunStep): PlaybookStep | undefined =>
  run.playbook?.playbook.steps.find((one) => one.id === id);

/** A new run from this step on, changed where one wants. */
export const ForkForm = ({ run, step }: { run: RunDetail; step: RunStep }) => {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useReturnFocus(isOpen);
  const own = stepOf(run, step);
  if (!own) return null;
  const close = (): void => setIsOpen(false);
  if (isOpen) return <ChangeForm run={run} step={own} label="Fork from here" action="Start the fork" onClose={close} />;
  return (
    <Button
      ref={opener}
      variant="default"
      leftSection={glyph(IconGitFork)}
      onClick={() => setIsOpen(true)}
      data-testid="fork"
    >
      Fork from here…
    </Button>
  );
};

/** How a run goes on from the step that it failed at: changed, or without it; as it is, where the run's fault does not offer that already. */
export const GoOnForm = ({ run, step }: { run: RunDetail; step: RunStep }) => {
  const [isOpen, setIsOpen] = useState(false);
  const opener = useReturnFocus(isOpen);
  const [busy, setBusy] = useState(false);
  const own = stepOf(run, step);
  if (!own) return null;
  const go = async (without: readonly string[]): Promise<void> => {
    setBusy(true);
    await forkRun({ id: run.id, step: own.id, ...(without.length > 0 ? { without: [...without] } : {}) });
    setBusy(false);
  };
  if (isOpen)
    return (
      <div className={css.goOnForm}>
        <ChangeForm
          run={run}
          step={own}
          label="Change this step"
          action="Go on with this change"
          onClose={() => setIsOpen(false)}
        />
      </div>
    );
  return (
    <div className={css.goOn} role="group" aria-label={`Go on from “${step.title}”`} data-testid="go-on">
      {run.error ? null : (
        <Button
          variant="default"
          disabled={busy}
          leftSection={glyph(IconRefresh)}
          onClick={() => void go([])}
          data-testid="try-again"
        >
          Try this step again
        </Button>
      )}
      <Button
        ref={opener}
        variant="default"
        disabled={busy}
        leftSection={glyph(IconPencil)}
        onClick={() => setIsOpen(true)}
        data-testid="change-step"
      >
        Change this step…
      </Button>
      <Button
        variant="default"
        disabled={busy}
        leftSection={glyph(IconPlayerSkipForward)}
        onClick={() => void go([own.id])}
        data-testid="go-without"
      >
        Go on without it
      </Button>
    </div>
  );
};
