import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Playbook } from '../../../../node-core/contract/index.ts';
import { AnchoredPanel } from '../../components/index.ts';
import { navigate } from '../../router.ts';
import { api, toFault } from '../../rpc/index.ts';
import { showToast } from '../../ui-store.ts';
import { agentKeys, refresh } from './queries.ts';
import form from './form.module.css';
import css from './plan-section.module.css';

/** A name in one word, as files and commands call it. */
export const idOf = (name: string): string => {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^[^a-z]+|-+$/gu, '')
    .slice(0, 40)
    .replaceAll(/-+$/gu, '');
  return id === '' ? 'my-playbook' : id;
};

interface SaveAsOwnProps {
  readonly playbook: Playbook;
  readonly anchor: HTMLElement;
  readonly isFaulty: boolean;
  readonly onClose: () => void;
}

/** Keeps the plan, as it is now, as a playbook of the person's own. */
export const SaveAsOwn = ({ playbook, anchor, isFaulty, onClose }: SaveAsOwnProps) => {
  const [name, setName] = useState(
    `My ${playbook.name.charAt(0).toLowerCase()}${playbook.name.slice(1)}`.slice(0, 120),
  );
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const id = idOf(name);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // The form of the inputs lies around it in the tree.
    event.stopPropagation();
    if (busy || name.trim() === '') return;
    setBusy(true);
    try {
      const { toYaml } = await import('./playbook-yaml.ts');
      const text = toYaml({ ...playbook, id, version: 1, name: name.trim() });
      const kept = await api.playbooks.save({ text, basedOn: null });
      await refresh(agentKeys.playbooks);
      onClose();
      showToast({
        tone: 'plain',
        text: `“${kept.name}” is kept.`,
        action: { label: 'Open', run: () => navigate({ view: 'playbook', id: kept.id }) },
      });
    } catch (error) {
      const fault = toFault(error);
      setWrong(fault.code === 'CONFLICT' ? 'You have a playbook of that name. Choose another.' : fault.message);
    }
    setBusy(false);
  };
  return (
    <AnchoredPanel anchor={anchor} label="Save as my playbook" width={320} onClose={onClose}>
      <form className={`${form.form} ${css.save}`} onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Name"
          description={`Kept as ${id}`}
          value={name}
          maxLength={120}
          autoComplete="off"
          data-autofocus
          error={wrong ?? null}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setWrong(undefined);
          }}
        />
        <div className={form.buttons}>
          <Button type="submit" loading={busy} disabled={name.trim() === '' || isFaulty}>
            Save
          </Button>
          {isFaulty ? <span className={css.hint}>Its faults have to be put right first</span> : null}
        </div>
      </form>
    </AnchoredPanel>
  );
};
