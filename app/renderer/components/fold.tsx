import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import css from './fold.module.css';

/** A line that unfolds what is seldom needed. */
export const Fold = ({ label, children }: { label: ReactNode; children: ReactNode }) => {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <div className={css.fold}>
      <button
        type="button"
        className={css.toggle}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight size={16} stroke={1.6} className={css.chevron} data-open={isOpen || undefined} aria-hidden />
        {label}
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? children : null}
      </div>
    </div>
  );
};
