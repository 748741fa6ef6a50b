import { Button, Switch, TextInput } from '@mantine/core';
import { IconBulb, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import type { ProfileFact } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, IconButton, SkeletonRows, useReturnFocus, View } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { updateSettings, useSettings } from '../settings/queries.ts';
import { showFault } from '../tasks/actions.ts';
import { AgentTabs } from './agent-tabs.tsx';
import { agentKeys, refresh, useFacts } from './queries.ts';
import css from './lists.module.css';

/** Answers whether it is kept. */
const save = async (text: string, id?: string): Promise<boolean> => {
  try {
    await api.facts.save({ ...(id ? { id } : {}), text });
  } catch (error) {
    showFault(error, 'It was not kept.');
    return false;
  }
  await refresh(agentKeys.facts);
  return true;
};

const remove = async (id: string): Promise<void> => {
  try {
    await api.facts.remove({ id });
  } catch (error) {
    showFault(error, 'It was not forgotten.');
  }
  await refresh(agentKeys.facts);
};

const sourceOf = ({ source }: ProfileFact): string =>
  source.kind === 'person' ? 'you said so' : `from the task “${source.title}”`;

interface LineProps {
  readonly text: string;
  readonly label: string;
  /** `null`: as it was. */
  readonly onDone: (text: string | null) => Promise<void>;
}

const Line = ({ text, label, onDone }: LineProps) => {
  const [value, setValue] = useState(text);
  const isBusy = useRef(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (value.trim() === '' || isBusy.current) return;
    isBusy.current = true;
    await onDone(value.trim());
    isBusy.current = false;
  };
  return (
    <form className={css.line} onSubmit={(event) => void submit(event)}>
      <TextInput
        className={css.lineField ?? ''}
        aria-label={label}
        value={value}
        maxLength={500}
        autoComplete="off"
        autoFocus
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          void onDone(null);
        }}
      />
      <Button type="submit" disabled={value.trim() === ''}>
        Save
      </Button>
      <Button variant="subtle" color="gray" onClick={() => void onDone(null)}>
        Cancel
      </Button>
    </form>
  );
};

const Row = ({ fact }: { fact: ProfileFact }) => {
  const [isEdited, setIsEdited] = useState(false);
  const pencil = useReturnFocus(isEdited);
  return (
    <li className={css.row} data-testid="fact">
      {isEdited ? (
        <Line
          text={fact.text}
          label="What Jan knows"
          onDone={async (text) => {
            if (text === null || text === fact.text || (await save(text, fact.id))) setIsEdited(false);
          }}
        />
      ) : (
        <>
          <IconBulb size={16} stroke={1.6} className={css.icon} aria-hidden />
          <div className={css.text}>
            <span>{fact.text}</span>
            <span className={css.hint}>
              {sourceOf(fact)} · {formatMoment(fact.createdAt)}
            </span>
          </div>
          <IconButton ref={pencil} icon={IconPencil} label={`Edit “${fact.text}”`} onClick={() => setIsEdited(true)} />
          <IconButton icon={IconTrash} label={`Forget “${fact.text}”`} onClick={() => void remove(fact.id)} />
        </>
      )}
    </li>
  );
};

/** What Jan learned about the person: each with its source, to change or to forget. */
export const FactsView = () => {
  const { items, pending, error } = useFacts();
  const [isAdding, setIsAdding] = useState(false);
  const adder = useReturnFocus(isAdding);
  const settings = useSettings();
  const learns = settings?.learnFacts ?? false;
  return (
    <View
      title="What Jan learned about you"
      testId="view-facts"
      context="Given to agents as background. It stays in the vault; change or forget any of it"
      actions={
        isAdding || items.length === 0 ? null : (
          <Button
            ref={adder}
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            onClick={() => setIsAdding(true)}
          >
            Tell Jan something
          </Button>
        )
      }
    >
      <AgentTabs />
      <div className={`${css.row} ${css.learn}`}>
        <div className={css.text}>
          <span id="learn-facts">Learn from what I do, and use it</span>
          <span className={css.hint}>
            {learns
              ? 'Agents are given what is listed here.'
              : 'Switched off: nothing is learned, and nothing here is used.'}
          </span>
        </div>
        <Switch
          size="sm"
          aria-labelledby="learn-facts"
          checked={learns}
          disabled={!settings}
          onChange={(event) => void updateSettings({ learnFacts: event.currentTarget.checked })}
        />
      </div>
      {isAdding ? (
        <Line
          text=""
          label="Something about you"
          onDone={async (text) => {
            if (text === null || (await save(text))) setIsAdding(false);
          }}
        />
      ) : null}
      {pending ? <SkeletonRows count={4} height={52} /> : null}
      {error ? (
        <FaultNote
          what="What Jan learned can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void refresh(agentKeys.facts) }}
        />
      ) : null}
      <ul className={css.rows}>
        {items.map((fact) => (
          <Row key={fact.id} fact={fact} />
        ))}
      </ul>
      {!pending && !error && items.length === 0 && !isAdding ? (
        <EmptyState
          icon={IconBulb}
          title="Nothing learned yet"
          text="How you like to work, such as “No meetings before ten”. Each line says where it comes from."
          action={
            <Button ref={adder} onClick={() => setIsAdding(true)}>
              Tell Jan something
            </Button>
          }
        />
      ) : null}
    </View>
  );
};
