import type { ReactNode } from 'react';
import { useArrivalFocus } from './use-arrival-focus.ts';
import css from './view.module.css';

interface ViewProps {
  readonly title: ReactNode;
  /** One line: what this place holds now. */
  readonly context?: ReactNode;
  /** At most two; the rest is in the palette. */
  readonly actions?: ReactNode;
  /** Boards and editors take the width; everything else keeps to one readable column. */
  readonly wide?: boolean;
  /** The children scroll by themselves. */
  readonly ownScroll?: boolean;
  readonly testId: string;
  readonly children: ReactNode;
}

/** The frame of every place: its name, one line of context, its actions, its content. */
export const View = ({ title, context, actions, wide, ownScroll, testId, children }: ViewProps) => {
  const place = useArrivalFocus();
  return (
    <main ref={place} className={css.view} data-testid={testId} data-wide={wide || undefined} tabIndex={-1}>
      <header className={css.header}>
        <div className={css.headerInner}>
          <h1 className={css.title}>{title}</h1>
          <div className={css.context}>{context}</div>
          {actions ? <div className={css.actions}>{actions}</div> : null}
        </div>
      </header>
      {ownScroll ? (
        <div className={css.own}>{children}</div>
      ) : (
        <div className={css.scroll}>
          <div className={css.column}>{children}</div>
        </div>
      )}
    </main>
  );
};
