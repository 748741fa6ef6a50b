import { z } from 'zod';
import { addNote, type Change, removeNote, saveNote } from '../../../workspace/index.ts';
import { withTags } from '../../notes.ts';
import type { Touched } from '../../journal.ts';
import { Proposal } from '../rules/proposals.ts';
import { defineChange } from './change.ts';

/** What was chosen of tags, merges and splits. A note that was changed since stays as it is, and that is said. */
export const notesChange = defineChange({
  name: 'apply-proposals',
  input: z.object({ chosen: z.array(Proposal).nullable() }),
  apply(change, { chosen }) {
    const touched = new Map<string, Touched>();
    const notices: string[] = [];
    /** Where the text of a merged or split note went. */
    const moved = new Map<string, readonly string[]>();
    const touch = ({ id, title }: { readonly id: string; readonly title: string }) =>
      touched.set(id, { kind: 'note', id, title });

    const asItWas = (id: string, base: string) => {
      const note = living(change, id);
      if (note?.text === base) return note;
      notices.push(
        `“${change.tx.get('note', id)?.title ?? 'A note'}” was ${note ? 'changed' : 'removed'} in the meantime and is left as it is.`,
      );
      return undefined;
    };

    for (const proposal of chosen ?? []) {
      if (proposal.kind === 'merge') {
        const notes = proposal.ids.map((id, index) => asItWas(id, proposal.base[index] ?? ''));
        const [first, ...others] = notes;
        if (!first || others.length === 0 || notes.includes(undefined)) continue;
        touch(
          saveNote(
            change,
            first.id,
            withTags(
              proposal.text,
              notes.flatMap((note) => note?.tags ?? []),
            ),
          ),
        );
        for (const other of others) {
          if (!other) continue;
          touch(removeNote(change, other.id));
          moved.set(other.id, [first.id]);
        }
      }
      if (proposal.kind === 'split') {
        const whole = asItWas(proposal.id, proposal.base);
        if (!whole) continue;
        const parts = proposal.texts.map((text) => addNote(change, { text, projectId: whole.projectId }));
        for (const part of parts) touch(part);
        touch(removeNote(change, whole.id));
        moved.set(
          whole.id,
          parts.map(({ id }) => id),
        );
      }
    }
    for (const proposal of chosen ?? []) {
      if (proposal.kind !== 'tag') continue;
      for (const id of new Set(proposal.ids.flatMap((each) => moved.get(each) ?? [each]))) {
        const note = living(change, id);
        if (note && !note.tags.includes(proposal.tag)) touch(saveNote(change, id, withTags(note.text, [proposal.tag])));
      }
    }
    return {
      value: { changed: touched.size, notices },
      output: [`${touched.size} notes changed`, ...notices].join('\n'),
      touched: [...touched.values()],
    };
  },
});

const living = ({ tx }: Change, id: string) => {
  const note = tx.get('note', id);
  return note?.deletedAt === null ? note : undefined;
};
