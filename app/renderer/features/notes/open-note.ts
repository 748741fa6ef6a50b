import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { showToast } from '../../ui-store.ts';
import { showFault } from '../tasks/actions.ts';

/** Follows a wiki-link; a title that no note has yet makes one. */
export const openNoteByTitle = async (title: string): Promise<void> => {
  try {
    const found = await api.notes.resolveLink({ title });
    const id = found?.id ?? (await api.notes.create({ text: `# ${title}\n\n` })).id;
    navigate({ view: 'note', id });
  } catch (error) {
    showFault(error, 'The note was not opened.');
  }
};

/** To the note of this title, if it is still there. */
export const showNoteByTitle = async (title: string): Promise<void> => {
  try {
    const found = await api.notes.resolveLink({ title });
    if (found) navigate({ view: 'note', id: found.id });
    else showToast({ tone: 'plain', text: `No note is called “${title}” any more.` });
  } catch (error) {
    showFault(error, 'The note was not opened.');
  }
};

/** What a new note holds until its first word is typed. */
export const newNoteText = '# Untitled';

/** Makes an empty note and opens it. */
export const createNote = async (projectId?: string): Promise<void> => {
  try {
    const note = await api.notes.create({ text: newNoteText, ...(projectId ? { projectId } : {}) });
    navigate({ view: 'note', id: note.id });
    requestAnimationFrame(() => window.dispatchEvent(new Event('jan:edit-note')));
  } catch (error) {
    showFault(error, 'The note was not made.');
  }
};
