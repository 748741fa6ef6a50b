import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Task, TaskPatch } from '../../../../node-core/contract/index.ts';
import { showTask, useLocation } from '../../router.ts';
import { projectColor } from '../../theme.ts';
import { clearSelection, setCursor, setSelection, toggleSelected, useUi } from '../../ui-store.ts';
import { useProjects } from '../projects/queries.ts';
import { moveTask, targetTasks } from './actions.ts';
import { SectionHeading } from '../projects/section-heading.tsx';
import { factsOf, flatten, type Group } from './list-model.ts';
import { useToday } from './queries.ts';
import { actOnTasks, keyOf } from './task-keys.ts';
import { openTaskMenu } from './task-menu.tsx';
import { TaskRow } from './task-row.tsx';
import css from './task-list.module.css';

interface TaskListProps {
  readonly label: string;
  readonly groups: readonly Group[];
  readonly showProject?: boolean;
  /** Groups are days: their rows don't say the day again. */
  readonly byDay?: boolean;
  /** The change that moving a task into a group means; without it rows stay where they are. */
  readonly patchFor?: (group: string) => TaskPatch;
  readonly before?: ReactNode;
  readonly empty?: ReactNode;
}

const rowHeight = 36;
const headerHeight = 48;

interface Drop {
  readonly id: string;
  readonly side: 'above' | 'below';
}

/**
 * A list of tasks of any length. Only the rows on the screen exist; j and k walk, x completes, and after every
 * change the focus is on the row that took the place.
 */
