import { Button, Menu } from '@mantine/core';
import { IconClock, IconCopy, IconDownload, IconPencil, IconRoute, IconTrash, type Icon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { PlaybookEntry } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, MenuButton, SkeletonRows, View } from '../../components/index.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { confirm } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { useDraft } from './draft.ts';
import { saveAs } from './files.ts';
import { agentKeys, refresh, usePlaybook, usePlaybooks } from './queries.ts';
import { filledWith, SetUp } from './set-up.tsx';
import css from './start-view.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

const remove = (entry: PlaybookEntry): void =>
  confirm({
    title: `Delete “${entry.name}”?`,
    text: 'Its runs stay. The playbook itself can’t be brought back, unless you exported it.',
    action: 'Delete',
    danger: true,
    run: async () => {
      try {
        await api.playbooks.remove({ id: entry.id });
        await refresh(agentKeys.playbooks);
        navigate({ view: 'agents' });
      } catch (error) {
        showFault(error, 'The playbook was not deleted.');
      }
    },
  });

/** What a playbook needs to know, and its plan, before it starts. */
export const StartView = ({ id }: { id: string }) => {
  const { data, error } = usePlaybook(id);
  // What lists know of it, so that its head does not change when the rest is there.
  const listed = usePlaybooks().items.find((other) => other.id === id);
  const [given] = useState(() => useDraft.getState().given);
  useEffect(() => () => useDraft.setState({ given: null }), []);
  if (!data) {
    return (
      <View wide title={listed?.name ?? 'Playbook'} context={listed?.description} testId="view-playbook">
        {error ? (
          <FaultNote
            what="This playbook can't be shown."
            error={error}
            action={{ label: 'See all playbooks', run: () => navigate({ view: 'agents' }) }}
          />
        ) : (
          <SkeletonRows count={4} height={48} />
        )}
      </View>
    );
  }
  const { entry, playbook, text } = data;
  const filled = filledWith(playbook, given);
  return (
    <View
      wide
      title={entry.name}
      context={entry.description}
      testId="view-playbook"
      actions={
        <>
          <Button
            variant="default"
            leftSection={glyph(entry.origin === 'own' ? IconPencil : IconCopy)}
            onClick={() => navigate({ view: 'edit-playbook', id })}
          >
            {entry.origin === 'own' ? 'Edit' : 'Duplicate'}
          </Button>
          <MenuButton label="More">
            <Menu.Item leftSection={glyph(IconClock)} onClick={() => navigate({ view: 'schedules' })}>
              Run by itself…
            </Menu.Item>
            <Menu.Item leftSection={glyph(IconDownload)} onClick={() => saveAs(`${id}.playbook.yaml`, text)}>
              Export
            </Menu.Item>
            {entry.origin === 'own' ? (
              <Menu.Item leftSection={glyph(IconTrash)} onClick={() => remove(entry)}>
                Delete
              </Menu.Item>
            ) : null}
          </MenuButton>
        </>
      }
    >
      <SetUp
        key={entry.version}
        playbook={playbook}
        initial={filled.inputs}
        kept={filled.kept}
        taskId={given?.taskId ?? null}
        isNew={false}
        isKept={given === null}
      />
    </View>
  );
};

/** The plan that was made of a goal. */
export const ComposedView = () => {
  const composed = useDraft((state) => state.composed);
  const { items } = usePlaybooks();
  const nearest = items.find(({ id }) => id === composed?.nearest)?.name ?? composed?.nearest ?? '';
  if (!composed) {
    return (
      <View title="A plan for your goal" testId="view-composed">
        <EmptyState
          icon={IconRoute}
          title="No plan is open"
          text="Say a goal on the Agents page, and its plan is shown here before anything starts."
          action={<Button onClick={() => navigate({ view: 'agents' })}>To Agents</Button>}
        />
      </View>
    );
  }
  return (
    <View
      wide
      title="A plan for your goal"
      context={`${composed.goal}${composed.nearest ? ` · ${composed.changes.length > 0 ? 'adapted' : 'taken'} from “${nearest}”` : ' · no playbook fits it, so it is planned into tasks'}`}
      testId="view-composed"
    >
      {composed.changes.length > 0 ? (
        <ul className={css.changes} aria-label="How the plan was adapted" data-testid="plan-changes">
          {composed.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      ) : null}
      <SetUp playbook={composed.playbook} initial={composed.inputs} taskId={null} isNew />
    </View>
  );
};
