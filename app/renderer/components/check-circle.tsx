import type { Task } from '../../../node-core/contract/index.ts';
import css from './check-circle.module.css';

interface CheckCircleProps {
  readonly status: Task['status'];
  readonly priority: Task['priority'];
  readonly label: string;
  readonly onToggle: () => void;
  readonly focusable?: boolean;
  readonly size?: number;
}

/** The round box of a task: its ring carries the priority, its middle the state. */
export const CheckCircle = ({ status, priority, label, onToggle, focusable = true, size = 16 }: CheckCircleProps) => (
  <button
    type="button"
    role="checkbox"
    aria-checked={status === 'done' ? 'true' : status === 'doing' ? 'mixed' : 'false'}
    aria-label={label}
    className={css.check}
    data-status={status}
    data-priority={priority}
    tabIndex={focusable ? 0 : -1}
    onClick={(event) => {
      event.stopPropagation();
      onToggle();
    }}
  >
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      <circle className={css.ring} cx="8" cy="8" r="7.1" />
      {status === 'doing' ? <path className={css.half} d="M8 3.6a4.4 4.4 0 0 1 0 8.8z" /> : null}
      {status === 'cancelled' ? (
        <path className={css.tick} d="M5.5 5.5l5 5m0-5l-5 5" />
      ) : (
        <path className={css.tick} d="M4.7 8.3l2.3 2.3 4.4-4.9" />
      )}
    </svg>
  </button>
);