export const TaskList = ({
  label,
  groups,
  showProject = false,
  byDay = false,
  patchFor,
  before,
  empty,
}: TaskListProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const now = useToday();
  const { taskId } = useLocation();
  const cursor = useUi((state) => state.cursor);
  const { projects } = useProjects();
  const [drop, setDrop] = useState<Drop | null>(null);
  const dragged = useRef<string | null>(null);

  const items = useMemo(() => flatten(groups), [groups]);
  const facts = useMemo(() => factsOf(groups.flatMap((group) => [...group.tasks])), [groups]);
  const projectById = useMemo(() => new Map(projects.map((project) => [project.id, project])), [projects]);
  const indexById = useMemo(() => new Map(items.map((item, index) => [item.id, index])), [items]);

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    // Rows are there in the first frame, before anything is measured.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    estimateSize: (index) => (items[index]?.kind === 'header' ? headerHeight : rowHeight),
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 10,
    paddingEnd: 24,
  });
  const headerPlaces = useMemo(
    () => items.flatMap((item, index) => (item.kind === 'header' ? [index] : [])).join(' '),
    [items],
  );
  useLayoutEffect(() => {
    if (headerPlaces !== '') virtual.measure();
  }, [headerPlaces, virtual]);

  const firstTask = useMemo(() => items.find((item) => item.kind === 'task')?.id ?? null, [items]);
  const cursorHere = cursor !== null && indexById.has(cursor) ? cursor : firstTask;

  // When the row under the cursor goes away the one that takes its place gets cursor and focus.
  const lastIndex = useRef(0);
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    if (cursor !== null && indexById.has(cursor)) {
      lastIndex.current = indexById.get(cursor) ?? 0;
      return;
    }
    const near =
      items.slice(lastIndex.current).find((item) => item.kind === 'task') ??
      items.findLast((item) => item.kind === 'task');
    if (!near) {
      if (hadFocus.current) grid.current?.focus();
      return;
    }
    if (cursor !== null) setCursor(near.id);
    if (hadFocus.current) focusRow(near.id);
  });

  const focusRow = useCallback(
    (id: string): void => {
      const index = indexById.get(id);
      if (index === undefined) return;
      setCursor(id);
      virtual.scrollToIndex(index, { align: 'auto' });
      let tries = 0;
      const settle = (): void => {
        const row = grid.current?.querySelector<HTMLElement>(`[data-task-id="${CSS.escape(id)}"]`);
        if (row) row.focus({ preventScroll: true });
        else if (tries++ < 5) requestAnimationFrame(settle);
      };
      settle();
    },
    [indexById, virtual],
  );

  useEffect(() => {
    const onFocusList = (): void => {
      if (cursorHere) focusRow(cursorHere);
      else grid.current?.focus();
    };
    window.addEventListener('jan:focus-list', onFocusList);
    return () => window.removeEventListener('jan:focus-list', onFocusList);
  }, [cursorHere, focusRow]);

  const step = useCallback(
    (from: string | null, by: 1 | -1): string | null => {
      let index = (from === null ? undefined : indexById.get(from)) ?? (by === 1 ? -1 : items.length);
      for (index += by; index >= 0 && index < items.length; index += by) {
        const item = items[index];
        if (item?.kind === 'task') return item.id;
      }
      return null;
    },
    [indexById, items],
  );

  const rangeTo = useCallback(
    (id: string): string[] => {
      const from = indexById.get(useUi.getState().cursor ?? id) ?? 0;
      const to = indexById.get(id) ?? from;
      return items
        .slice(Math.min(from, to), Math.max(from, to) + 1)
        .flatMap((item) => (item.kind === 'task' ? [item.id] : []));
    },
    [indexById, items],
  );

  const onPress = useCallback(
    (id: string, event: MouseEvent): void => {
      if (event.metaKey || event.ctrlKey) {
        toggleSelected(id);
        setCursor(id);
      } else if (event.shiftKey) {
        setSelection(rangeTo(id));
      } else {
        clearSelection();
        setCursor(id);
        showTask(id);
      }
    },
    [rangeTo],
  );

  const place = useCallback(
    (id: string, target: string, side: 'above' | 'below'): void => {
      const item = items[indexById.get(target) ?? -1];
      const moving = items[indexById.get(id) ?? -1];
      if (!patchFor || item?.kind !== 'task' || moving?.kind !== 'task' || id === target) return;
      const siblings = items.flatMap((other) =>
        other.kind === 'task' && other.group === item.group && other.depth === item.depth && other.id !== id
          ? [other.task]
          : [],
      );
      const at = siblings.findIndex((task) => task.id === target);
      const [upper, lower] = side === 'above' ? [siblings[at - 1], siblings[at]] : [siblings[at], siblings[at + 1]];
      void moveTask({
        id,
        before: upper ?? null,
        after: lower ?? null,
        ...(moving.group === item.group ? {} : { patch: patchFor(item.group) }),
      });
    },
    [items, indexById, patchFor],
  );

  const onDragRow = useCallback((id: string, event: DragEvent): void => {
    dragged.current = id;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('application/x-jan-task', id);
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const { target } = event;
    // A control inside a row or a heading keeps its own keys.
    if (target instanceof HTMLElement && ['BUTTON', 'INPUT'].includes(target.tagName)) return;
    const key = keyOf(event);
    const at = cursorHere;
    const walk = (id: string | null): void => {
      if (!id) return;
      if (event.shiftKey) setSelection([...useUi.getState().selection, ...(at ? [at] : []), id]);
      focusRow(id);
      if (taskId !== null) showTask(id);
    };
    const act = (): boolean => {
      if (event.altKey) {
        const by = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
        const other = at && by !== 0 ? step(at, by) : null;
        if (at && other) place(at, other, by < 0 ? 'above' : 'below');
        return by !== 0;
      }
      if (event.metaKey || event.ctrlKey) {
        if (key !== 'a') return false;
        setSelection(items.flatMap((item) => (item.kind === 'task' ? [item.id] : [])));
        return true;
      }
      if (key === 'j' || key === 'ArrowDown') walk(step(at, 1));
      else if (key === 'k' || key === 'ArrowUp') walk(step(at, -1));
      else if (key === 'Home') walk(step(null, 1));
      else if (key === 'End') walk(step(null, -1));
      else if (key === ' ' && at) toggleSelected(at);
      else if (key === 'Escape' && useUi.getState().selection.size > 0) clearSelection();
      else if (key === 'Escape' && taskId !== null) showTask(null);
      else {
        const chosen = targetTasks();
        const isOpening = key === 'Enter' || key === 'e';
        const ids = chosen.length > 0 && !isOpening ? chosen : at ? [at] : [];
        return actOnTasks(event, ids, target instanceof HTMLElement ? target : event.currentTarget);
      }
      return true;
    };
    if (!act()) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const rows = virtual.getVirtualItems();
  return (
    <div ref={scroller} className={css.scroller} data-testid="task-list">
      <div className={css.column}>
        {before}
        {items.length === 0 ? (
          <div ref={grid} tabIndex={-1} className={css.blank}>
            {empty}
          </div>
        ) : (
          <div
            ref={grid}
            role="grid"
            tabIndex={-1}
            aria-label={label}
            aria-rowcount={items.length}
            aria-multiselectable
            className={css.grid}
            style={{ height: virtual.getTotalSize() }}
            onKeyDown={onKeyDown}
            onContextMenu={openTaskMenu}
            onFocus={() => {
              hadFocus.current = true;
            }}
            onBlur={(event) => {
              if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget))
                hadFocus.current = false;
            }}
            onDragEnd={() => {
              dragged.current = null;
              setDrop(null);
            }}
            onDragOver={(event) => {
              if (!dragged.current || !patchFor) return;
              event.preventDefault();
              const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-task-id]') : null;
              const id = row?.dataset.taskId;
              if (!row || !id) return;
              const box = row.getBoundingClientRect();
              const side = event.clientY < box.top + box.height / 2 ? 'above' : 'below';
              setDrop((old) => (old?.id === id && old.side === side ? old : { id, side }));
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged.current && drop) place(dragged.current, drop.id, drop.side);
              dragged.current = null;
              setDrop(null);
            }}
          >
            {rows.map((row) => {
              const item = items[row.index];
              if (!item) return null;
              return (
                <div
                  key={row.key}
                  role="presentation"
                  className={css.slot}
                  style={{ height: row.size, transform: `translateY(${row.start}px)` }}
                >
                  {item.kind === 'header' ? (
                    <div role="row" aria-rowindex={row.index + 1} className={css.header}>
                      <span role="rowheader" className={css.headerCell} data-tone={item.tone}>
                        {item.sectionId ? <SectionHeading id={item.sectionId} name={item.title} /> : item.title}
                        {item.hint ? <span className={css.hint}>{item.hint}</span> : null}
                      </span>
                    </div>
                  ) : (
                    <Row
                      task={item.task}
                      depth={item.depth}
                      within={byDay ? item.group : null}
                      index={row.index}
                      now={now}
                      isCursor={item.id === cursorHere}
                      isOpen={item.id === taskId}
                      facts={facts.get(item.id) ?? null}
                      project={showProject && item.task.projectId ? projectById.get(item.task.projectId) : undefined}
                      dropMark={drop?.id === item.id ? drop.side : null}
                      onPress={onPress}
                      onDragRow={patchFor ? onDragRow : null}
                    />
                  )}
                </div>
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
};

interface RowSlotProps {
  readonly task: Task;
  readonly depth: number;
  readonly within: string | null;
  readonly index: number;
  readonly now: string;
  readonly isCursor: boolean;
  readonly isOpen: boolean;
  readonly facts: { subtasks: number; subtasksDone: number; blocked: boolean } | null;
  readonly project: { readonly name: string; readonly color: Parameters<typeof projectColor>[0] } | undefined;
  readonly dropMark: 'above' | 'below' | null;
  readonly onPress: (id: string, event: MouseEvent) => void;
  readonly onDragRow: ((id: string, event: DragEvent) => void) | null;
}

const Row = ({ project, ...rest }: RowSlotProps) => (
  <TaskRow
    {...rest}
    projectName={project?.name ?? null}
    projectColor={project ? projectColor(project.color) : null}
    onFocusRow={setCursor}
  />
);
