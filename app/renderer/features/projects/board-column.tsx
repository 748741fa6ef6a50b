import { useVirtualizer } from '@tanstack/react-virtual';
import { IconLock, IconPlus, IconSparkles } from '@tabler/icons-react';
import { memo, useRef, useState } from 'react';
import type { Project, Task } from '../../../../node-core/contract/index.ts';
import { CheckCircle } from '../../components/index.ts';
import { api } from '../../rpc/index.ts';
import { showFault, toggleTasks } from '../tasks/actions.ts';
import { applyTasks } from '../tasks/cache.ts';
import { DueLabel } from '../tasks/due-label.tsx';
import type { factsOf } from '../tasks/list-model.ts';
import type { Column } from './board-columns.ts';
import css from './board.module.css';

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

export const ColumnView = ({ project, column, facts, now, openId, cursor, dropAt }: ColumnViewProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState('');
  const virtual = useVirtualizer({
    count: column.tasks.length,
    getScrollElement: () => scroller.current,
    // Rows are there in the first frame, before anything is measured.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
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
      setDraft((typed) => [title, typed].filter((part) => part !== '').join(' '));
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
