import { Button } from '@mantine/core';
import { IconCalendar, IconCheck, IconFileText, IconHash, IconInbox, IconStar } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, SkeletonRows, View } from '../../components/index.ts';
import { addDays, type Day, formatDay, formatLongDay, plural, weekdayOf } from '../../days.ts';
import { navigate, tagKey } from '../../router.ts';
import { queryClient } from '../../rpc/index.ts';
import { QuickAdd } from '../quick-add/quick-add.tsx';
import { taskKeys } from './cache.ts';
import type { Group } from './list-model.ts';
import { type TaskListState, useTags, useTasks, useToday } from './queries.ts';
import { TaskList } from './task-list.tsx';

/** Without subtasks, as the rail counts them. */
const openCount = (tasks: readonly Task[]): number =>
  tasks.filter((task) => task.parentId === null && (task.status === 'open' || task.status === 'doing')).length;

const retry = (): void => void queryClient.invalidateQueries({ queryKey: taskKeys.lists });

const Waiting = ({ state }: { state: TaskListState }) => {
  if (state.error)
    return (
      <FaultNote what="The tasks can't be shown." error={state.error} action={{ label: 'Try again', run: retry }} />
    );
  return state.pending ? <SkeletonRows count={8} /> : null;
};

const isReady = (state: TaskListState): boolean => !state.pending && !state.error;

const ExtractButton = () => (
  <Button
    variant="default"
    leftSection={<IconFileText size={16} stroke={1.6} aria-hidden />}
    onClick={() => navigate({ view: 'extract' })}
  >
    Extract from a transcript
  </Button>
);

export const InboxView = () => {
  const state = useTasks({ view: 'inbox' });
  const groups = useMemo<Group[]>(() => [{ id: 'inbox', title: '', tasks: state.tasks }], [state.tasks]);
  return (
    <View
      title="Inbox"
      testId="view-inbox"
      ownScroll
      context={
        isReady(state)
          ? state.tasks.length > 0
            ? `${plural(openCount(state.tasks), 'task')} to sort`
            : 'Nothing to sort'
          : ''
      }
      actions={<ExtractButton />}
    >
      <TaskList
        label="Inbox"
        groups={groups}
        patchFor={() => ({})}
        before={
          <>
            <QuickAdd autoFocus />
            <Waiting state={state} />
          </>
        }
        empty={
          isReady(state) ? (
            <EmptyState
              icon={IconInbox}
              title="All sorted"
              text="The inbox takes whatever comes to mind. Type it above; dates, #tags, +projects and !1 are understood as you write. A bigger goal can go to the agent, which plans it."
            />
          ) : null
        }
      />
    </View>
  );
};

export const TodayView = () => {
  const now = useToday();
  const state = useTasks({ view: 'today', today: now });
  const groups = useMemo<Group[]>(() => {
    const overdue = state.tasks.filter((task) => task.dueDate !== null && task.dueDate < now);
    const rest = state.tasks.filter((task) => !overdue.includes(task));
    return overdue.length > 0
      ? [
          { id: 'overdue', title: 'Overdue', tone: 'overdue', tasks: overdue },
          { id: now, title: 'Today', tasks: rest },
        ]
      : [{ id: now, title: '', tasks: rest }];
  }, [state.tasks, now]);
  return (
    <View title="Today" testId="view-today" ownScroll context={formatLongDay(now)}>
      <TaskList
        label="Today"
        groups={groups}
        showProject
        byDay
        before={
          <>
            <QuickAdd placeholder="Add a task for today…" defaults={{ doDate: now }} />
            <Waiting state={state} />
          </>
        }
        empty={
          isReady(state) ? (
            <EmptyState
              icon={IconStar}
              title="A clear day"
              text="Tasks that are planned for today or due by now stand here. Press d on any task to give it a day."
              action={
                <Button variant="default" onClick={() => navigate({ view: 'inbox' })}>
                  Go to the inbox
                </Button>
              }
            />
          ) : null
        }
      />
    </View>
  );
};

