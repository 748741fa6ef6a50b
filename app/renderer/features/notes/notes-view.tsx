import { Button } from '@mantine/core';
import { IconFileText, IconNotes, IconPin, IconPlus, IconSparkles } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { NoteSummary } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, IconButton, SideList, SplitView } from '../../components/index.ts';
import { formatMoment, plural } from '../../days.ts';
import { hrefOf, navigate } from '../../router.ts';
import { queryClient } from '../../rpc/index.ts';
import { NoteEditorPane } from './note-pane.tsx';
import { createNote } from './open-note.ts';
import { mostNotes, noteKeys, useNotes } from './queries.ts';
import css from './notes-view.module.css';

const Row = ({ note, isOpen }: { note: NoteSummary; isOpen: boolean }) => (
  <a
    className={css.row}
    href={hrefOf({ view: 'note', id: note.id })}
    aria-current={isOpen ? 'true' : undefined}
    data-row-id={note.id}
    data-testid="note-row"
  >
    <span className={css.rowTop}>
      <span className={css.rowTitle}>{note.title}</span>
      {note.pinned ? <IconPin size={16} stroke={1.5} className={css.mark} aria-label="Pinned" /> : null}
      {note.runId ? <IconSparkles size={16} stroke={1.5} className={css.agent} aria-label="Made by the agent" /> : null}
      <span className={css.when}>{formatMoment(note.updatedAt)}</span>
    </span>
    <span className={css.excerpt}>{note.excerpt || 'No more text'}</span>
  </a>
);

const order = (a: NoteSummary, b: NoteSummary): number =>
  Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt;

const NoteList = ({ openId }: { openId: string | null }) => {
  const { notes, pending, error } = useNotes();
  const [filter, setFilter] = useState('');
  const shown = useMemo(() => {
    const words = filter.trim().toLowerCase();
    return notes
      .filter((note) => words === '' || `${note.title} ${note.excerpt}`.toLowerCase().includes(words))
      .toSorted(order);
  }, [notes, filter]);
  return (
    <SideList
      title="Notes"
      context={
        pending
          ? ''
          : notes.length < mostNotes
            ? plural(notes.length, 'note')
            : `The newest ${plural(mostNotes, 'note')}; search finds the rest`
      }
      actions={
        <>
          <IconButton
            icon={IconFileText}
            label="Extract from a transcript"
            onClick={() => navigate({ view: 'extract' })}
          />
          <IconButton
            icon={IconPlus}
            label="New note"
            shortcut="shift+n"
            onClick={() => void createNote()}
            testId="new-note"
          />
        </>
      }
      query={filter}
      onQuery={setFilter}
      searchLabel="Filter notes"
      placeholder="Filter…"
      items={shown}
      rowHeight={72}
      pending={pending}
      fault={
        error ? (
          <FaultNote
            what="The notes can't be shown."
            error={error}
            action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: noteKeys.lists }) }}
          />
        ) : null
      }
      none={notes.length > 0 ? 'No note has these words in its first lines.' : null}
      row={(note) => <Row note={note} isOpen={note.id === openId} />}
    />
  );
};

/** All notes, and beside them the one that is open. */
export const NotesView = ({ openId, line }: { openId: string | null; line?: number | undefined }) => {
  const { notes, pending } = useNotes();
  return (
    <SplitView testId="view-notes" isOpen={openId !== null} list={<NoteList openId={openId} />}>
      <div className={css.pane}>
        {openId !== null ? (
          <NoteEditorPane key={openId} id={openId} line={line} />
        ) : pending ? null : (
          <EmptyState
            icon={IconNotes}
            title={notes.length === 0 ? 'No note yet' : 'Choose a note'}
            text="Notes are plain Markdown. Link them with [[double brackets]], tag them with #words, and let the agent read a meeting’s transcript into decisions and tasks."
            action={
              <>
                <Button onClick={() => void createNote()}>New note</Button>
                <Button variant="default" onClick={() => navigate({ view: 'extract' })}>
                  Extract from a transcript
                </Button>
              </>
            }
          />
        )}
      </div>
    </SplitView>
  );
};
