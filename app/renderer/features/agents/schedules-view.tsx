import { Button, Switch } from '@mantine/core';
import { IconCalendarRepeat, IconClock, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schedule } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, Fold, IconButton, SkeletonRows, View } from '../../components/index.ts';
import { dayOf, formatDay, formatMoment, formatTime, plural } from '../../days.ts';
import { hrefOf } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { confirm } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';
import { AgentTabs } from './agent-tabs.tsx';
import { agentKeys, refresh, usePlaybooks, useSchedules } from './queries.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { says } from './triggers.ts';
import css from './lists.module.css';

const switchOn = async ({ id, playbookId, inputs, trigger }: Schedule, enabled: boolean): Promise<void> => {
  try {
    await api.schedules.save({ id, playbookId, inputs, trigger, enabled });
  } catch (error) {
    showFault(error, 'The schedule was not changed.');
  }
  await refresh(agentKeys.schedules);
};

const remove = (schedule: Schedule): void =>
  confirm({
    title: 'Delete this schedule?',
    text: 'Runs that it started stay.',
    action: 'Delete',
    danger: true,
    run: async () => {
      try {
        await api.schedules.remove({ id: schedule.id });
      } catch (error) {
        showFault(error, 'The schedule was not deleted.');
      }
      await refresh(agentKeys.schedules);
    },
  });

const Row = ({ schedule, name }: { schedule: Schedule; name: string }) => {
  const missed = schedule.occurrences.filter((one) => one.missed).length;
  return (
    <li className={css.row} data-testid="schedule">
      <IconCalendarRepeat size={16} stroke={1.6} className={css.icon} aria-hidden />
      <div className={css.text}>
        <span>{name}</span>
        <span className={css.hint}>
          {says(schedule.trigger)}
          {schedule.enabled && schedule.nextAt !== null
            ? ` · next ${formatDay(dayOf(new Date(schedule.nextAt)))}, ${formatTime(schedule.nextAt)}`
            : ''}
          {schedule.enabled ? '' : ' · switched off'}
        </span>
        {schedule.occurrences.length > 0 ? (
          <Fold label={`${plural(schedule.occurrences.length, 'occurrence')}${missed > 0 ? `, ${missed} missed` : ''}`}>
            <ol className={css.occurrences} data-testid="occurrences">
              {schedule.occurrences.map((one) => (
                <li key={one.at} data-missed={one.missed || undefined}>
                  <span>{formatMoment(one.at)}</span>
                  {one.missed ? (
                    <span>missed: Jan was not running or was locked</span>
                  ) : one.runId ? (
                    <a href={hrefOf({ view: 'run', id: one.runId })}>its run</a>
                  ) : (
                    <span>fired</span>
                  )}
                </li>
              ))}
            </ol>
          </Fold>
        ) : null}
      </div>
      <Switch
        size="sm"
        className={css.switch ?? ''}
        aria-label={`Run ${name} by itself`}
        checked={schedule.enabled}
        onChange={(event) => void switchOn(schedule, event.currentTarget.checked)}
      />
      <IconButton icon={IconTrash} label="Delete the schedule" onClick={() => remove(schedule)} />
    </li>
  );
};

/** What runs by itself: when, what comes next, and what was missed. */
export const SchedulesView = () => {
  const { items, pending, error } = useSchedules();
  const { items: playbooks } = usePlaybooks();
  const [isAdding, setIsAdding] = useState(false);
  const nameOf = (id: string): string => playbooks.find((entry) => entry.id === id)?.name ?? id;
  return (
    <View
      title="Schedules"
      testId="view-schedules"
      context="Playbooks that run by themselves. Each occurrence fires once, or is noted as missed"
      actions={
        isAdding || items.length === 0 ? null : (
          <Button leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => setIsAdding(true)}>
            New schedule
          </Button>
        )
      }
    >
      <AgentTabs />
      {isAdding ? <ScheduleForm onDone={() => setIsAdding(false)} /> : null}
      {pending ? <SkeletonRows count={3} height={52} /> : null}
      {error ? (
        <FaultNote
          what="The schedules can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void refresh(agentKeys.schedules) }}
        />
      ) : null}
      <ul className={css.rows}>
        {items.map((schedule) => (
          <Row key={schedule.id} schedule={schedule} name={nameOf(schedule.playbookId)} />
        ))}
      </ul>
      {!pending && !error && items.length === 0 && !isAdding ? (
        <EmptyState
          icon={IconClock}
          title="Nothing runs by itself"
          text="A playbook can run every Monday morning, when a task gets a tag, when a note is saved or when a file lands in a folder."
          action={<Button onClick={() => setIsAdding(true)}>New schedule</Button>}
        />
      ) : null}
    </View>
  );
};