const dayFor = (task: Task, now: Day): Day => {
  const days = [task.doDate, task.dueDate].filter((day): day is Day => day !== null && day > now);
  return days.toSorted()[0] ?? now;
};

export const UpcomingView = () => {
  const now = useToday();
  const state = useTasks({ view: 'upcoming', today: now });
  const groups = useMemo<Group[]>(() => {
    const byDay = Map.groupBy(state.tasks, (task) => dayFor(task, now));
    return [...byDay.keys()].toSorted().map((day) => {
      const near = day <= addDays(now, 6);
      return {
        id: day,
        title: day === addDays(now, 1) ? 'Tomorrow' : near ? weekdayOf(day) : formatLongDay(day),
        hint: near ? formatDay(day, '0001-01-01').replace(/ \d{4}$/, '') : '',
        tasks: byDay.get(day) ?? [],
      };
    });
  }, [state.tasks, now]);
  return (
    <View
      title="Upcoming"
      testId="view-upcoming"
      ownScroll
      context={
        isReady(state) && state.tasks.length > 0
          ? `${plural(state.tasks.length, 'task')} ahead`
          : 'What is ahead, day by day'
      }
    >
      <TaskList
        label="Upcoming"
        groups={groups}
        showProject
        byDay
        patchFor={(day) => ({ doDate: day })}
        before={
          <>
            <QuickAdd placeholder="Add a task with a day, such as “send the invoice friday”…" />
            <Waiting state={state} />
          </>
        }
        empty={
          isReady(state) ? (
            <EmptyState
              icon={IconCalendar}
              title="Nothing ahead"
              text="Tasks with a day after today are listed here, day by day. Add one with its day: “renew passport 3 june”."
            />
          ) : null
        }
      />
    </View>
  );
};

export const TagView = ({ tagKey: key }: { tagKey: string }) => {
  const tags = useTags();
  const tag = tags.find((known) => tagKey(known.tag) === key)?.tag;
  if (tag !== undefined) return <TaggedTasks tag={tag} />;
  return (
    <View title="Tag" testId="view-tag">
      <EmptyState
        icon={IconHash}
        title="No task or note has this tag"
        text="Write #word in quick add or in a note, or press l on a task."
      />
    </View>
  );
};

const TaggedTasks = ({ tag }: { tag: string }) => {
  const state = useTasks({ view: 'tag', tag });
  const groups = useMemo<Group[]>(() => [{ id: tag, title: '', tasks: state.tasks }], [tag, state.tasks]);
  return (
    <View
      title={`#${tag}`}
      testId="view-tag"
      ownScroll
      context={isReady(state) ? plural(state.tasks.length, 'task') : ''}
    >
      <TaskList
        label={`Tasks tagged ${tag}`}
        groups={groups}
        showProject
        before={<Waiting state={state} />}
        empty={
          isReady(state) ? (
            <EmptyState
              icon={IconHash}
              title="No open task has this tag"
              text={`Write #${tag} in quick add, or press l on a task.`}
            />
          ) : null
        }
      />
    </View>
  );
};

export const DoneView = () => {
  const state = useTasks({ view: 'done', limit: 500 });
  const groups = useMemo<Group[]>(() => {
    const byDay = Map.groupBy(state.tasks, (task) =>
      task.completedAt ? new Date(task.completedAt).toDateString() : '',
    );
    return [...byDay].map(([day, tasks]) => {
      const first = tasks[0]?.completedAt;
      return {
        id: day || 'cancelled',
        title: first ? formatDay(new Date(first).toLocaleDateString('sv-SE')) : 'Cancelled',
        tasks,
      };
    });
  }, [state.tasks]);
  return (
    <View title="Done" testId="view-done" ownScroll context="What is finished, newest first">
      <TaskList
        label="Done"
        groups={groups}
        showProject
        before={<Waiting state={state} />}
        empty={
          isReady(state) ? (
            <EmptyState
              icon={IconCheck}
              title="Nothing finished yet"
              text="Tasks that you complete with x are kept here."
            />
          ) : null
        }
      />
    </View>
  );
};
