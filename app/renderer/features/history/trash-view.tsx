import { IconArrowBackUp, IconCircle, IconNotes, IconTrash } from '@tabler/icons-react';
import { EmptyState, FaultNote, IconButton, SkeletonRows, View } from '../../components/index.ts';
import { formatMoment, plural } from '../../days.ts';
import { navigate, showTask } from '../../router.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { noteKeys, useNotes } from '../notes/queries.ts';
import { restoreTask, showFault } from '../tasks/actions.ts';
import { useTasks } from '../tasks/queries.ts';
import css from './history-view.module.css';

const restoreNote = async (id: string): Promise<void> => {
  try {
    await api.notes.restore({ id });
    await queryClient.invalidateQueries({ queryKey: noteKeys.lists });
  } catch (error) {
    showFault(error, 'The note was not restored.');
  }
};

/** What was deleted, and the way back for each. */
export const TrashView = () => {
  const tasks = useTasks({ view: 'trash' });
  const notes = useNotes({ trash: true });
  const pending = tasks.pending || notes.pending;
  const error = tasks.error ?? notes.error;
  const count = tasks.tasks.length + notes.notes.length;
  const things = [
    ...tasks.tasks.map((task) => ({ kind: 'task' as const, id: task.id, title: task.title, at: task.deletedAt ?? 0 })),
    ...notes.notes.map((note) => ({ kind: 'note' as const, id: note.id, title: note.title, at: note.deletedAt ?? 0 })),
  ].toSorted((a, b) => b.at - a.at);
  return (
    <View
      title="Trash"
      testId="view-trash"
      context={pending || count === 0 ? 'What was deleted waits here' : plural(count, 'thing')}
    >
      {pending ? <SkeletonRows /> : null}
      {error ? <FaultNote what="The trash can't be shown." error={error} /> : null}
      <ul className={css.list}>
        {things.map((thing) => (
          <li key={thing.id} className={css.row} data-testid="trash-row">
            {thing.kind === 'task' ? (
              <IconCircle size={16} stroke={1.6} className={css.icon} aria-label="Task" />
            ) : (
              <IconNotes size={16} stroke={1.6} className={css.icon} aria-label="Note" />
            )}
            <button
              type="button"
              className={css.label}
              onClick={() => (thing.kind === 'task' ? showTask(thing.id) : navigate({ view: 'note', id: thing.id }))}
            >
              {thing.title}
            </button>
            <span className={css.when}>{formatMoment(thing.at)}</span>
            <IconButton
              icon={IconArrowBackUp}
              label={`Restore ${thing.title}`}
              onClick={() => void (thing.kind === 'task' ? restoreTask(thing.id) : restoreNote(thing.id))}
            />
          </li>
        ))}
      </ul>
      {!pending && !error && count === 0 ? (
        <EmptyState
          icon={IconTrash}
          title="The trash is empty"
          text="Deleted tasks and notes come here first and can be brought back."
        />
      ) : null}
    </View>
  );
};
