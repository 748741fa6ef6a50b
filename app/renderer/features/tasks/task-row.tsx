import { IconLock, IconNotes, IconRepeat, IconSparkles, IconSubtask } from '@tabler/icons-react';
import { type DragEvent, memo, type MouseEvent } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { CheckCircle } from '../../components/index.ts';
import type { Day } from '../../days.ts';
import { useUi } from '../../ui-store.ts';
import { toggleTasks } from './actions.ts';
import { DueLabel } from './due-label.tsx';
import css from './task-row.module.css';

export interface RowFacts {
  readonly subtasks: number;
  readonly subtasksDone: number;
  readonly blocked: boolean;
}

export interface TaskRowProps {
  readonly task: Task;
  readonly now: Day;
  readonly depth: number;
  /** The day whose heading the row stands under. */
  readonly within: Day | null;
  readonly index: number;
  readonly isCursor: boolean;
  readonly isOpen: boolean;
  /** Where the task belongs, shown where the list mixes projects. */
  readonly projectName: string | null;
  readonly projectColor: string | null;
  readonly facts: RowFacts | null;
  readonly dropMark: 'above' | 'below' | null;
  readonly onPress: (id: string, event: MouseEvent) => void;
  readonly onFocusRow: (id: string) => void;
  readonly onDragRow: ((id: string, event: DragEvent) => void) | null;
}

const plainFacts: RowFacts = { subtasks: 0, subtasksDone: 0, blocked: false };

/** One line of a list, 36 px: everything else about the task is in the detail pane. */
export const TaskRow = memo(
  ({
    task,
    now,
    depth,
    within,
    index,
    isCursor,
    isOpen,
    projectName,
    projectColor,
    facts,
    dropMark,
    onPress,
    onFocusRow,
    onDragRow,
  }: TaskRowProps) => {
    const isSelected = useUi((state) => state.selection.has(task.id));
    const { subtasks, subtasksDone, blocked } = facts ?? plainFacts;
    const isDone = task.status === 'done' || task.status === 'cancelled';
    const byAgent = task.runId !== null && !task.touched;
    return (
      <div
        role="row"
        aria-rowindex={index + 1}
        aria-selected={isSelected}
        tabIndex={isCursor ? 0 : -1}
        className={css.row}
        data-task-id={task.id}
        data-testid="task-row"
        data-selected={isSelected || undefined}
        data-open={isOpen || undefined}
        data-done={isDone || undefined}
        data-drop={dropMark ?? undefined}
        style={depth > 0 ? { paddingLeft: 8 + depth * 24 } : undefined}
        draggable={onDragRow !== null}
        onDragStart={onDragRow ? (event) => onDragRow(task.id, event) : undefined}
        onClick={(event) => onPress(task.id, event)}
        onFocus={() => onFocusRow(task.id)}
        onKeyDown={undefined}
      >
        <span role="gridcell" className={css.check}>
          <CheckCircle
            status={task.status}
            priority={task.priority}
            label={`${isDone ? 'Reopen' : 'Complete'} ${task.title}`}
            focusable={false}
            onToggle={() => void toggleTasks([task.id])}
          />
        </span>
        <span role="gridcell" className={css.main}>
          <span className={css.title} title={task.title}>
            {task.title}
          </span>
          {blocked ? (
            <IconLock size={16} stroke={1.5} className={css.glyph} aria-label="Blocked by another task" />
          ) : null}
          {task.recurrence ? <IconRepeat size={16} stroke={1.5} className={css.glyph} aria-label="Repeats" /> : null}
          {task.notes !== '' ? <IconNotes size={16} stroke={1.5} className={css.glyph} aria-label="Has notes" /> : null}
          {subtasks > 0 ? (
            <span className={css.count}>
              <IconSubtask size={16} stroke={1.5} aria-label="Subtasks" />
              {subtasksDone}/{subtasks}
            </span>
          ) : null}
          {byAgent ? (
            <IconSparkles size={16} stroke={1.5} className={css.agent} aria-label="Made by the agent" />
          ) : null}
        </span>
        <span role="gridcell" className={css.meta}>
          {task.tags.length > 0 ? (
            <span className={css.tags}>
              {task.tags.slice(0, 2).map((tag) => (
                <span key={tag}>#{tag}</span>
              ))}
              {task.tags.length > 2 ? <span>+{task.tags.length - 2}</span> : null}
            </span>
          ) : null}
          {task.owner ? <span className={css.owner}>{task.owner}</span> : null}
          {projectName ? (
            <span className={css.project}>
              <span className={css.dot} style={{ background: projectColor ?? undefined }} />
              <span className="truncate">{projectName}</span>
            </span>
          ) : null}
          {task.dueDate ? (
            <span className={css.due}>
              <DueLabel task={task} now={now} within={within} />
            </span>
          ) : null}
        </span>
      </div>
    );
  },
);
TaskRow.displayName = 'TaskRow';
