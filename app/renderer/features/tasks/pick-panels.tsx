import {
  IconCircle,
  IconCircleCheck,
  IconCircleDot,
  IconCircleX,
  IconFlag,
  IconHash,
  IconInbox,
  IconPlus,
  IconSparkles,
  IconUser,
  IconLayoutRows,
} from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { type PickItem, PickList, ProgressRing } from '../../components/index.ts';
import { api } from '../../rpc/index.ts';
import { projectColor } from '../../theme.ts';
import { useProfiles } from '../agents/queries.ts';
import { useProjects, useSections } from '../projects/queries.ts';
import { completeTasks, reopenTasks, showFault, updateTasks } from './actions.ts';
import { knownTask } from './cache.ts';
import { assignTasks } from './hand-panel.tsx';
import { useTags, useTask, useTasks } from './queries.ts';
import css from './pick-panels.module.css';

interface PanelProps {
  readonly ids: readonly string[];
  readonly task: Task;
  readonly onDone: () => void;
}

export const ProjectPanel = ({ ids, task, onDone }: PanelProps) => {
  const { projects, pending } = useProjects();
  const move = useCallback(
    (projectId: string | null, name: string): void => {
      onDone();
      void updateTasks(ids, { projectId, sectionId: null }, `Moved to ${name}`);
    },
    [ids, onDone],
  );
  const items = useMemo<PickItem[]>(
    () => [
      {
        id: 'inbox',
        label: 'Inbox',
        icon: <IconInbox size={16} stroke={1.6} aria-hidden />,
        checked: task.projectId === null,
        run: () => move(null, 'Inbox'),
      },
      ...projects.map((project) => ({
        id: project.id,
        label: project.name,
        icon: (
          <ProgressRing
            done={project.doneCount}
            total={project.doneCount + project.openCount}
            color={projectColor(project.color)}
          />
        ),
        checked: project.id === task.projectId,
        run: () => move(project.id, project.name),
      })),
    ],
    [projects, task.projectId, move],
  );
  const extra = useCallback(
    (query: string): PickItem[] =>
      query === '' || projects.some((project) => project.name.toLowerCase() === query.toLowerCase())
        ? []
        : [
            {
              id: 'create',
              label: `New project “${query}”`,
              icon: <IconPlus size={16} stroke={1.6} aria-hidden />,
              run: () => {
                api.projects.create({ name: query }).then(
                  (project) => move(project.id, project.name),
                  (error: unknown) => showFault(error, 'The project was not made.'),
                );
              },
            },
          ],
    [projects, move],
  );
  return (
    <PickList
      label="Project"
      placeholder="Move to…"
      pending={pending}
      items={items}
      // What is not here yet may be there already.
      {...(pending ? {} : { extra })}
    />
  );
};

