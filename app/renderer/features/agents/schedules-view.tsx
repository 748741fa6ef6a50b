import { Button, Switch } from '@mantine/core';
import { IconAlertTriangle, IconCalendarRepeat, IconClock, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Missed, Schedule } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, Fold, IconButton, SkeletonRows, View } from '../../components/index.ts';
import { dayOf, formatCount, formatDay, formatMoment, formatTime, plural } from '../../days.ts';
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

const missedAs: Readonly<Record<Missed, string>> = {
  late: 'missed: Jan was not running or was locked',
  'too-many': 'missed: too many were waiting',
  'not-text': 'missed: this file is no text',
  'too-large': 'missed: this file is larger than 2 MB',
  'not-begun': 'missed: its run could not begin',
};

const Row = ({ schedule, name }: { schedule: Schedule; name: string }) => {
  const missed = schedule.occurrences.filter((one) => one.missed).length;
  const { waiting, crowdedOut } = schedule;
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
          {waiting > 0 ? ` · ${formatCount(waiting)} ${waiting === 1 ? 'waits for its' : 'wait for their'} turn` : ''}
        </span>
        {crowdedOut > 0 ? (
          <span className={css.crowded} role="alert" data-testid="crowded-out">
            <IconAlertTriangle size={14} stroke={1.6} aria-hidden />
            {formatCount(crowdedOut)} missed in the last seven days: more came than can wait for a run. Start the
            playbook for them by hand, or bring them in smaller heaps.
          </span>
        ) : null}
        {schedule.unanswered ? (
          <span className={css.crowded} role="alert" data-testid="unanswered">
            <IconAlertTriangle size={14} stroke={1.6} aria-hidden />
            The folder does not answer: its drive may sleep or be away. Jan looks again as soon as it does.
          </span>
        ) : null}
        {schedule.occurrences.length > 0 ? (
          <Fold label={`${plural(schedule.occurrences.length, 'occurrence')}${missed > 0 ? `, ${missed} missed` : ''}`}>
            <ol className={css.occurrences} data-testid="occurrences">
              {schedule.occurrences.map((one, place) => (
                <li key={`${one.at} ${place}`} data-missed={one.missed !== null || undefined}>
                  <span>{formatMoment(one.at)}</span>
                  {one.missed ? (
                    <span>{missedAs[one.missed]}</span>
                  ) : one.runId ? (
                    <a href={hrefOf({ view: 'run', id: one.runId })}>its run</a>
                  ) : (
                    <span>waits for its turn</span>
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
