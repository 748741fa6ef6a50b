import { IconSparkles } from '@tabler/icons-react';
import type { Run, Task } from '../../../../node-core/contract/index.ts';
import { Spinner } from '../../components/index.ts';
import { hrefOf } from '../../router.ts';
import { isActive, useRuns } from '../runs/queries.ts';
import { assigneeName } from './pick-panels.tsx';
import css from './task-detail.module.css';

const said: Readonly<Record<Run['state'], string>> = {
  queued: 'begins when there is room',
  running: 'is working on it',
  waiting: 'waits for you',
  done: 'is done with it',
  failed: 'could not finish it',
  cancelled: 'was stopped',
};

/** Who works on a task, or did last, and the way there. */
export const WorkedOn = ({ task }: { task: Task }) => {
  const { runs } = useRuns();
  const run = runs.find(({ taskId, undoneAt }) => taskId === task.id && undoneAt === null);
  if (!run) return null;
  const name = task.assignee === 'me' ? 'The agent' : assigneeName(task.assignee);
  return (
    <a className={css.source} href={hrefOf({ view: 'run', id: run.id })} data-testid="worked-on" data-state={run.state}>
      {isActive(run) && run.state !== 'waiting' ? <Spinner /> : <IconSparkles size={16} stroke={1.6} aria-hidden />}
      <span className={css.sourceBody}>
        <span>
          {name} {said[run.state]}
        </span>
        <span className={css.sourceLine}>{run.title}</span>
      </span>
    </a>
  );
};
