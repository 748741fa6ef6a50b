import { useVirtualizer } from '@tanstack/react-virtual';
import { IconLock, IconPlus, IconSparkles } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import type { Project, Section, Task, TaskPatch } from '../../../../node-core/contract/index.ts';
import { CheckCircle, SkeletonRows } from '../../components/index.ts';
import { showTask, useLocation } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { openPicker, setCursor, useUi } from '../../ui-store.ts';
import { moveTask, removeTasks, showFault, toggleTasks } from '../tasks/actions.ts';
import { applyTasks } from '../tasks/cache.ts';
import { DueLabel } from '../tasks/due-label.tsx';
import { handToAgent } from '../tasks/hand-over.ts';
import { factsOf } from '../tasks/list-model.ts';
import { setStatus } from '../tasks/pick-panels.tsx';
import { useToday } from '../tasks/queries.ts';
import { addSection } from './actions.ts';
import css from './board.module.css';

interface Column {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly Task[];
  /** What a task becomes by being put here. */
  readonly patch: TaskPatch;
  readonly status: Task['status'] | null;
}

const columnsOf = (tasks: readonly Task[], sections: readonly Section[]): Column[] => {
  const top = tasks.filter((task) => task.parentId === null && task.status !== 'cancelled');
  if (sections.length === 0) {
    return [
      {
        id: 'open',
        title: 'To do',
        tasks: top.filter((task) => task.status === 'open'),
        patch: { status: 'open' },
        status: 'open',
      },
      {
        id: 'doing',
        title: 'Doing',
        tasks: top.filter((task) => task.status === 'doing'),
        patch: { status: 'doing' },
        status: 'doing',
      },
      {
        id: 'done',
        title: 'Done',
        tasks: top.filter((task) => task.status === 'done'),
        patch: { status: 'done' },
        status: 'done',
      },
    ];
  }
  const known = new Set(sections.map((section) => section.id));
  const loose = top.filter((task) => !task.sectionId || !known.has(task.sectionId));
  return [
    ...(loose.length > 0
      ? [{ id: '', title: 'No section', tasks: loose, patch: { sectionId: null }, status: null }]
      : []),
    ...sections.map((section) => ({
      id: section.id,
      title: section.name,
      tasks: top.filter((task) => task.sectionId === section.id),
      patch: { sectionId: section.id },
      status: null,
    })),
  ];
};

interface CardProps {
  readonly task: Task;
  readonly now: string;
  readonly blocked: boolean;
  readonly isOpen: boolean;
  readonly isCursor: boolean;
  readonly dropMark: boolean;
}

const Card = memo(({ task, now, blocked, isOpen, isCursor, dropMark }: CardProps) => (
  <div
    role="row"
    tabIndex={isCursor ? 0 : -1}
    className={css.card}
    data-task-id={task.id}
    data-testid="board-card"
    data-open={isOpen || undefined}
    data-done={task.status === 'done' || undefined}
    data-drop={dropMark || undefined}
    draggable
  >
    <span role="gridcell" className={css.cardLine}>
      <CheckCircle
        status={task.status}
        priority={task.priority}
        label={`Complete ${task.title}`}
        focusable={false}
        onToggle={() => void toggleTasks([task.id])}
      />
      <span className={css.cardTitle}>{task.title}</span>
    </span>
    {task.dueDate || blocked || task.owner || task.tags.length > 0 || (task.runId && !task.touched) ? (
      <span role="gridcell" className={css.cardMeta}>
        <DueLabel task={task} now={now} />
        {blocked ? <IconLock size={16} stroke={1.5} aria-label="Blocked by another task" /> : null}
        {task.owner ? <span className="truncate">{task.owner}</span> : null}
        {task.tags.slice(0, 2).map((tag) => (
          <span key={tag} className="truncate">
            #{tag}
          </span>
        ))}
        {task.runId && !task.touched ? (
          <IconSparkles size={16} stroke={1.5} className={css.agent} aria-label="Made by the agent" />
        ) : null}
      </span>
    ) : null}
  </div>
));
Card.displayName = 'Card';

interface ColumnViewProps {
  readonly project: Project;
  readonly column: Column;
  readonly facts: ReturnType<typeof factsOf>;
  readonly now: string;
  readonly openId: string | null;
  readonly cursor: string | null;
  readonly dropAt: string | null;
}

