import { IconAlertCircle, IconCheck, IconCircleMinus, IconCornerDownRight, IconHelpCircle } from '@tabler/icons-react';
import type { RunStep } from '../../../../node-core/contract/index.ts';
import { Spinner } from '../../components/index.ts';
import css from './step-row.module.css';

/** How a step stands, by shape as well as by colour. */
export const StepMark = ({ state }: { state: RunStep['state'] }) => {
  if (state === 'running') {
    return (
      <span className={css.running} role="img" aria-label="Running">
        <Spinner />
      </span>
    );
  }
  if (state === 'done') return <IconCheck size={16} stroke={1.8} className={css.done} aria-label="Done" />;
  if (state === 'failed') return <IconAlertCircle size={16} stroke={1.6} className={css.failed} aria-label="Failed" />;
  if (state === 'waiting')
    return <IconHelpCircle size={16} stroke={1.6} className={css.waiting} aria-label="Waits for you" />;
  if (state === 'skipped')
    return <IconCornerDownRight size={16} stroke={1.6} className={css.faint} aria-label="Left out" />;
  return <IconCircleMinus size={16} stroke={1.6} className={css.faint} aria-label="Stopped" />;
};
