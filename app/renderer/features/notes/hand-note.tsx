import { IconRoute } from '@tabler/icons-react';
import type { Note, PlaybookEntry } from '../../../../node-core/contract/index.ts';
import { AnchoredPanel, PickList } from '../../components/index.ts';
import { openPlaybook } from '../agents/actions.ts';
import { usePlaybooks } from '../agents/queries.ts';

const takesNotes = ({ inputs }: PlaybookEntry): boolean =>
  inputs.some(({ type }) => type === 'note' || type === 'notes' || type === 'long-text');

/** The playbooks that can work on a note; the chosen one shows its form with the note in it. */
export const HandNote = ({
  note,
  text,
  anchor,
  onClose,
}: {
  note: Note;
  /** As it is in the editor. */
  text: string;
  anchor: HTMLElement;
  onClose: () => void;
}) => {
  const { items, pending } = usePlaybooks();
  return (
    <AnchoredPanel anchor={anchor} label="Hand to a playbook" width={300} onClose={onClose}>
      <PickList
        label="Hand to a playbook"
        placeholder="Hand to…"
        pending={pending}
        empty="No playbook takes a note."
        items={items.filter(takesNotes).map(({ id, name }) => ({
          id,
          label: name,
          icon: <IconRoute size={16} stroke={1.6} aria-hidden />,
          run: () => {
            onClose();
            openPlaybook(id, { taskId: null, noteId: note.id, text });
          },
        }))}
      />
    </AnchoredPanel>
  );
};
