import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconFileText, IconNotes, IconPin, IconPlus, IconSparkles, IconTrash } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { NoteSummary } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, IconButton, SkeletonRows, useArrivalFocus } from '../../components/index.ts';
import { formatMoment, plural } from '../../days.ts';
import { hrefOf, navigate } from '../../router.ts';
import { queryClient } from '../../rpc/index.ts';
import { NoteEditorPane } from './note-pane.tsx';
import { createNote } from './open-note.ts';
import { mostNotes, noteKeys, useNotes } from './queries.ts';
import css from './notes-view.module.css';

const rowHeight = 72;

const Row = ({ note, isOpen }: { note: NoteSummary; isOpen: boolean }) => (
  <a
    className={css.row}
    href={hrefOf({ view: 'note', id: note.id })}
    aria-current={isOpen ? 'true' : undefined}
    data-note-id={note.id}
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
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => {
    const words = filter.trim().toLowerCase();
    return notes
      .filter((note) => words === '' || `${note.title} ${note.excerpt}`.toLowerCase().includes(words))
      .toSorted(order);
  }, [notes, filter]);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    // Rows are there in the first frame, before anything is measured.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    estimateSize: () => rowHeight,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 8,
  });
  const walk = (by: 1 | -1): void => {
    const rows = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-note-id]') ?? [])];
    const at = rows.indexOf(
      document.activeElement instanceof HTMLElement ? document.activeElement : (rows[0] ?? document.body),
    );
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  };
  return (
    <div className={css.list}>
      <div className={css.listTop}>
        <div>
          <h1 className={css.title}>Notes</h1>
          <div className={css.context}>
            {pending
              ? ''
              : notes.length < mostNotes
                ? plural(notes.length, 'note')
                : `The newest ${plural(mostNotes, 'note')}; search finds the rest`}
          </div>
        </div>
        <span className={css.listActions}>
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
        </span>
      </div>
      <input
        autoComplete="off"
        className={css.filter}
        value={filter}
        placeholder="Filter…"
        aria-label="Filter notes"
        onChange={(event) => setFilter(event.target.value)}
      />
      <div
        ref={scroller}
        className={css.rows}
        role="presentation"
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          if (event.key === 'ArrowDown' || event.key === 'j') walk(1);
          else if (event.key === 'ArrowUp' || event.key === 'k') walk(-1);
          else return;
          event.preventDefault();
        }}
      >
        {pending ? <SkeletonRows height={rowHeight} count={6} /> : null}
        {error ? (
          <FaultNote
            what="The notes can't be shown."
            error={error}
            action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: noteKeys.lists }) }}
          />
        ) : null}
        {!pending && notes.length > 0 && shown.length === 0 ? (
          <p className={css.none}>No note has these words in its first lines.</p>
        ) : null}
        <div style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const note = shown[item.index];
            return note ? (
              <div
                key={item.key}
                className={css.slot}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <Row note={note} isOpen={note.id === openId} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      <button type="button" className={css.trash} onClick={() => navigate({ view: 'trash' })}>
        <IconTrash size={16} stroke={1.6} aria-hidden />
        Trash
      </button>
    </div>
  );
};

/** All notes, and beside them the one that is open. */
export const NotesView = ({ openId, line }: { openId: string | null; line?: number | undefined }) => {
  const { notes, pending } = useNotes();
  const place = useArrivalFocus();
  return (
    <main
      ref={place}
      className={css.view}
      data-testid="view-notes"
      data-has-note={openId !== null || undefined}
      tabIndex={-1}
    >
      <NoteList openId={openId} />
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
    </main>
  );
};
