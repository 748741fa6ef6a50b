import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Profile } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import { agentKeys, refresh } from './queries.ts';
import { idOf } from './save-as-own.tsx';
import form from './form.module.css';
import css from './lists.module.css';

interface NewProfileProps {
  readonly known: readonly Profile[];
  /** With the id of the one that was made; `null`: none was. */
  readonly onDone: (id: string | null) => void;
}

/** An agent of the person's own: a name first, everything else in its row. */
export const NewProfile = ({ known, onDone }: NewProfileProps) => {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const id = idOf(name);
  const isTaken = ['me', 'agent', ...known.map((one) => one.id)].includes(id);
  const isEmpty = name.trim() === '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isEmpty || isTaken || busy) return;
    setBusy(true);
    try {
      await api.profiles.save({ id, name: name.trim(), modelId: null, system: '', temperature: 0, tools: [] });
      await refresh(agentKeys.profiles);
      onDone(id);
    } catch (error) {
      showFault(error, 'The agent was not made.');
      setBusy(false);
    }
  };
  return (
    <form
      className={`${form.form} ${css.adding}`}
      aria-label="New agent"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone(null);
      }}
    >
      <TextInput
        label="Name"
        description={isEmpty ? 'What it is good at, in a word or two' : `Named @${id} in quick add and playbooks`}
        value={name}
        maxLength={60}
        autoComplete="off"
        autoFocus
        error={!isEmpty && isTaken ? 'There is one of that name' : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={form.buttons}>
        <Button type="submit" loading={busy} disabled={isEmpty || isTaken}>
          Make it
        </Button>
        <Button variant="subtle" color="gray" onClick={() => onDone(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
};
