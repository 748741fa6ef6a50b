import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Schedule } from '../../../../node-core/contract/index.ts';
import { figureOf } from '../../../../node-core/contract/figures.ts';
import { Choice } from '../../components/index.ts';
import { api } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import type { Json } from './draft.ts';
import { InputField } from './form-fields.tsx';
import { agentKeys, refresh, usePlaybooks } from './queries.ts';
import { triggerNames, usualTimes } from './triggers.ts';
import form from './form.module.css';
import css from './lists.module.css';

type Trigger = Schedule['trigger'];
const kinds = Object.entries(triggerNames);
const own = 'own';

interface Wanted {
  readonly on: string;
  readonly cron: string;
  readonly tag: string;
  readonly folder: string;
}

const triggerOf = ({ on, cron, tag, folder }: Wanted): Trigger | null => {
  const named = tag.trim().replace(/^#/u, '');
  switch (on) {
    case 'time':
      return /^\S+( +\S+){4}$/u.test(cron.trim())
        ? { on, cron: cron.trim(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
        : null;
    case 'task-created':
    case 'note-saved':
      return { on, tag: named === '' ? null : named };
    case 'task-tagged':
      return named === '' ? null : { on, tag: named };
    case 'task-due':
      return { on };
    case 'file-dropped':
      return folder.trim() === '' ? null : { on, folder: folder.trim() };
    default:
      return null;
  }
};

/** When a playbook is to run by itself, and with what. */
export const ScheduleForm = ({ onDone }: { onDone: () => void }) => {
  const { items: playbooks } = usePlaybooks();
  const [chosen, setChosen] = useState('');
  const [inputs, setInputs] = useState<Readonly<Record<string, Json | undefined>>>({});
  const [wanted, setWanted] = useState<Wanted>({ on: 'time', cron: usualTimes[0].value, tag: '', folder: '' });
  const [busy, setBusy] = useState(false);
  const playbook = playbooks.find(({ id }) => id === chosen);
  const trigger = triggerOf(wanted);
  const isUsual = usualTimes.some(({ value }) => value === wanted.cron);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!playbook || !trigger || busy) return;
    setBusy(true);
    const said: Record<string, Json> = {};
    for (const { id, type } of playbook.inputs) {
      const value = inputs[id];
      if (value === undefined || value === '') continue;
      said[id] = type === 'number' && typeof value === 'string' ? (figureOf(value) ?? value) : value;
    }
    try {
      await api.schedules.save({ playbookId: playbook.id, inputs: said, trigger, enabled: true });
      await refresh(agentKeys.schedules);
      onDone();
    } catch (error) {
      showFault(error, 'The schedule was not kept.');
    }
    setBusy(false);
  };
  const write = (patch: Partial<Wanted>): void => setWanted((old) => ({ ...old, ...patch }));
  return (
    <form className={`${css.add} ${form.form}`} aria-label="New schedule" onSubmit={(event) => void submit(event)}>
      <div className={form.field}>
        <span>Playbook</span>
        <Choice
          wide
          label="Playbook"
          value={chosen}
          choices={[{ value: '', label: 'Choose…' }, ...playbooks.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(id) => {
            setChosen(id);
            setInputs({});
          }}
        />
      </div>
      <div className={form.field}>
        <span>When</span>
        <Choice
          wide
          label="When"
          value={wanted.on}
          choices={kinds.map(([value, label]) => ({ value, label }))}
          onChange={(on) => write({ on })}
        />
      </div>
      {wanted.on === 'time' ? (
        <>
          <div className={form.field}>
            <span>Time</span>
            <Choice
              wide
              label="Time"
              value={isUsual ? wanted.cron : own}
              choices={[...usualTimes, { value: own, label: 'Another time…' }]}
              onChange={(cron) => write({ cron: cron === own ? '' : cron })}
            />
          </div>
          {isUsual ? null : (
            <TextInput
              label="Minute, hour, day, month, weekday"
              description="As cron writes it: 30 7 * * 1-5 is half past seven on weekdays"
              value={wanted.cron}
              autoComplete="off"
              error={wanted.cron !== '' && !trigger ? 'Five fields' : null}
              onChange={(event) => write({ cron: event.currentTarget.value })}
            />
          )}
        </>
      ) : null}
      {wanted.on === 'task-created' || wanted.on === 'note-saved' || wanted.on === 'task-tagged' ? (
        <TextInput
          label={wanted.on === 'task-tagged' ? 'Tag' : 'Only with the tag (may stay empty)'}
          value={wanted.tag}
          autoComplete="off"
          onChange={(event) => write({ tag: event.currentTarget.value })}
        />
      ) : null}
      {wanted.on === 'file-dropped' ? (
        <TextInput
          label="Folder"
          description="On the machine where Jan runs"
          value={wanted.folder}
          autoComplete="off"
          onChange={(event) => write({ folder: event.currentTarget.value })}
        />
      ) : null}
      {playbook?.inputs.map((input) => (
        <InputField
          key={`${chosen} ${input.id}`}
          input={wanted.on === 'time' ? input : { ...input, required: false }}
          value={inputs[input.id]}
          onChange={(value) => setInputs((old) => ({ ...old, [input.id]: value }))}
        />
      ))}
      <div className={form.buttons}>
        <Button type="submit" loading={busy} disabled={!playbook || !trigger}>
          Add
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
};
