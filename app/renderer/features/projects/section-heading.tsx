import { IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../../components/index.ts';
import { api, queryClient } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import css from './section-heading.module.css';

const changed = (ask: Promise<unknown>, failed: string): void => {
  ask.then(
    () => void queryClient.invalidateQueries({ queryKey: ['sections'] }),
    (error: unknown) => showFault(error, failed),
  );
};

/** The name of a section, changed where it stands. */
export const SectionHeading = ({ id, name }: { id: string; name: string }) => {
  const [draft, setDraft] = useState(name);
  useEffect(() => setDraft(name), [name]);
  return (
    <span className={css.heading}>
      <input
        autoComplete="off"
        className={css.name}
        aria-label="Section name"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => {
          const next = draft.trim();
          if (next === '') setDraft(name);
          else if (next !== name)
            changed(api.projects.updateSection({ id, name: next }), 'The section was not renamed.');
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <span className={css.remove}>
        <IconButton
          icon={IconTrash}
          label={`Remove the section ${name}`}
          onClick={() => changed(api.projects.removeSection({ id }), 'The section was not removed.')}
        />
      </span>
    </span>
  );
};
