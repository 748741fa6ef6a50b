import {
  IconArrowForwardUp,
  IconCalendar,
  IconCircleCheck,
  IconExternalLink,
  IconFlag,
  IconFolder,
  IconHash,
  IconSparkles,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { type PickItem, PickList } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { showTask } from '../../router.ts';
import { clearSelection, openPicker, type Picker, setCursor, useUi } from '../../ui-store.ts';
import { removeTasks, toggleTasks } from './actions.ts';
import { knownTask } from './cache.ts';
import { handToAgent } from './hand-over.ts';

/** A right click on a task, or the menu key on it: what can be done with it, or with all that are chosen where it is one of them. */
export const openTaskMenu = (event: MouseEvent): void => {
  const anchor = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-task-id]') : null;
  const id = anchor?.dataset.taskId;
  if (!anchor || !id || !knownTask(id)) return;
  event.preventDefault();
  const { selection } = useUi.getState();
  if (!selection.has(id)) clearSelection();
  setCursor(id);
  openPicker({
    kind: 'menu',
    taskIds: selection.has(id) ? [...selection] : [id],
    anchor,
    at: { x: event.clientX, y: event.clientY },
  });
};

interface TaskMenuProps {
  readonly picker: Picker;
  readonly task: Task;
  readonly onDone: () => void;
}

export const TaskMenu = ({ picker, task, onDone }: TaskMenuProps) => {
  const ids = picker.taskIds;
  const isOne = ids.length === 1;
  const isDone = task.status === 'done';
  const item = (label: string, Glyph: Icon, shortcut: string, run: () => void): PickItem => ({
    id: label,
    label,
    icon: <Glyph size={16} stroke={1.6} aria-hidden />,
    shortcut,
    run,
  });
  const closing = (act: () => void) => (): void => {
    onDone();
    act();
  };
  const next = (kind: Picker['kind']) => (): void => openPicker({ ...picker, kind });
  return (
    <PickList
      label={isOne ? task.title : plural(ids.length, 'task')}
      placeholder="What to do with it…"
      items={[
        ...(isOne
          ? [
              item(
                'Open',
                IconExternalLink,
                'enter',
                closing(() => showTask(task.id)),
              ),
            ]
          : []),
        item(
          isDone ? 'Reopen' : 'Complete',
          IconCircleCheck,
          'x',
          closing(() => void toggleTasks(ids)),
        ),
        ...(isDone
          ? []
          : [
              ...(isOne
                ? [
                    item(
                      'Hand to agent',
                      IconSparkles,
                      'a',
                      closing(() => void handToAgent(task.id)),
                    ),
                  ]
                : []),
              item('Hand to…', IconArrowForwardUp, 'shift+a', next('hand')),
            ]),
        item('Date…', IconCalendar, 'd', next('date')),
        item('Project…', IconFolder, 'p', next('project')),
        item('Tags…', IconHash, 'l', next('label')),
        item('Priority…', IconFlag, '1', next('priority')),
        item(
          'Delete',
          IconTrash,
          'backspace',
          closing(() => void removeTasks(ids)),
        ),
      ]}
    />
  );
};
