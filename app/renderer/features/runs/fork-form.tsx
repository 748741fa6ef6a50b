import { Button } from '@mantine/core';
import { IconGitFork } from '@tabler/icons-react';
import { useState } from 'react';
import type { RunDetail, RunStep } from '../../../../node-core/contract/index.ts';
import { Area } from '../agents/form-fields.tsx';
import { ModelPicker } from '../models/model-picker.tsx';
import { forkRun } from './actions.ts';
import css from './playbook-body.module.css';

/** A new run from this step on, with another prompt or another model. */
export const ForkForm = ({ run, step }: { run: RunDetail; step: RunStep }) => {
  const own = run.playbook?.playbook.steps.find(({ id }) => id === step.id);
  const template = own?.kind === 'ask' ? own.prompt : null;
  const [isOpen, setIsOpen] = useState(false);
  const [prompt, setPrompt] = useState(template ?? '');
  const [modelId, setModelId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { id } = step;
  if (id === null || !own) return null;
  if (!isOpen) {
    return (
      <Button
        variant="default"
        leftSection={<IconGitFork size={16} stroke={1.6} aria-hidden />}
        onClick={() => setIsOpen(true)}
        data-testid="fork"
      >
        Fork from here…
      </Button>
    );
  }
  return (
    <form
      className={css.fork}
      aria-label="Fork from here"
      onSubmit={async (event) => {
        event.preventDefault();
        setBusy(true);
        await forkRun({
          id: run.id,
          step: id,
          ...(template !== null && prompt !== template ? { prompt } : {}),
          ...(modelId ? { modelId } : {}),
        });
        setBusy(false);
      }}
    >
      {template === null ? null : <Area label="What the model is asked" code value={prompt} onChange={setPrompt} />}
      <div className={css.forkFoot}>
        <Button type="submit" loading={busy} disabled={template !== null && prompt.trim() === ''}>
          Start the fork
        </Button>
        <Button variant="subtle" color="gray" onClick={() => setIsOpen(false)}>
          Cancel
        </Button>
        <ModelPicker label="Model of the fork" value={modelId} onPick={setModelId} offersDefault />
      </div>
      <p className={css.forkHint}>What came before this step is taken over from here. This run stays as it is.</p>
    </form>
  );
};
