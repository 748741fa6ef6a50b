import { IconArrowBackUp, IconCircle, IconMessages, IconNotes, IconTrash, type Icon } from '@tabler/icons-react';
import { EmptyState, FaultNote, IconButton, SkeletonRows, View } from '../../components/index.ts';
import { formatMoment, plural } from '../../days.ts';
import { navigate, showTask } from '../../router.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { restoreThread } from '../chat/actions.ts';
import { useTrashedThreads } from '../chat/queries.ts';
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

interface Trashed {
  readonly id: string;
  readonly title: string;
  readonly at: number | null;
  readonly icon: Icon;
  readonly kind: string;
  readonly open: () => void;
  readonly restore: () => Promise<unknown>;
}

/** What was deleted, and the way back for each. */
export const TrashView = () => {
  const tasks = useTasks({ view: 'trash' });
  const notes = useNotes({ trash: true });
  const chats = useTrashedThreads();
  const pending = tasks.pending || notes.pending || chats.pending;
  const error = tasks.error ?? notes.error ?? chats.error;
  const things: readonly Trashed[] = [
    ...tasks.tasks.map(({ id, title, deletedAt }) => ({
      id,
      title,
      at: deletedAt,
      icon: IconCircle,
      kind: 'Task',
      open: () => showTask(id),
      restore: () => restoreTask(id),
    })),
    ...notes.notes.map(({ id, title, deletedAt }) => ({
      id,
      title,
      at: deletedAt,
      icon: IconNotes,
      kind: 'Note',
      open: () => navigate({ view: 'note', id }),
      restore: () => restoreNote(id),
    })),
    ...chats.threads.map(({ id, title, deletedAt }) => ({
      id,
      title: title || 'New chat',
      at: deletedAt,
      icon: IconMessages,
      kind: 'Chat',
      open: () => navigate({ view: 'chat', id }),
      restore: () => restoreThread(id),
    })),
  ].toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  const count = things.length;
  return (
    <View
      title="Trash"
      testId="view-trash"
      context={pending || count === 0 ? 'What was deleted waits here' : plural(count, 'thing')}
    >
      {pending ? <SkeletonRows /> : null}
      {error ? <FaultNote what="The trash can't be shown." error={error} /> : null}
      <ul className={css.list}>
        {things.map(({ icon: Glyph, ...thing }) => (
          <li key={thing.id} className={css.row} data-testid="trash-row">
            <Glyph size={16} stroke={1.6} className={css.icon} aria-label={thing.kind} />
            <button type="button" className={css.label} onClick={thing.open}>
              {thing.title}
            </button>
            <span className={css.when}>{formatMoment(thing.at ?? 0)}</span>
            <IconButton icon={IconArrowBackUp} label={`Restore ${thing.title}`} onClick={() => void thing.restore()} />
          </li>
        ))}
      </ul>
      {!pending && !error && count === 0 ? (
        <EmptyState
          icon={IconTrash}
          title="The trash is empty"
          text="Deleted tasks, notes and chats come here first and can be brought back."
        />
      ) : null}
    </View>
  );
};
