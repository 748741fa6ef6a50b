import {
  IconBell,
  IconCalendar,
  IconCalendarDue,
  IconFolder,
  IconHash,
  IconLayoutRows,
  IconLock,
  IconRepeat,
  IconUser,
  IconUserCheck,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { IconButton } from '../../components/index.ts';
import { formatDay, formatMoment } from '../../days.ts';
import { showTask } from '../../router.ts';
import { projectColor } from '../../theme.ts';
import { openPicker, type Picker } from '../../ui-store.ts';
import { useProjectName, useSections } from '../projects/queries.ts';
import { updateTasks } from './actions.ts';
import { assigneeName, PriorityMark, priorityName, StatusMark, statusName } from './pick-panels.tsx';
import { describeRule } from './recurrence-text.ts';
import { useTasks, useToday } from './queries.ts';
import css from './task-detail.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

interface FieldProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly value: ReactNode;
  readonly empty: string;
  readonly tone?: 'overdue' | undefined;
  readonly onOpen: (anchor: HTMLElement) => void;
  readonly onClear?: (() => void) | undefined;
}

/** One property: its name, its value, and a press to change it. */
const Field = ({ label, icon, value, empty, tone, onOpen, onClear }: FieldProps) => (
  <div className={css.field}>
    <button
      type="button"
      className={css.fieldButton}
      aria-haspopup="dialog"
      aria-label={`${label}: ${typeof value === 'string' ? value : value === null ? empty : label}`}
      onClick={(event: MouseEvent<HTMLButtonElement>) => onOpen(event.currentTarget)}
    >
      <span className={css.fieldName}>
        {icon}
        {label}
      </span>
      <span className={css.fieldValue} data-empty={value === null || undefined} data-tone={tone}>
        {value ?? empty}
      </span>
    </button>
    {onClear && value !== null ? (
      <IconButton icon={IconX} label={`Clear ${label.toLowerCase()}`} onClick={onClear} />
    ) : null}
  </div>
);

const Blockers = ({ task }: { task: Task }) => {
  const { tasks } = useTasks(
    task.projectId ? { view: 'project', projectId: task.projectId, includeDone: true } : { view: 'inbox' },
  );
  if (task.dependsOn.length === 0) return null;
  const byId = new Map(tasks.map((other) => [other.id, other]));
  return (
    <ul className={css.blockers} aria-label="Blocked by">
      {task.dependsOn.map((id) => {
        const other = byId.get(id);
        return (
          <li key={id}>
            <StatusMark status={other?.status ?? 'open'} />
            <button
              type="button"
              className={css.subtaskTitle}
              data-done={other?.status === 'done' || undefined}
              onClick={() => showTask(id)}
            >
              {other?.title ?? 'A task elsewhere'}
            </button>
            <IconButton
              icon={IconX}
              label="Remove the dependency"
              onClick={() => void updateTasks([task.id], { dependsOn: task.dependsOn.filter((known) => known !== id) })}
            />
          </li>
        );
      })}
    </ul>
  );
};

const Owner = ({ task }: { task: Task }) => {
  const [draft, setDraft] = useState(task.owner ?? '');
  useEffect(() => setDraft(task.owner ?? ''), [task.owner]);
  return (
    <div className={css.field}>
      <span className={css.ownerRow}>
        <span className={css.fieldName}>
          {glyph(IconUser)}
          Owner
        </span>
        <input
          autoComplete="off"
          className={css.ownerInput}
          aria-label="Owner"
          value={draft}
          placeholder="Nobody named"
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => {
            const owner = draft.trim() === '' ? null : draft.trim();
            if (owner !== task.owner) void updateTasks([task.id], { owner });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </span>
    </div>
  );
};

export const Fields = ({ task }: { task: Task }) => {
  const project = useProjectName(task.projectId);
  const sections = useSections(task.projectId ?? '');
  const now = useToday();
  const open = (kind: Picker['kind'], field?: 'due' | 'do') => (anchor: HTMLElement) =>
    openPicker({ kind, taskIds: [task.id], anchor, ...(field ? { field } : {}) });
  const isOpen = task.status === 'open' || task.status === 'doing';
  return (
    <div className={css.fields}>
      <Field
        label="Status"
        icon={<StatusMark status={task.status} />}
        value={statusName(task.status)}
        empty=""
        onOpen={open('status')}
      />
      <Field
        label="Priority"
        icon={<PriorityMark priority={task.priority} />}
        value={task.priority === 4 ? null : priorityName(task.priority)}
        empty="None"
        onOpen={open('priority')}
      />
      <Field
        label="Do on"
        icon={glyph(IconCalendar)}
        value={task.doDate ? formatDay(task.doDate, now) : null}
        empty="Not planned"
        onOpen={open('date', 'do')}
        onClear={() => void updateTasks([task.id], { doDate: null })}
      />
      <Field
        label="Due"
        icon={glyph(IconCalendarDue)}
        value={task.dueDate ? `${formatDay(task.dueDate, now)}${task.dueTime ? `, ${task.dueTime}` : ''}` : null}
        empty="No date"
        tone={isOpen && task.dueDate !== null && task.dueDate < now ? 'overdue' : undefined}
        onOpen={open('date', 'due')}
        onClear={() => void updateTasks([task.id], { dueDate: null, dueTime: null })}
      />
      <Field
        label="Repeat"
        icon={glyph(IconRepeat)}
        value={task.recurrence ? describeRule(task.recurrence.rule) : null}
        empty="Never"
        onOpen={open('repeat')}
      />
      <Field
        label="Remind"
        icon={glyph(IconBell)}
        value={
          task.reminders[0]
            ? `${formatMoment(task.reminders[0].at)}${task.reminders.length > 1 ? ` +${task.reminders.length - 1}` : ''}`
            : null
        }
        empty="No reminder"
        onOpen={open('reminder')}
      />
      <Field
        label="Project"
        icon={glyph(IconFolder)}
        value={
          project ? (
            <span className={css.project}>
              <span className={css.dot} style={{ background: projectColor(project.color) }} />
              <span className="truncate">{project.name}</span>
            </span>
          ) : null
        }
        empty="Inbox"
        onOpen={open('project')}
      />
      {task.projectId ? (
        <Field
          label="Section"
          icon={glyph(IconLayoutRows)}
          value={sections.find((section) => section.id === task.sectionId)?.name ?? null}
          empty="No section"
          onOpen={open('section')}
        />
      ) : null}
      <Field
        label="Tags"
        icon={glyph(IconHash)}
        value={task.tags.length > 0 ? task.tags.map((tag) => `#${tag}`).join(' ') : null}
        empty="No tags"
        onOpen={open('label')}
      />
      <Field
        label="Assigned"
        icon={glyph(IconUserCheck)}
        value={assigneeName(task.assignee)}
        empty=""
        onOpen={open('assignee')}
      />
      <Owner task={task} />
      <Field
        label="Blocked by"
        icon={glyph(IconLock)}
        value={task.dependsOn.length > 0 ? `${task.dependsOn.length}` : null}
        empty="Nothing"
        onOpen={open('blockers')}
      />
      <Blockers task={task} />
    </div>
  );
};
