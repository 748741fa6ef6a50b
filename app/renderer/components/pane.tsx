import { IconX } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './icon-button.tsx';
import css from './pane.module.css';
import { useFocusInside } from './use-focus-inside.ts';

interface PaneProps {
  readonly title: string;
  readonly testId: string;
  readonly actions?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What a row of the list is about, beside the list. Escape closes it, and the focus goes back to the row. */
export const Pane = ({ title, testId, actions, onClose, children }: PaneProps) => {
  const pane = useRef<HTMLElement>(null);
  useFocusInside(pane);
  return (
    <aside
      ref={pane}
      className={css.pane}
      aria-label={title}
      data-testid={testId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={css.bar}>
        <h2 className={css.title}>{title}</h2>
        <span className={css.end}>
          {actions}
          <IconButton icon={IconX} label="Close" shortcut="escape" onClick={onClose} />
        </span>
      </header>
      <div className={css.body} data-pane-body tabIndex={-1}>
        {children}
      </div>
    </aside>
  );
};
