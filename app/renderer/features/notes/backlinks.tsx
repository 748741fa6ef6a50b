import { IconLink, type Icon } from '@tabler/icons-react';
import { plural } from '../../days.ts';
import { hrefOf } from '../../router.ts';
import { useBacklinks } from './queries.ts';
import css from './note-pane.module.css';

const glyph = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

export const Backlinks = ({ noteId }: { noteId: string }) => {
  const links = useBacklinks(noteId);
  if (links.length === 0) return null;
  return (
    <section className={css.part} aria-label="Backlinks" data-testid="backlinks">
      <h2 className={css.partTitle}>{plural(links.length, 'link')} here</h2>
      {links.map((link) => (
        <a
          key={`${link.noteId}-${link.line}`}
          className={css.link}
          href={hrefOf({ view: 'note', id: link.noteId, line: link.line })}
        >
          {glyph(IconLink)}
          <span className={css.linkBody}>
            <span>{link.title}</span>
            <span className={css.itemHint}>{link.excerpt}</span>
          </span>
        </a>
      ))}
    </section>
  );
};
