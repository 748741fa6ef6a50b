import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Fault, toFault } from '../rpc/index.ts';
import css from './fault-note.module.css';

interface FaultNoteProps {
  /** One sentence of what failed. */
  readonly what: string;
  readonly error: unknown;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Another way on, beside the first. */
  readonly children?: ReactNode;
}

const isFault = (error: unknown): error is Fault =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error && 'message' in error;

/** What failed, what to do, one button that does it; the code folds out and can be copied. */
export const FaultNote = ({ what, error, action, children }: FaultNoteProps) => {
  const fault = isFault(error) ? error : toFault(error);
  return (
    <div className={css.note} role="alert" data-testid="fault">
      <IconAlertCircle size={16} stroke={1.6} className={css.icon} aria-hidden />
      <div className={css.body}>
        <p className={css.what}>{what}</p>
        <p className={css.todo}>{fault.message}</p>
        <div className={css.row}>
          {action ? (
            <Button variant="default" onClick={action.run}>
              {action.label}
            </Button>
          ) : null}
          {children}
          <details className={css.details}>
            <summary>Details</summary>
            <code>{fault.code}</code>
          </details>
        </div>
      </div>
    </div>
  );
};