const cleanTag = (text: string): string => text.trim().replace(/^#+/, '').toLowerCase().replaceAll(/\s+/g, '-');

export const LabelPanel = ({ ids, task: given }: Omit<PanelProps, 'onDone'>) => {
  const tags = useTags();
  const { task: fresh } = useTask(given.id);
  const task = fresh ?? given;
  const toggle = useCallback(
    (tag: string): void => {
      const next = task.tags.includes(tag) ? task.tags.filter((other) => other !== tag) : [...task.tags, tag];
      if (ids.length === 1) {
        void updateTasks(ids, { tags: next });
        return;
      }
      const add = next.includes(tag);
      for (const id of ids) {
        const old = knownTask(id)?.tags ?? [];
        void updateTasks([id], { tags: add ? [...new Set([...old, tag])] : old.filter((other) => other !== tag) });
      }
    },
    [ids, task.tags],
  );
  const items = useMemo<PickItem[]>(() => {
    const known = new Set(tags.map(({ tag }) => tag));
    return [...tags.map(({ tag }) => tag), ...task.tags.filter((tag) => !known.has(tag))].map((tag) => ({
      id: tag,
      label: tag,
      icon: <IconHash size={16} stroke={1.6} aria-hidden />,
      checked: task.tags.includes(tag),
      run: () => toggle(tag),
    }));
  }, [tags, task.tags, toggle]);
  const extra = useCallback(
    (query: string): PickItem[] => {
      const tag = cleanTag(query);
      if (tag === '' || items.some((item) => item.id === tag)) return [];
      return [
        {
          id: `new:${tag}`,
          label: `New tag “${tag}”`,
          icon: <IconPlus size={16} stroke={1.6} aria-hidden />,
          run: () => toggle(tag),
        },
      ];
    },
    [items, toggle],
  );
  return (
    <PickList
      label="Tags"
      placeholder="Add or remove tags…"
      items={items}
      extra={extra}
      empty="No tags yet. Type one and press Enter."
    />
  );
};

const priorities = [
  [1, 'Urgent'],
  [2, 'High'],
  [3, 'Medium'],
  [4, 'No priority'],
] as const;

export const priorityName = (priority: Task['priority']): string =>
  priorities.find(([value]) => value === priority)?.[1] ?? '';

export const PriorityMark = ({ priority }: { priority: Task['priority'] }) => (
  <IconFlag size={16} stroke={1.6} className={css.flag} data-priority={priority} aria-hidden />
);

export const PriorityPanel = ({ ids, task, onDone }: PanelProps) => (
  <PickList
    label="Priority"
    placeholder="Set priority…"
    items={priorities.map(([value, label]) => ({
      id: String(value),
      label,
      icon: <PriorityMark priority={value} />,
      shortcut: String(value),
      checked: task.priority === value,
      run: () => {
        onDone();
        void updateTasks(ids, { priority: value });
      },
    }))}
  />
);

const statuses = [
  ['open', 'To do', IconCircle],
  ['doing', 'Doing', IconCircleDot],
  ['done', 'Done', IconCircleCheck],
  ['cancelled', 'Cancelled', IconCircleX],
] as const;

export const statusName = (status: Task['status']): string => statuses.find(([value]) => value === status)?.[1] ?? '';

export const StatusMark = ({ status }: { status: Task['status'] }) => {
  const Glyph = statuses.find(([value]) => value === status)?.[2] ?? IconCircle;
  return <Glyph size={16} stroke={1.6} className={css.status} data-status={status} aria-hidden />;
};

/** Done goes through `complete`, so that a recurring task makes its next occurrence. */
export const setStatus = async (ids: readonly string[], status: Task['status']): Promise<void> => {
  if (status === 'done') await completeTasks(ids);
  else if (status === 'open' && ids.every((id) => knownTask(id)?.status === 'done')) await reopenTasks(ids);
  else await updateTasks(ids, { status });
};

export const StatusPanel = ({ ids, task, onDone }: PanelProps) => (
  <PickList
    label="Status"
    placeholder="Set status…"
    items={statuses.map(([value, label]) => ({
      id: value,
      label,
      icon: <StatusMark status={value} />,
      checked: task.status === value,
      run: () => {
        onDone();
        void setStatus(ids, value);
      },
    }))}
  />
);

/** An agent is known by its id, which is a word: it is shown before the names are there. */
export const assigneeName = (assignee: Task['assignee']): string =>
  `${assignee.charAt(0).toUpperCase()}${assignee.slice(1).replaceAll('-', ' ')}`;

/** Me, or an agent: that begins by itself. */
export const AssigneePanel = ({ ids, task, onDone }: PanelProps) => {
  const { items: profiles, pending } = useProfiles();
  const assignees = [
    { id: 'me', name: 'Me', Glyph: IconUser },
    { id: 'agent', name: 'Agent', Glyph: IconSparkles, hint: 'whichever fits', group: 'Agents' },
    ...profiles.map(({ id, name }) => ({ id, name, Glyph: IconSparkles, group: 'Agents' })),
  ];
  return (
    <PickList
      label="Assigned to"
      placeholder="Assign to…"
      pending={pending}
      items={assignees.map(({ Glyph, name, ...one }) => ({
        ...one,
        label: name,
        icon: <Glyph size={16} stroke={1.6} aria-hidden />,
        checked: task.assignee === one.id,
        run: () => {
          onDone();
          void assignTasks(ids, one.id, name);
        },
      }))}
    />
  );
};

export const SectionPanel = ({ ids, task, onDone }: PanelProps) => {
  const sections = useSections(task.projectId ?? '');
  const choose = (sectionId: string | null): void => {
    onDone();
    void updateTasks(ids, { sectionId });
  };
  const projectId = task.projectId;
  return (
    <PickList
      label="Section"
      placeholder="Move to section…"
      items={[
        { id: 'none', label: 'No section', checked: task.sectionId === null, run: () => choose(null) },
        ...sections.map((section) => ({
          id: section.id,
          label: section.name,
          icon: <IconLayoutRows size={16} stroke={1.6} aria-hidden />,
          checked: section.id === task.sectionId,
          run: () => choose(section.id),
        })),
      ]}
      extra={(query) =>
        query === '' || !projectId
          ? []
          : [
              {
                id: 'create',
                label: `New section “${query}”`,
                icon: <IconPlus size={16} stroke={1.6} aria-hidden />,
                run: () => {
                  api.projects.createSection({ projectId, name: query }).then(
                    (section) => choose(section.id),
                    (error: unknown) => showFault(error, 'The section was not made.'),
                  );
                },
              },
            ]
      }
    />
  );
};

export const BlockersPanel = ({ task: given }: { task: Task }) => {
  const { task: fresh } = useTask(given.id);
  const task = fresh ?? given;
  const { tasks, pending } = useTasks(
    task.projectId ? { view: 'project', projectId: task.projectId, includeDone: true } : { view: 'inbox' },
  );
  const toggle = (id: string): void => {
    const dependsOn = task.dependsOn.includes(id)
      ? task.dependsOn.filter((other) => other !== id)
      : [...task.dependsOn, id];
    void updateTasks([task.id], { dependsOn });
  };
  return (
    <PickList
      label="Blocked by"
      placeholder="Find a task that comes first…"
      pending={pending}
      items={tasks
        .filter((other) => other.id !== task.id && other.parentId !== task.id)
        .slice(0, 500)
        .map((other) => ({
          id: other.id,
          label: other.title,
          icon: <StatusMark status={other.status} />,
          checked: task.dependsOn.includes(other.id),
          run: () => toggle(other.id),
        }))}
      empty="No other task here."
    />
  );
};
