import type { KeyboardEvent } from 'react';
import { showTask } from '../../router.ts';
import { openPicker } from '../../ui-store.ts';
import { removeTasks, toggleTasks, updateTasks } from './actions.ts';
import { handToAgent } from './hand-over.ts';

/** Letters without regard to case, other keys by their name. */
export const keyOf = (event: KeyboardEvent): string => (event.key.length === 1 ? event.key.toLowerCase() : event.key);

const pickers = { p: 'project', l: 'label', s: 'status' } as const;
const isPickerKey = (key: string): key is keyof typeof pickers => Object.hasOwn(pickers, key);
const priorities = { '1': 1, '2': 2, '3': 3, '4': 4 } as const;
const isPriorityKey = (key: string): key is keyof typeof priorities => Object.hasOwn(priorities, key);

/** What a single key does to tasks, in a list and on a board alike. False where the key means nothing here. */
export const actOnTasks = (event: KeyboardEvent, ids: readonly string[], anchor: HTMLElement): boolean => {
  const key = keyOf(event);
  const [first] = ids;
  if (first === undefined) return false;
  if (key === 'x') void toggleTasks(ids);
  else if (key === 'Delete' || key === 'Backspace') void removeTasks(ids);
  else if (key === 'd') openPicker({ kind: 'date', taskIds: ids, anchor, field: event.shiftKey ? 'do' : 'due' });
  else if (isPickerKey(key)) openPicker({ kind: pickers[key], taskIds: ids, anchor });
  else if (isPriorityKey(key)) void updateTasks(ids, { priority: priorities[key] });
  else if (key === 'a' && event.shiftKey) openPicker({ kind: 'hand', taskIds: ids, anchor });
  else if (key === 'a') void handToAgent(first);
  else if (key === 'Enter') showTask(first);
  else if (key === 'e') {
    showTask(first);
    requestAnimationFrame(() => window.dispatchEvent(new Event('jan:edit-task')));
  } else return false;
  return true;
};
