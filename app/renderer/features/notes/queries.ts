import { useQuery } from '@tanstack/react-query';
import type { Attachment, Note, NoteLink, NoteSummary, NoteVersion } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';

export const noteKeys = {
  lists: ['notes'] as const,
  one: (id: string) => ['note', id] as const,
  versions: (id: string) => ['note-versions', id] as const,
  backlinks: (id: string) => ['note-backlinks', id] as const,
  attachments: (id: string) => ['note-attachments', id] as const,
};

/** So many notes a list holds at most; search finds the others. */
export const mostNotes = 2_000;

const noNotes: NoteSummary[] = [];
const noVersions: NoteVersion[] = [];
const noLinks: NoteLink[] = [];
const noAttachments: Attachment[] = [];

export const noteListQuery = (filter: { projectId?: string; tag?: string; trash?: boolean }) => ({
  queryKey: [...noteKeys.lists, filter],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.notes.list({ ...filter, limit: mostNotes }, { signal }),
});

export const useNotes = (
  filter: { projectId?: string; tag?: string; trash?: boolean } = {},
): { readonly notes: NoteSummary[]; readonly pending: boolean; readonly error: unknown } => {
  const result = useQuery(noteListQuery(filter));
  return { notes: result.data ?? noNotes, pending: result.isPending, error: result.error };
};

export const useNote = (id: string): { readonly note: Note | undefined; readonly error: unknown } => {
  const result = useQuery({ queryKey: noteKeys.one(id), queryFn: ({ signal }) => api.notes.get({ id }, { signal }) });
  return { note: result.data, error: result.error };
};

export const useVersions = (id: string, enabled: boolean): NoteVersion[] =>
  useQuery({
    queryKey: noteKeys.versions(id),
    queryFn: ({ signal }) => api.notes.versions({ id }, { signal }),
    enabled,
  }).data ?? noVersions;

export const useBacklinks = (id: string): NoteLink[] =>
  useQuery({ queryKey: noteKeys.backlinks(id), queryFn: ({ signal }) => api.notes.backlinks({ id }, { signal }) })
    .data ?? noLinks;

export const useAttachments = (id: string): Attachment[] =>
  useQuery({ queryKey: noteKeys.attachments(id), queryFn: ({ signal }) => api.notes.attachments({ id }, { signal }) })
    .data ?? noAttachments;
