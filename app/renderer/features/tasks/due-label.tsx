import { IconCalendarDue } from '@tabler/icons-react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { type Day, formatDay } from '../../days.ts';
import css from './due-label.module.css';

/** The due date as a row shows it: overdue in its own hue, the rest muted; under the heading of its own day only the time. */
export const DueLabel = ({ task, now, within = null }: { task: Task; now: Day; within?: Day | null }) => {
  if (!task.dueDate || (task.dueDate === within && !task.dueTime)) return null;
  const isOpen = task.status === 'open' || task.status === 'doing';
  const tone = !isOpen ? 'later' : task.dueDate < now ? 'overdue' : task.dueDate === now ? 'today' : 'later';
  const label = [task.dueDate === within ? '' : formatDay(task.dueDate, now), task.dueTime ?? '']
    .filter((part) => part !== '')
    .join(' ');
  return (
    <span
      className={css.due}
      data-tone={tone}
      title={tone === 'overdue' ? `Overdue: ${task.dueDate}` : `Due ${task.dueDate}`}
    >
      {tone === 'overdue' ? <IconCalendarDue size={16} stroke={1.6} aria-hidden /> : null}
      <span className="visually-hidden">{tone === 'overdue' ? 'Overdue' : 'Due'}</span>
      {label}
    </span>
  );
};
