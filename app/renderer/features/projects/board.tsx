import { IconPlus } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Project, Section, Task } from '../../../../node-core/contract/index.ts';
import { SkeletonRows } from '../../components/index.ts';
import { showTask, useLocation } from '../../router.ts';
import { setCursor, useUi } from '../../ui-store.ts';
import { moveTask } from '../tasks/actions.ts';
import { factsOf } from '../tasks/list-model.ts';
import { actOnTasks, keyOf } from '../tasks/task-keys.ts';
import { openTaskMenu } from '../tasks/task-menu.tsx';
import { useToday } from '../tasks/queries.ts';
import { addSection } from './actions.ts';
import { type Column, columnsOf } from './board-columns.ts';
import { ColumnView } from './board-column.tsx';
import css from './board.module.css';

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
    if (!column || id === beforeId) return;
    const others = column.tasks.filter((other) => other.id !== id);
    const at = beforeId === null ? others.length : others.findIndex((other) => other.id === beforeId);
    const isNew = !column.tasks.some((other) => other.id === id);
    await moveTask({
      id,
      before: others[at - 1] ?? null,
      after: others[at] ?? null,
      ...(isNew ? { patch: column.patch } : {}),
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
    const key = keyOf(event);
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
    } else if (key === 'Escape' && openId) showTask(null);
    else if (!anchor || !actOnTasks(event, [id], anchor)) return;
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
      onContextMenu={openTaskMenu}
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