const ColumnView = ({ project, column, facts, now, openId, cursor, dropAt }: ColumnViewProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState('');
  const virtual = useVirtualizer({
    count: column.tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 76,
    getItemKey: (index) => column.tasks[index]?.id ?? index,
    overscan: 6,
    gap: 8,
    paddingEnd: 8,
  });
  const add = async (): Promise<void> => {
    const title = draft.trim();
    if (title === '') return;
    setDraft('');
    try {
      applyTasks([await api.tasks.create({ ...column.patch, title, projectId: project.id })]);
    } catch (error) {
      setDraft(title);
      showFault(error, 'The task was not added.');
    }
  };
  return (
    <section
      className={css.column}
      aria-label={column.title}
      data-column={column.id}
      data-drop={dropAt === `column:${column.id}` || undefined}
    >
      <h2 className={css.columnTitle}>
        {column.title}
        <span className={css.columnCount}>{column.tasks.length}</span>
      </h2>
      <div ref={scroller} className={css.cards}>
        <div role="grid" aria-label={column.title} className={css.canvas} style={{ height: virtual.getTotalSize() }}>
          {column.tasks.length === 0 ? (
            <div role="row">
              <span role="gridcell" className="visually-hidden">
                No task
              </span>
            </div>
          ) : null}
          {virtual.getVirtualItems().map((row) => {
            const task = column.tasks[row.index];
            if (!task) return null;
            return (
              <div
                key={row.key}
                ref={virtual.measureElement}
                data-index={row.index}
                role="presentation"
                className={css.slot}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <Card
                  task={task}
                  now={now}
                  blocked={facts.get(task.id)?.blocked ?? false}
                  isOpen={openId === task.id}
                  isCursor={cursor === task.id || (cursor === null && row.index === 0)}
                  dropMark={dropAt === task.id}
                />
              </div>
            );
          })}
        </div>
      </div>
      <div className={css.add}>
        <IconPlus size={16} stroke={1.6} aria-hidden />
        <input
          autoComplete="off"
          value={draft}
          placeholder="Add a task"
          aria-label={`Add a task to ${column.title}`}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) void add();
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </div>
    </section>
  );
};

interface BoardProps {
  readonly project: Project;
  readonly tasks: readonly Task[];
  readonly sections: readonly Section[];
  readonly pending: boolean;
}

const taskIdOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-task-id]')?.dataset.taskId ?? null) : null;
const columnIdOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-column]')?.dataset.column ?? null) : null;

