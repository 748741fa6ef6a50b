import { Button, Menu } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconArrowLeft,
  IconHistory,
  IconPaperclip,
  IconPin,
  IconPinnedOff,
  IconSparkles,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import type { Note } from '../../../../node-core/contract/index.ts';
import { FaultNote, IconButton, SkeletonRows, MenuButton } from '../../components/index.ts';
import { formatMoment, plural } from '../../days.ts';
import { hrefOf, navigate } from '../../router.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { showToast } from '../../ui-store.ts';
import { useProjectName } from '../projects/queries.ts';
import { useSettings } from '../settings/queries.ts';
import { showFault, undoable } from '../tasks/actions.ts';
import { newNoteText } from './open-note.ts';
import { LazyEditor } from './editor/lazy-editor.tsx';
import { noteKeys, useNote } from './queries.ts';
import { type SaveState, useNoteDraft } from './use-note-draft.ts';
import { Attachments, attach } from './attachments.tsx';
import { Backlinks } from './backlinks.tsx';
import { HandNote } from './hand-note.tsx';
import { Versions } from './versions.tsx';
import css from './note-pane.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

const saveWords: Readonly<Record<SaveState, string>> = {
  saved: 'Saved',
  waiting: 'Editing…',
  saving: 'Saving…',
  conflict: 'Changed elsewhere',
  failed: 'Not saved',
};

const Editor = ({ note, line }: { note: Note; line: number | undefined }) => {
  const draft = useNoteDraft(note);
  const font = useSettings()?.noteFont ?? 'sans';
  const project = useProjectName(note.projectId);
  const [showsVersions, setShowsVersions] = useState(false);
  const [handing, setHanding] = useState(false);
  const bar = useRef<HTMLElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isNew = note.text === newNoteText || note.text === '';
  const isTrashed = note.deletedAt !== null;

  const onDrop = (event: DragEvent): void => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void attach(note.id, event.dataTransfer.files);
  };

  const remove = async (): Promise<void> => {
    try {
      await api.notes.remove({ id: note.id });
      navigate({ view: 'notes' });
      await undoable(`Deleted “${note.title}”`);
    } catch (error) {
      showFault(error, 'The note was not deleted.');
    }
  };
  const pin = (): void => {
    api.notes.update({ id: note.id, patch: { pinned: !note.pinned } }).then(
      (next) => {
        queryClient.setQueryData(noteKeys.one(note.id), next);
        void queryClient.invalidateQueries({ queryKey: noteKeys.lists });
      },
      (error: unknown) => showFault(error, 'The note was not pinned.'),
    );
  };
  const restore = async (): Promise<void> => {
    try {
      queryClient.setQueryData(noteKeys.one(note.id), await api.notes.restore({ id: note.id }));
    } catch (error) {
      showFault(error, 'The note was not restored.');
    }
  };

  return (
    <div className={css.note}>
      <div className={css.main}>
        <header ref={bar} className={css.bar}>
          <span className={css.back}>
            <IconButton icon={IconArrowLeft} label="All notes" onClick={() => navigate({ view: 'notes' })} />
          </span>
          <span className={css.barText}>
            {project ? (
              <a className={css.projectLink} href={hrefOf({ view: 'project', id: project.id })}>
                {project.name}
              </a>
            ) : null}
            {note.runId ? (
              <a className={css.agent} href={hrefOf({ view: 'run', id: note.runId })}>
                {glyph(IconSparkles)}
                Written by the agent
              </a>
            ) : null}
          </span>
          <span className={css.save} data-state={draft.state} role="status" data-testid="save-state">
            {saveWords[draft.state]}
          </span>
          <IconButton
            icon={IconHistory}
            label="Versions"
            active={showsVersions}
            onClick={() => setShowsVersions(!showsVersions)}
          />
          <MenuButton label="Note menu" width={200}>
            {isTrashed ? null : (
              <Menu.Item leftSection={glyph(IconArrowForwardUp)} onClick={() => setHanding(true)}>
                Hand to a playbook…
              </Menu.Item>
            )}
            <Menu.Item leftSection={glyph(IconPaperclip)} onClick={() => picker.current?.click()}>
              Attach a file…
            </Menu.Item>
            <Menu.Item leftSection={glyph(note.pinned ? IconPinnedOff : IconPin)} onClick={pin}>
              {note.pinned ? 'Unpin' : 'Pin to the top'}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={glyph(IconTrash)} onClick={() => void remove()}>
              Delete
            </Menu.Item>
          </MenuButton>
          {handing && bar.current?.lastElementChild instanceof HTMLElement ? (
            <HandNote
              note={note}
              text={draft.text}
              anchor={bar.current.lastElementChild}
              onClose={() => setHanding(false)}
            />
          ) : null}
        </header>
        <div
          className={css.scroll}
          role="presentation"
          onDrop={onDrop}
          onDragOver={(event) => event.preventDefault()}
          onKeyDown={(event) => {
            if (event.key === 'Escape')
              document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(note.id)}"]`)?.focus();
          }}
        >
          <div className={css.page} data-font={font}>
            {isTrashed ? (
              <div className={css.trashed}>
                <span>This note is in the trash.</span>
                <Button variant="default" onClick={() => void restore()}>
                  Restore
                </Button>
              </div>
            ) : null}
            {draft.state === 'conflict' ? (
              <FaultNote
                what="This note was changed elsewhere while you edited it."
                error={draft.error}
                action={{ label: 'Keep mine', run: draft.keepMine }}
              >
                <Button variant="subtle" color="gray" onClick={draft.takeTheirs}>
                  Take the other
                </Button>
              </FaultNote>
            ) : null}
            {draft.state === 'failed' ? (
              <FaultNote
                what="The note is not saved yet."
                error={draft.error}
                action={{ label: 'Save again', run: draft.flush }}
              />
            ) : null}
            <div className={css.text} data-testid="note-text">
              <LazyEditor
                value={draft.text}
                label="Note text"
                placeholder="Write…"
                autoFocus={isNew}
                readOnly={isTrashed}
                {...(line ? { line } : {})}
                onChange={draft.change}
                onBlur={draft.flush}
              />
            </div>
            <Attachments noteId={note.id} />
            <Backlinks noteId={note.id} />
            <p className={css.edited}>
              Edited {formatMoment(note.updatedAt)} · {plural(note.text.split(/\s+/).filter(Boolean).length, 'word')}
            </p>
          </div>
        </div>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            if (event.target.files) void attach(note.id, event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      {showsVersions ? (
        <Versions
          note={note}
          onClose={() => setShowsVersions(false)}
          onRestore={(text) => {
            draft.change(text);
            showToast({ tone: 'plain', text: 'The earlier version is back. The one before is kept too.' });
          }}
        />
      ) : null}
    </div>
  );
};

export const NoteEditorPane = ({ id, line }: { id: string; line: number | undefined }) => {
  const { note, error } = useNote(id);
  if (note) return <Editor note={note} line={line} />;
  return (
    <div className={css.waiting}>
      {error ? (
        <FaultNote
          what="This note can't be shown."
          error={error}
          action={{ label: 'See all notes', run: () => navigate({ view: 'notes' }) }}
        />
      ) : (
        <SkeletonRows count={8} height={28} />
      )}
    </div>
  );
};
