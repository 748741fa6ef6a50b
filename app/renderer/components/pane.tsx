import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './icon-button.tsx';
import css from './pane.module.css';

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
  useEffect(() => {
    const before = document.activeElement;
    const own = pane.current;
    const first =
      own?.querySelector<HTMLElement>('[data-autofocus]') ?? own?.querySelector<HTMLElement>('[data-pane-body]');
    first?.focus({ preventScroll: true });
    return () => {
      queueMicrotask(() => {
        // Another pane may have come in its place.
        if (document.activeElement !== document.body) return;
        const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
        (isThere ? before : document.querySelector('main'))?.focus({ preventScroll: true });
      });
    };
  }, []);
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
