import { IconCalendarDue, IconCheck, IconFlag, IconFolder, IconHash, IconTrash, IconX } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { IconButton } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { clearSelection, openPicker, type PickerKind, useUi } from '../../ui-store.ts';
import { removeTasks, toggleTasks } from './actions.ts';
import css from './selection-bar.module.css';

/** What the keys do to several tasks at once, for the hand on the mouse. */
export const SelectionBar = () => {
  const selection = useUi((state) => state.selection);
  if (selection.size === 0) return null;
  const ids = [...selection];
  const pick = (kind: PickerKind) => (event: MouseEvent<HTMLButtonElement>) =>
    openPicker({ kind, taskIds: ids, anchor: event.currentTarget });
  return (
    <div className={css.bar} role="toolbar" aria-label="Selected tasks" data-testid="selection-bar">
      <span className={css.count}>{plural(ids.length, 'task')} selected</span>
      <IconButton icon={IconCheck} label="Complete" shortcut="x" onClick={() => void toggleTasks(ids)} />
      <IconButton icon={IconCalendarDue} label="Date" shortcut="d" onClick={pick('date')} />
      <IconButton icon={IconFolder} label="Project" shortcut="p" onClick={pick('project')} />
      <IconButton icon={IconHash} label="Tags" shortcut="l" onClick={pick('label')} />
      <IconButton icon={IconFlag} label="Priority" shortcut="1" onClick={pick('priority')} />
      <IconButton icon={IconTrash} label="Delete" shortcut="backspace" onClick={() => void removeTasks(ids)} />
      <IconButton icon={IconX} label="Clear the selection" shortcut="escape" onClick={clearSelection} />
    </div>
  );
};
