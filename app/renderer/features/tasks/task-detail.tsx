import { Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconFileText,
  IconArrowForwardUp,
  IconSparkles,
  IconTrash,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { CheckCircle, FaultNote, IconButton, SkeletonRows, MenuButton } from '../../components/index.ts';
import frame from '../../components/pane.module.css';
import { formatMoment } from '../../days.ts';
import { hrefOf, navigate, showTask } from '../../router.ts';
import { openPicker } from '../../ui-store.ts';
import { removeTasks, restoreTask, toggleTasks } from './actions.ts';
import { handToAgent } from './hand-over.ts';
import { statusName } from './pick-panels.tsx';
import { useTask } from './queries.ts';
import { Fields } from './task-fields.tsx';
import { TaskNotes, Title } from './task-text.tsx';
import { Subtasks } from './subtasks.tsx';
import { WorkedOn } from './worked-on.tsx';
import css from './task-detail.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

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
  const corner = useRef<HTMLSpanElement>(null);
  return (
    <aside className={frame.pane} aria-label="Task" data-testid="task-detail" onKeyDown={onKeyDown}>
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
        <span ref={corner} className={css.barEnd}>
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
            <MenuButton label="More">
              {task.deletedAt === null && task.status !== 'done' ? (
                <Menu.Item
                  leftSection={glyph(IconArrowForwardUp)}
                  onClick={() => {
                    // What opened it takes the focus back.
                    const anchor = corner.current?.querySelector<HTMLElement>('[aria-label="More"]');
                    if (anchor) openPicker({ kind: 'hand', taskIds: [task.id], anchor });
                  }}
                >
                  Hand to…
                </Menu.Item>
              ) : null}
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
            <WorkedOn task={task} />
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
