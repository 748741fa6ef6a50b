import type { Task } from '../../../../node-core/contract/index.ts';
import { CheckCircle } from '../../components/index.ts';
import { showTask } from '../../router.ts';
import { toggleTasks } from '../tasks/actions.ts';
import { DueLabel } from '../tasks/due-label.tsx';
import { useToday } from '../tasks/queries.ts';
import css from './result-card.module.css';

/** A task that came of a run: the task itself, to complete or to open. */
export const ResultTask = ({ task, known }: { task: Task; known: ReadonlyMap<string, Task> }) => {
  const now = useToday();
  const blockers = task.dependsOn.flatMap((other) => known.get(other)?.title ?? []);
  return (
    <li className={css.task} data-testid="result-task">
      <CheckCircle
        status={task.status}
        priority={task.priority}
        label={`Complete ${task.title}`}
        onToggle={() => void toggleTasks([task.id])}
      />
      <button type="button" className={css.taskTitle} onClick={() => showTask(task.id)}>
        {task.title}
      </button>
      {blockers.length > 0 ? <span className={css.after}>after {blockers.join(', ')}</span> : null}
      <DueLabel task={task} now={now} />
    </li>
  );
};
