import { Button, Switch, TextInput } from '@mantine/core';
import { IconBulb, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { ProfileFact } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, IconButton, SkeletonRows, View } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { updateSettings, useSettings } from '../settings/queries.ts';
import { showFault } from '../tasks/actions.ts';
import { AgentTabs } from './agent-tabs.tsx';
import { agentKeys, refresh, useFacts } from './queries.ts';
import css from './lists.module.css';

const save = async (text: string, id?: string): Promise<void> => {
  try {
    await api.facts.save({ ...(id ? { id } : {}), text });
  } catch (error) {
    showFault(error, 'It was not kept.');
  }
  await refresh(agentKeys.facts);
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

const Line = ({ text, label, onDone }: { text: string; label: string; onDone: (text: string | null) => void }) => {
  const [value, setValue] = useState(text);
  return (
    <form
      className={css.line}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (value.trim() !== '') onDone(value.trim());
      }}
    >
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
          onDone(null);
        }}
      />
      <Button type="submit" disabled={value.trim() === ''}>
        Save
      </Button>
      <Button variant="subtle" color="gray" onClick={() => onDone(null)}>
        Cancel
      </Button>
    </form>
  );
};

const Row = ({ fact }: { fact: ProfileFact }) => {
  const [isEdited, setIsEdited] = useState(false);
  return (
    <li className={css.row} data-testid="fact">
      {isEdited ? (
        <Line
          text={fact.text}
          label="What Jan knows"
          onDone={(text) => {
            setIsEdited(false);
            if (text !== null && text !== fact.text) void save(text, fact.id);
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
          <IconButton icon={IconPencil} label={`Edit “${fact.text}”`} onClick={() => setIsEdited(true)} />
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
          onDone={(text) => {
            setIsAdding(false);
            if (text !== null) void save(text);
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
          action={<Button onClick={() => setIsAdding(true)}>Tell Jan something</Button>}
        />
      ) : null}
    </View>
  );
};
