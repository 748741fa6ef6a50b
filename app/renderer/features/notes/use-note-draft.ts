import { useCallback, useEffect, useRef, useState } from 'react';
import type { Note } from '../../../../node-core/contract/index.ts';
import { api, queryClient, toFault } from '../../rpc/index.ts';
import { noteKeys } from './queries.ts';

const saveAfter = 500;

export type SaveState = 'saved' | 'waiting' | 'saving' | 'conflict' | 'failed';

export interface NoteDraft {
  readonly text: string;
  readonly state: SaveState;
  readonly error: unknown;
  readonly change: (text: string) => void;
  readonly flush: () => void;
  /** Ends a conflict: keep what is here, or take what is stored. */
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

/** The text being edited, saved a moment after the last key. A save from elsewhere in between is noticed, never overwritten. */
export const useNoteDraft = (note: Note): NoteDraft => {
  const [draft, setDraft] = useState<string | null>(null);
  const [state, setState] = useState<SaveState>('saved');
  const [error, setError] = useState<unknown>(null);
  const text = useRef<string | null>(null);
  const revision = useRef(note.revision);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const saving = useRef(false);
  const inConflict = useRef(false);
  if (text.current === null) revision.current = note.revision;

  const save = useCallback(async (): Promise<void> => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    if (saving.current || text.current === null) return;
    const sent = text.current;
    saving.current = true;
    setState('saving');
    try {
      const saved = await api.notes.save({ id: note.id, text: sent, revision: revision.current });
      revision.current = saved.revision;
      queryClient.setQueryData(noteKeys.one(note.id), saved);
      void queryClient.invalidateQueries({ queryKey: noteKeys.lists });
      saving.current = false;
      if (text.current === sent) {
        text.current = null;
        setDraft(null);
        setState('saved');
      } else await save();
    } catch (fault) {
      saving.current = false;
      inConflict.current = toFault(fault).code === 'CONFLICT';
      setError(fault);
      setState(inConflict.current ? 'conflict' : 'failed');
    }
  }, [note.id]);

  // Also what could not be saved before: leaving the note is the last chance for it.
  const flush = useCallback((): void => {
    if (!inConflict.current) void save();
  }, [save]);

  useEffect(() => {
    window.addEventListener('beforeunload', flush);
    return () => {
      window.removeEventListener('beforeunload', flush);
      // Neither text may be lost, and nobody is left to choose: the one that was typed here becomes a note of its own.
      if (inConflict.current && text.current !== null) void api.notes.create({ text: text.current });
      else flush();
    };
  }, [flush]);

  return {
    text: draft ?? note.text,
    state,
    error,
    change(next) {
      text.current = next;
      setDraft(next);
      if (inConflict.current) return;
      setState('waiting');
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), saveAfter);
    },
    flush,
    keepMine() {
      void queryClient
        .fetchQuery({ queryKey: noteKeys.one(note.id), queryFn: () => api.notes.get({ id: note.id }), staleTime: 0 })
        .then((stored) => {
          inConflict.current = false;
          revision.current = stored.revision;
          return save();
        })
        .catch(setError);
    },
    takeTheirs() {
      inConflict.current = false;
      text.current = null;
      setDraft(null);
      setState('saved');
      void queryClient.invalidateQueries({ queryKey: noteKeys.one(note.id) });
    },
  };
};
