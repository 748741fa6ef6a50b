import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconChevronRight, IconPlus, IconUserCog } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import type { ProfileEntry } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, NumberFields, SkeletonRows, View, walkRows } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { confirm, showToast } from '../../ui-store.ts';
import { ModelPicker } from '../models/model-picker.tsx';
import { useModels } from '../models/queries.ts';
import { showFault } from '../tasks/actions.ts';
import { AgentTabs } from './agent-tabs.tsx';
import { forgetProfile, useDraft } from './draft.ts';
import { Area } from './form-fields.tsx';
import { NewProfile } from './new-profile.tsx';
import { agentKeys, refresh, useProfiles, useTools } from './queries.ts';
import form from './form.module.css';
import css from './lists.module.css';

const remove = ({ id, name, origin }: ProfileEntry): void => {
  const isOwn = origin === 'own';
  confirm({
    title: isOwn ? `Delete “${name}”?` : `Take all changes of “${name}” back?`,
    text: isOwn
      ? 'Tasks that are given to it stay as they are, and playbooks that name it say that it is gone.'
      : 'It is again as it came with Jan.',
    action: isOwn ? 'Delete' : 'Take them back',
    danger: isOwn,
    run: async () => {
      try {
        await api.profiles.remove({ id });
        forgetProfile(id);
        await refresh(agentKeys.profiles);
      } catch (error) {
        showFault(error, 'The profile stays as it is.');
      }
    },
  });
};

const ProfileForm = ({ profile }: { profile: ProfileEntry }) => {
  const patch = useDraft(({ profiles }) => profiles[profile.id]);
  const draft = { ...profile, ...patch };
  const [busy, setBusy] = useState(false);
  const { items: tools } = useTools();
  const names = [...new Set([...tools.map(({ name }) => name), ...draft.tools])];
  const isChanged = JSON.stringify(draft) !== JSON.stringify(profile);
  const write = (change: Partial<ProfileEntry>): void =>
    useDraft.setState(({ profiles }) => ({
      profiles: { ...profiles, [profile.id]: { ...profiles[profile.id], ...change } },
    }));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isChanged || busy) return;
    setBusy(true);
    try {
      await api.profiles.save(draft);
      await refresh(agentKeys.profiles);
      // What was written meanwhile is not.
      if (useDraft.getState().profiles[profile.id] === patch) forgetProfile(profile.id);
      showToast({ tone: 'plain', text: `${draft.name} is kept.` });
    } catch (error) {
      showFault(error, 'The profile was not kept.');
    }
    setBusy(false);
  };
  return (
    <form className={form.form} aria-label={profile.name} onSubmit={(event) => void submit(event)}>
      <TextInput
        label="Name"
        value={draft.name}
        maxLength={60}
        autoComplete="off"
        onChange={(event) => write({ name: event.currentTarget.value })}
      />
      <div className={form.field}>
        <span>Model</span>
        <span className={css.model}>
          <ModelPicker label="Model" value={draft.modelId} onPick={(modelId) => write({ modelId })} offersDefault />
        </span>
      </div>
      <Area label="What it is told" value={draft.system} onChange={(system) => write({ system })} />
      <div className={css.figure}>
        <NumberFields
          fields={[{ name: 'temperature', label: 'Temperature', min: 0, max: 2, placeholder: '0' }]}
          values={{ temperature: draft.temperature }}
          onChange={(_, temperature) => write({ temperature: temperature ?? 0 })}
        />
      </div>
      {names.length > 0 ? (
        <fieldset className={css.fieldset}>
          <legend>Tools that its playbooks may call; none: all that they name</legend>
          <div className={css.tools}>
            {names.map((name) => (
              <Checkbox
                key={name}
                label={name}
                checked={draft.tools.includes(name)}
                onChange={({ currentTarget: { checked } }) =>
                  write({ tools: checked ? [...draft.tools, name] : draft.tools.filter((one) => one !== name) })
                }
              />
            ))}
          </div>
        </fieldset>
      ) : null}
      <div className={form.buttons}>
        <Button type="submit" loading={busy} disabled={!isChanged || draft.name.trim() === ''}>
          Save
        </Button>
        {isChanged ? (
          <Button variant="subtle" color="gray" onClick={() => forgetProfile(profile.id)}>
            Take it back
          </Button>
        ) : profile.origin === 'shipped' ? null : (
          <Button variant="subtle" color="gray" onClick={() => remove(profile)}>
            {profile.origin === 'own' ? 'Delete…' : 'As it came…'}
          </Button>
        )}
      </div>
    </form>
  );
};

const Row = ({ profile, isNew }: { profile: ProfileEntry; isNew: boolean }) => {
  const [isOpen, setIsOpen] = useState(isNew);
  const { models } = useModels();
  const isWritten = useDraft(({ profiles }) => profiles[profile.id] !== undefined);
  const id = useId();
  const model =
    profile.modelId === null
      ? 'Default model'
      : (models.find((one) => one.id === profile.modelId)?.name ?? profile.modelId);
  return (
    <li className={css.fold} data-testid="profile">
      <button
        type="button"
        className={css.foldRow}
        aria-expanded={isOpen}
        aria-controls={id}
        data-row
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconUserCog size={16} stroke={1.6} className={css.icon} aria-hidden />
        <span className={css.text}>
          <span>
            {profile.name}
            {profile.origin === 'own' ? <span className={css.hint}> · yours</span> : null}
          </span>
          <span className={css.hint}>
            {model} · temperature {profile.temperature} ·{' '}
            {profile.tools.length > 0 ? plural(profile.tools.length, 'tool') : 'all tools'}
            {isWritten ? ' · not kept yet' : ''}
          </span>
        </span>
        <IconChevronRight size={16} stroke={1.6} className={css.chevron} data-open={isOpen || undefined} aria-hidden />
      </button>
      <div id={id} hidden={!isOpen} className={css.foldBody}>
        {isOpen ? <ProfileForm key={JSON.stringify(profile)} profile={profile} /> : null}
      </div>
    </li>
  );
};

/** Who does the steps: planner, researcher, writer and others, each with a model of its own. */
export const ProfilesView = () => {
  const { items, pending, error } = useProfiles();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  return (
    <View
      title="Profiles"
      testId="view-profiles"
      context="Agents that do steps and take tasks: which model, told what, with which tools"
      actions={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          disabled={adding}
          onClick={() => setAdding(true)}
        >
          New agent
        </Button>
      }
    >
      <AgentTabs />
      {adding ? (
        <NewProfile
          known={items}
          onDone={(id) => {
            setAdding(false);
            setMade(id);
          }}
        />
      ) : null}
      {pending ? <SkeletonRows count={5} height={52} /> : null}
      {error ? (
        <FaultNote
          what="The profiles can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void refresh(agentKeys.profiles) }}
        />
      ) : null}
      <div role="presentation" onKeyDown={walkRows}>
        <ul className={css.rows}>
          {items.map((profile) => (
            <Row key={profile.id} profile={profile} isNew={profile.id === made} />
          ))}
        </ul>
      </div>
      {!pending && !error && items.length === 0 ? (
        <EmptyState icon={IconUserCog} title="No profiles" text="Every step is done by the default model." />
      ) : null}
    </View>
  );
};
