import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  /** What this place is for. */
  readonly text: ReactNode;
  /** The one thing to do next. */
  readonly action?: ReactNode;
}

export const EmptyState = ({ icon: Glyph, title, text, action }: EmptyStateProps) => (
  <div className={css.empty} data-testid="empty-state">
    <Glyph size={20} stroke={1.5} className={css.icon} aria-hidden />
    <h2 className={css.title}>{title}</h2>
    <p className={css.text}>{text}</p>
    {action ? <div className={css.action}>{action}</div> : null}
  </div>
);
