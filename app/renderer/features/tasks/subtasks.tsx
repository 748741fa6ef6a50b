import { IconSubtask, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { CheckCircle } from '../../components/index.ts';
import { showTask } from '../../router.ts';
import { addSubtask, toggleTasks } from './actions.ts';
import { DueLabel } from './due-label.tsx';
import { useTasks, useToday } from './queries.ts';
import css from './task-detail.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

export const Subtasks = ({ task }: { task: Task }) => {
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
            const title = draft.trim();
            setDraft('');
            void addSubtask(task, title).then((isAdded) => {
              // Before what was typed meanwhile.
              if (!isAdded) setDraft((typed) => [title, typed].filter((part) => part !== '').join(' '));
            });
          }}
        />
      </div>
    </section>
  );
};
