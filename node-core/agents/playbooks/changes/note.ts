import { z } from 'zod';
import { addNote } from '../../../workspace/index.ts';
import { withTags } from '../../notes.ts';
import { defineChange } from './change.ts';

export const noteChange = defineChange({
  name: 'note',
  input: z.object({
    text: z.string().min(1),
    projectId: z.string().nullish(),
    tags: z.array(z.string()).nullish(),
  }),
  apply(change, { text, projectId, tags }) {
    const note = addNote(change, { text: withTags(text, tags ?? []), projectId: projectId ?? null });
    return {
      value: { noteId: note.id, title: note.title },
      output: note.title,
      touched: [{ kind: 'note', id: note.id, title: note.title }],
    };
  },
});
