import { Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconBell,
  IconCalendar,
  IconCalendarDue,
  IconFileText,
  IconFolder,
  IconHash,
  IconLayoutRows,
  IconLock,
  IconRepeat,
  IconSparkles,
  IconSubtask,
  IconTrash,
  IconUser,
  IconUserCheck,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { CheckCircle, FaultNote, IconButton, SkeletonRows, MenuButton } from '../../components/index.ts';
import { formatDay, formatMoment } from '../../days.ts';
import { hrefOf, navigate, showTask } from '../../router.ts';
import { projectColor } from '../../theme.ts';
import { openPicker, type Picker } from '../../ui-store.ts';
import { LazyEditor } from '../notes/editor/lazy-editor.tsx';
import { useProjectName, useSections } from '../projects/queries.ts';
import { addSubtask, removeTasks, restoreTask, toggleTasks, updateTasks } from './actions.ts';
import { DueLabel } from './due-label.tsx';
import { handToAgent } from './hand-over.ts';
import { assigneeName, PriorityMark, priorityName, StatusMark, statusName } from './pick-panels.tsx';
import { describeRule } from './recurrence-text.ts';
import { useTask, useTasks, useToday } from './queries.ts';
import css from './task-detail.module.css';

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

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

const Title = ({ task }: { task: Task }) => {
  const [draft, setDraft] = useState(task.title);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => setDraft(task.title), [task.title]);
  useEffect(() => {
    const onEdit = (): void => {
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener('jan:edit-task', onEdit);
    return () => window.removeEventListener('jan:edit-task', onEdit);
  }, []);
  const save = (): void => {
    const title = draft.trim();
    if (title === '') setDraft(task.title);
    else if (title !== task.title) void updateTasks([task.id], { title });
  };
  return (
    <div className={css.titleBox} data-text={`${draft} `}>
      <textarea
        autoComplete="off"
        ref={field}
        className={css.title}
        aria-label="Title"
        rows={1}
        value={draft}
        onChange={(event) => setDraft(event.target.value.replaceAll('\n', ' '))}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            event.currentTarget.blur();
            window.dispatchEvent(new Event('jan:focus-list'));
          }
        }}
      />
    </div>
  );
};

const saveNotesAfter = 600;

const TaskNotes = ({ task }: { task: Task }) => {
  const [draft, setDraft] = useState<string | null>(null);
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; save: () => void } | null>(null);
  const flush = (): void => {
    const waiting = pending.current;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    pending.current = null;
    waiting.save();
  };
  useEffect(() => flush, []);
  return (
    <LazyEditor
      value={draft ?? task.notes}
      label="Notes"
      placeholder="Notes…"
      onChange={(text) => {
        setDraft(text);
        if (pending.current) clearTimeout(pending.current.timer);
        const save = (): void => {
          pending.current = null;
          void updateTasks([task.id], { notes: text }).then(() => setDraft((now) => (now === text ? null : now)));
        };
        pending.current = { timer: setTimeout(save, saveNotesAfter), save };
      }}
      onBlur={flush}
    />
  );
};

const Subtasks = ({ task }: { task: Task }) => {
  const { tasks } = useTasks(
    task.projectId ? { view: 'project', projectId: task.projectId, includeDone: true } : { view: 'inbox' },
  );
  const [draft, setDraft] = useState('');
  const now = useToday();
  const children = tasks.filter((other) => other.parentId === task.id && other.deletedAt === null);
  return (
    <section className={css.part} aria-label="Subtasks">
      {children.map((child) => (
        <div key={child.id} className={css.subtask}>
          <CheckCircle
            status={child.status}
            priority={child.priority}
            label={`Complete ${child.title}`}
            onToggle={() => void toggleTasks([child.id])}
          />
          <button
            type="button"
            className={css.subtaskTitle}
            data-done={child.status === 'done' || undefined}
            onClick={() => showTask(child.id)}
          >
            {child.title}
          </button>
          <DueLabel task={child} now={now} />
        </div>
      ))}
      <div className={css.subtask}>
        <span className={css.addIcon}>{glyph(IconSubtask)}</span>
        <input
          autoComplete="off"
          className={css.addInput}
          value={draft}
          placeholder="Add a subtask"
          aria-label="Add a subtask"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || draft.trim() === '' || event.nativeEvent.isComposing) return;
            setDraft('');
            void addSubtask(task, draft.trim());
          }}
        />
      </div>
    </section>
  );
};

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