/** Sections as columns, or the states of a task where there are none. Arrows walk, Alt with arrows carries the card. */
export const Board = ({ project, tasks, sections, pending }: BoardProps) => {
  const { taskId: openId } = useLocation();
  const cursor = useUi((state) => state.cursor);
  const now = useToday();
  const board = useRef<HTMLDivElement>(null);
  const dragged = useRef<string | null>(null);
  const [dropAt, setDropAt] = useState<string | null>(null);
  const columns = useMemo(() => columnsOf(tasks, sections), [tasks, sections]);
  const facts = useMemo(() => factsOf(tasks), [tasks]);
  const cursorHere = columns.some((column) => column.tasks.some((task) => task.id === cursor)) ? cursor : null;

  const focusCard = (id: string): void => {
    setCursor(id);
    requestAnimationFrame(() =>
      board.current?.querySelector<HTMLElement>(`[data-task-id="${CSS.escape(id)}"]`)?.focus(),
    );
  };

  const place = async (id: string, columnId: string, beforeId: string | null): Promise<void> => {
    const column = columns.find((other) => other.id === columnId);
    const task = tasks.find((other) => other.id === id);
    if (!column || !task || id === beforeId) return;
    const others = column.tasks.filter((other) => other.id !== id);
    const at = beforeId === null ? others.length : others.findIndex((other) => other.id === beforeId);
    const isNew = !column.tasks.some((other) => other.id === id);
    const viaStatus = isNew && column.status !== null && (column.status === 'done' || task.status === 'done');
    if (viaStatus && column.status) await setStatus([id], column.status);
    await moveTask({
      id,
      before: others[at - 1] ?? null,
      after: others[at] ?? null,
      ...(isNew && !viaStatus ? { patch: column.patch } : {}),
    });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const id = taskIdOf(event.target);
    if (
      !id ||
      event.ctrlKey ||
      event.metaKey ||
      (event.target instanceof HTMLElement && event.target.tagName === 'INPUT')
    )
      return;
    const columnAt = columns.findIndex((column) => column.tasks.some((task) => task.id === id));
    const column = columns[columnAt];
    if (!column) return;
    const at = column.tasks.findIndex((task) => task.id === id);
    const beside = (by: number): Column | undefined => columns[columnAt + by];
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const anchor = event.target instanceof HTMLElement ? event.target : null;
    if (event.altKey) {
      if (key === 'ArrowLeft' || key === 'ArrowRight') {
        const next = beside(key === 'ArrowLeft' ? -1 : 1);
        if (next)
          void place(id, next.id, next.tasks[Math.min(at, next.tasks.length)]?.id ?? null).then(() => focusCard(id));
      } else if (key === 'ArrowUp') {
        const above = column.tasks[at - 1];
        if (above) void place(id, column.id, above.id).then(() => focusCard(id));
      } else if (key === 'ArrowDown') {
        if (at < column.tasks.length - 1)
          void place(id, column.id, column.tasks[at + 2]?.id ?? null).then(() => focusCard(id));
      } else return;
      event.preventDefault();
      return;
    }
    const go = (task: Task | undefined): void => {
      if (task) focusCard(task.id);
    };
    if (key === 'ArrowDown' || key === 'j') go(column.tasks[at + 1]);
    else if (key === 'ArrowUp' || key === 'k') go(column.tasks[at - 1]);
    else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      const step = key === 'ArrowRight' ? 1 : -1;
      for (let by = step; beside(by); by += step) {
        const next = beside(by);
        if (!next || next.tasks.length === 0) continue;
        go(next.tasks[Math.min(at, next.tasks.length - 1)]);
        break;
      }
    } else if (key === 'Enter' || key === 'e') showTask(id);
    else if (key === 'x') void toggleTasks([id]);
    else if (key === 'a') void handToAgent(id);
    else if (key === 'Delete' || key === 'Backspace') void removeTasks([id]);
    else if (anchor && key === 'd') openPicker({ kind: 'date', taskIds: [id], anchor, field: 'due' });
    else if (anchor && key === 'p') openPicker({ kind: 'project', taskIds: [id], anchor });
    else if (anchor && key === 'l') openPicker({ kind: 'label', taskIds: [id], anchor });
    else if (anchor && key === 's') openPicker({ kind: 'status', taskIds: [id], anchor });
    else if (key === 'Escape' && openId) showTask(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const id = dragged.current;
    const columnId = columnIdOf(event.target);
    dragged.current = null;
    setDropAt(null);
    if (id && columnId !== null) void place(id, columnId, taskIdOf(event.target));
  };

  if (pending) return <SkeletonRows count={6} />;
  return (
    <div
      ref={board}
      className={css.board}
      data-testid="board"
      role="presentation"
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const id = taskIdOf(event.target);
        if (!id) return;
        setCursor(id);
        showTask(id);
      }}
      onFocus={(event) => {
        const id = taskIdOf(event.target);
        if (id) setCursor(id);
      }}
      onDragStart={(event) => {
        dragged.current = taskIdOf(event.target);
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('application/x-jan-task', dragged.current ?? '');
      }}
      onDragOver={(event) => {
        if (!dragged.current) return;
        event.preventDefault();
        const over = taskIdOf(event.target);
        const columnId = columnIdOf(event.target);
        setDropAt(over ?? (columnId === null ? null : `column:${columnId}`));
      }}
      onDragEnd={() => {
        dragged.current = null;
        setDropAt(null);
      }}
      onDrop={onDrop}
    >
      {columns.map((column) => (
        <ColumnView
          key={column.id}
          project={project}
          column={column}
          facts={facts}
          now={now}
          openId={openId}
          cursor={cursorHere}
          dropAt={dropAt}
        />
      ))}
      {sections.length > 0 ? (
        <button type="button" className={css.addColumn} onClick={() => addSection(project.id)}>
          <IconPlus size={16} stroke={1.6} aria-hidden />
          Add a section
        </button>
      ) : null}
    </div>
  );
};
