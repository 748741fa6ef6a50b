import { Button } from '@mantine/core';
import {
  IconAlertCircle,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleMinus,
  IconClock,
  IconHelpCircle,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
} from '@tabler/icons-react';
import type { Run } from '../../../../node-core/contract/index.ts';
import {
  EmptyState,
  FaultNote,
  IconButton,
  SkeletonRows,
  Spinner,
  Steady,
  View,
  walkRows,
} from '../../components/index.ts';
import { formatCount, formatDuration, formatMoment, plural } from '../../days.ts';
import { hrefOf, navigate } from '../../router.ts';
import { queryClient } from '../../rpc/index.ts';
import { openQuickAdd } from '../shell/commands.ts';
import { stopRun } from './actions.ts';
import { isActive, runKeys, useRuns } from './queries.ts';
import { useTicking } from './use-ticking.ts';
import css from './runs-view.module.css';

export const RunMark = ({ run, size = 16 }: { run: Pick<Run, 'state' | 'undoneAt'>; size?: number }) => {
  if (run.undoneAt !== null)
    return <IconArrowBackUp size={size} stroke={1.6} className={css.faint} aria-label="Undone" />;
  switch (run.state) {
    case 'running':
      return (
        <span className={css.agent} role="img" aria-label="Running">
          <Spinner size={size} />
        </span>
      );
    case 'waiting':
      return <IconHelpCircle size={size} stroke={1.6} className={css.waiting} aria-label="Waits for you" />;
    case 'queued':
      return <IconClock size={size} stroke={1.6} className={css.agent} aria-label="In the queue" />;
    case 'done':
      return <IconCircleCheck size={size} stroke={1.6} className={css.done} aria-label="Done" />;
    case 'failed':
      return <IconAlertCircle size={size} stroke={1.6} className={css.failed} aria-label="Failed" />;
    case 'cancelled':
      return <IconCircleMinus size={size} stroke={1.6} className={css.faint} aria-label="Stopped" />;
  }
};

const outcome = (run: Run): string => {
  if (run.undoneAt !== null) return 'undone';
  if (run.state === 'waiting') return 'waits for you';
  if (run.state === 'queued') return 'in the queue';
  if (run.state === 'cancelled') return 'stopped';
  if (run.state === 'failed') return 'failed';
  if (!run.result) return '';
  if (run.result.skill === 'plan') return plural(run.result.taskIds.length, 'task');
  if (run.result.skill === 'playbook') {
    const { projectIds, noteIds, taskIds } = run.result;
    if (taskIds.length > 0) return plural(taskIds.length, 'task');
    return noteIds.length > 0 ? plural(noteIds.length, 'note') : plural(projectIds.length, 'project');
  }
  return `${plural(run.result.actions.length, 'action')}, ${plural(run.result.decisions.length, 'decision')}`;
};

interface RowProps {
  readonly run: Run;
  readonly now: number;
  /** Some run of the list can be stopped, so that each leaves room for the button. */
  readonly stops: boolean;
  /** Where in the list it stands: rows move up when one above them ends. */
  readonly place: string;
}

const Row = ({ run, now, stops, place }: RowProps) => (
  <li className={css.line}>
    <a className={css.row} href={hrefOf({ view: 'run', id: run.id })} data-row data-testid="run-row">
      <RunMark run={run} />
      <span className={css.title}>{run.title}</span>
      <span className={css.meta}>
        <span className={css.outcome} data-state={run.undoneAt === null ? run.state : undefined}>
          {outcome(run)}
        </span>
        <span className={css.tokens}>{run.outputTokens > 0 ? `${formatCount(run.outputTokens)} tok` : ''}</span>
        <span className={css.time}>{run.startedAt ? formatDuration((run.endedAt ?? now) - run.startedAt) : ''}</span>
        <span className={css.when}>{formatMoment(run.createdAt)}</span>
      </span>
    </a>
    {isActive(run) ? (
      <Steady place={place}>
        <IconButton icon={IconPlayerStop} label={`Stop “${run.title}”`} onClick={() => void stopRun(run.id)} />
      </Steady>
    ) : stops ? (
      <span className={css.noStop} />
    ) : null}
  </li>
);

/** What waits for a person is on top, however long ago it began. */
const Rows = ({ runs, now }: { runs: readonly Run[]; now: number }) => {
  const stops = runs.some(isActive);
  const asks = runs.filter(({ state }) => state === 'waiting');
  const others = runs.filter(({ state }) => state !== 'waiting');
  return (
    <div role="presentation" onKeyDown={walkRows}>
      {asks.length > 0 ? (
        <>
          <h2 className={css.heading}>Waiting for you</h2>
          <ul className={css.rows} data-testid="waiting-runs">
            {asks.map((run, at) => (
              <Row key={run.id} run={run} now={now} stops={stops} place={`waiting ${at}`} />
            ))}
          </ul>
          {others.length > 0 ? <h2 className={css.heading}>The others</h2> : null}
        </>
      ) : null}
      <ul className={css.rows}>
        {others.map((run, at) => (
          <Row key={run.id} run={run} now={now} stops={stops} place={`${asks.length} ${at}`} />
        ))}
      </ul>
    </div>
  );
};

export const RunsView = () => {
  const { runs, pending, error } = useRuns();
  const isAtWork = runs.some((run) => isActive(run) && run.state !== 'waiting');
  const now = useTicking(runs.some(isActive), isAtWork ? 200 : 1_000);
  return (
    <View
      title="Runs"
      testId="view-runs"
      context="What the agent did, step by step, and the way to take it back"
      actions={
        <>
          <Button variant="default" onClick={() => navigate({ view: 'extract' })}>
            Extract from a transcript
          </Button>
          {runs.length > 0 ? (
            <Button leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={openQuickAdd}>
              Plan a goal
            </Button>
          ) : null}
        </>
      }
    >
      {pending ? <SkeletonRows height={40} /> : null}
      {error ? (
        <FaultNote
          what="The runs can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void queryClient.invalidateQueries({ queryKey: runKeys.list }) }}
        />
      ) : null}
      <Rows runs={runs} now={now} />
      {!pending && !error && runs.length === 0 ? (
        <EmptyState
          icon={IconPlayerPlay}
          title="The agent has not run yet"
          text="Hand it a goal, such as “Plan the product launch by June 30”, and watch it become a project with dated tasks. Every step is kept here and can be undone as one."
          action={<Button onClick={openQuickAdd}>Plan a goal</Button>}
        />
      ) : null}
    </View>
  );
};