const Fields = ({ task }: { task: Task }) => {
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

const Source = ({ task }: { task: Task }) => {
  if (!task.source) return null;
  const { noteId, line, quote } = task.source;
  return (
    <a className={css.source} href={hrefOf({ view: 'note', id: noteId, line })} data-testid="source-link">
      {glyph(IconFileText)}
      <span className={css.sourceBody}>
        <span className={css.quote}>{quote}</span>
        <span className={css.sourceLine}>Line {line} of the transcript</span>
      </span>
    </a>
  );
};

const onKeyDown = (event: KeyboardEvent): void => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  event.stopPropagation();
  showTask(null);
  requestAnimationFrame(() => window.dispatchEvent(new Event('jan:focus-list')));
};

/** Everything about one task, beside the list it was opened from. */
export const TaskDetail = ({ id }: { id: string }) => {
  const { task, error } = useTask(id);
  return (
    <aside className={css.pane} aria-label="Task" data-testid="task-detail" onKeyDown={onKeyDown}>
      <header className={css.bar}>
        {task ? (
          <>
            <CheckCircle
              status={task.status}
              priority={task.priority}
              label={task.status === 'done' ? 'Reopen' : 'Complete'}
              onToggle={() => void toggleTasks([task.id])}
            />
            <span className={css.barText}>{statusName(task.status)}</span>
          </>
        ) : null}
        <span className={css.barEnd}>
          {task && task.deletedAt === null && task.status !== 'done' ? (
            <Button
              variant="subtle"
              color="gray"
              className={css.agent}
              leftSection={glyph(IconSparkles)}
              onClick={() => void handToAgent(task.id)}
            >
              Hand to agent
            </Button>
          ) : null}
          {task ? (
            <MenuButton label="More" width={220}>
              {task.deletedAt === null ? (
                <Menu.Item
                  leftSection={glyph(IconTrash)}
                  onClick={() => {
                    showTask(null);
                    void removeTasks([task.id]);
                  }}
                >
                  Delete
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={glyph(IconArrowBackUp)} onClick={() => void restoreTask(task.id)}>
                  Restore
                </Menu.Item>
              )}
            </MenuButton>
          ) : null}
          <IconButton icon={IconX} label="Close" shortcut="escape" onClick={() => showTask(null)} />
        </span>
      </header>
      <div className={css.body}>
        {error && !task ? (
          <FaultNote
            what="This task can't be shown."
            error={error}
            action={{ label: 'Close', run: () => showTask(null) }}
          />
        ) : null}
        {!task && !error ? <SkeletonRows count={8} /> : null}
        {task ? (
          <div key={task.id}>
            <Title task={task} />
            <Source task={task} />
            <div className={css.notes}>
              <TaskNotes task={task} />
            </div>
            <Subtasks task={task} />
            <Fields task={task} />
            <footer className={css.foot}>
              {task.runId ? (
                <button
                  type="button"
                  className={css.byAgent}
                  onClick={() => navigate({ view: 'run', id: task.runId ?? '' })}
                >
                  {glyph(IconSparkles)}
                  Made by the agent{task.touched ? ', edited by you' : ''}
                </button>
              ) : null}
              <span>
                Added {formatMoment(task.createdAt)}
                {task.completedAt ? ` · Done ${formatMoment(task.completedAt)}` : ''}
              </span>
            </footer>
          </div>
        ) : null}
      </div>
    </aside>
  );
};
