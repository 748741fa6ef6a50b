import { Button, Menu } from '@mantine/core';
import { IconArrowBackUp, IconPlayerStop, IconRefresh, IconRepeat, IconRoute } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RunDetail } from '../../../../node-core/contract/index.ts';
import {
  FaultNote,
  Fold,
  MenuButton,
  regainFocus,
  ScrollText,
  SkeletonRows,
  Steady,
  View,
} from '../../components/index.ts';
import { formatCount, formatDuration, formatMoment } from '../../days.ts';
import { hrefOf, navigate, showTask, useLocation } from '../../router.ts';
import { useUi } from '../../ui-store.ts';
import { useModels } from '../models/queries.ts';
import { useTask } from '../tasks/queries.ts';
import { placeName } from '../shell/status-strip.tsx';
import { forkRun, replayRun, startAgain, stopByKey, stopRun, undoRun } from './actions.ts';
import { isActive, useRuns } from './queries.ts';
import { PlaybookBody, type Tab } from './playbook-body.tsx';
import { ResultCard } from './result-card.tsx';
import { type Replay, ReplayNote, UndoneNote } from './run-notes.tsx';
import { RunMark } from './runs-view.tsx';
import { StepRow } from './step-row.tsx';
import { useRun } from './use-run.ts';
import { useTicking } from './use-ticking.ts';
import css from './run-view.module.css';

const isTypingSomewhere = (): boolean =>
  document.activeElement instanceof HTMLElement && ['INPUT', 'TEXTAREA'].includes(document.activeElement.tagName);

const stateWords: Readonly<Record<RunDetail['state'], string>> = {
  queued: 'Waiting for its turn',
  running: 'Working',
  waiting: 'Waiting for you',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Stopped',
};

const inputNames: Readonly<Record<RunDetail['skill'], string>> = {
  plan: 'The goal as it was given',
  extract: 'The transcript as it was given',
  playbook: 'The inputs as they were given',
};

/** The task that was handed over. */
const ForTask = ({ id }: { id: string }) => {
  const { task } = useTask(id);
  return task ? (
    <>
      {' · for the task '}
      <button type="button" className={css.task} onClick={() => showTask(id)}>
        {task.title}
      </button>
    </>
  ) : null;
};

/** A run as it happens and as it happened. */
export const RunView = ({ id }: { id: string }) => {
  const { run: followed, live, error } = useRun(id);
  const { runs } = useRuns();
  // A run that has ended is followed no more; that it was undone later is told with the list.
  const undoneAt = runs.find((other) => other.id === id)?.undoneAt;
  const run = followed && undoneAt !== undefined ? { ...followed, undoneAt } : followed;
  const running = run !== null && isActive(run);
  // What waits for a person is not stopped by the key that closes things.
  const isAtWork = running && run.state !== 'waiting';
  const now = useTicking(running, isAtWork ? 200 : 1_000);
  const title = run?.title ?? '';
  const { models } = useModels();
  const { route } = useLocation();
  const [tab, setTab] = useState<Tab | null>(route.view === 'run' && route.call ? 'calls' : null);
  const [replay, setReplay] = useState<Replay | null>(null);
  const doReplay = async (): Promise<void> => {
    setReplay('under way');
    setReplay(await replayRun(id));
  };

  useEffect(() => {
    if (!isAtWork) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const { palette, confirmation } = useUi.getState();
      if (
        event.key !== 'Escape' ||
        event.defaultPrevented ||
        palette !== 'closed' ||
        confirmation ||
        isTypingSomewhere()
      )
        return;
      event.preventDefault();
      void stopByKey({ id, title });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [id, title, isAtWork]);

  // Which buttons its head has. One that had the focus and is gone must not leave keys nowhere.
  const head = run === null ? 'none' : running ? 'at work' : run.undoneAt === null ? 'ended' : 'undone';
  const before = useRef(head);
  useEffect(() => {
    if (before.current !== head && before.current !== 'none') regainFocus();
    before.current = head;
  }, [head]);

  if (!run) {
    // What lists know of it, so that its head does not change when the rest is there.
    const listed = runs.find((other) => other.id === id);
    return (
      <View
        title={
          listed && !error ? (
            <>
              <RunMark run={listed} size={20} />
              <span className={css.title}>{listed.title}</span>
            </>
          ) : (
            'Run'
          )
        }
        testId="view-run"
      >
        {error ? (
          <FaultNote
            what="This run can't be shown."
            error={error}
            action={{ label: 'See all runs', run: () => navigate({ view: 'runs' }) }}
          />
        ) : (
          <SkeletonRows count={4} height={40} />
        )}
      </View>
    );
  }

  const model = models.find((other) => other.id === run.modelId)?.name ?? run.modelId;
  const elapsed = run.startedAt ? formatDuration((run.endedAt ?? now) - run.startedAt) : '';
  const tokens =
    run.promptTokens + run.outputTokens > 0
      ? `${formatCount(run.promptTokens)} tokens read, ${formatCount(run.outputTokens)} written`
      : '';
  const facts = [
    run.undoneAt
      ? `${run.state === 'cancelled' ? 'Stopped and undone' : 'Undone'} ${formatMoment(run.undoneAt)}`
      : stateWords[run.state],
    elapsed,
    tokens,
    model,
    `computed on ${placeName(run.place)}`,
  ].filter((fact) => fact !== '');
  const failed = run.steps.find(({ state }) => state === 'failed');
  // What came before is taken over; where that was taken back, there is nothing to go on from.
  const goesOnFrom = run.playbook && run.undoneAt === null ? (failed?.id ?? null) : null;
  const changed = run.steps.some((step) => step.touched.length > 0);

  return (
    <View
      title={
        <>
          <RunMark run={run} size={20} />
          <span className={css.title} title={run.title}>
            {run.title}
          </span>
        </>
      }
      testId="view-run"
      context={
        <span className="tabular">
          {facts.join(' · ')}
          {run.taskId ? <ForTask id={run.taskId} /> : null}
          {run.playbook?.forkOf ? (
            <>
              {' · forked from '}
              <a className={css.task} href={hrefOf({ view: 'run', id: run.playbook.forkOf.runId })}>
                {runs.find(({ id: other }) => other === run.playbook?.forkOf?.runId)?.title ?? 'another run'}
              </a>
            </>
          ) : null}
        </span>
      }
      actions={
        <Steady place={`${id} ${head}`}>
          {running ? (
            <Button
              color="red"
              variant="light"
              leftSection={<IconPlayerStop size={16} stroke={1.6} aria-hidden />}
              onClick={() => void stopRun(id)}
              data-testid="stop-run"
            >
              Stop
            </Button>
          ) : (
            <>
              {run.undoneAt === null && changed ? (
                <Button
                  variant="default"
                  leftSection={<IconArrowBackUp size={16} stroke={1.6} aria-hidden />}
                  onClick={() => void undoRun(run.id)}
                  data-testid="undo-run"
                >
                  Undo all of it
                </Button>
              ) : null}
              {!run.error && (run.state !== 'done' || run.undoneAt !== null) ? (
                <Button
                  variant="default"
                  leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
                  onClick={() => void startAgain(run)}
                >
                  Run again
                </Button>
              ) : null}
              <MenuButton label="More">
                <Menu.Item
                  leftSection={<IconRepeat size={16} stroke={1.6} aria-hidden />}
                  onClick={() => void doReplay()}
                >
                  Replay from the journal
                </Menu.Item>
                {run.state === 'done' && run.undoneAt === null ? (
                  <Menu.Item
                    leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
                    onClick={() => void startAgain(run)}
                  >
                    Run again
                  </Menu.Item>
                ) : null}
                {run.playbookId !== null ? (
                  <Menu.Item
                    leftSection={<IconRoute size={16} stroke={1.6} aria-hidden />}
                    onClick={() => navigate({ view: 'playbook', id: run.playbookId ?? '' })}
                  >
                    Open the playbook
                  </Menu.Item>
                ) : null}
              </MenuButton>
            </>
          )}
        </Steady>
      }
    >
      <Steady place={`${id} ${head}`}>
        <div className={css.notes}>
          {replay ? <ReplayNote run={run} replay={replay} onClose={() => setReplay(null)} /> : null}
          {run.error ? (
            <FaultNote
              what={failed ? `It did not get past “${failed.title}”.` : 'The run did not finish.'}
              error={run.error}
              action={
                goesOnFrom
                  ? { label: 'Try this step again', run: () => void forkRun({ id, step: goesOnFrom }) }
                  : { label: 'Run again', run: () => void startAgain(run) }
              }
            >
              {goesOnFrom ? (
                <Button variant="subtle" color="gray" onClick={() => void startAgain(run)}>
                  Run all of it again
                </Button>
              ) : null}
            </FaultNote>
          ) : null}
          <UndoneNote run={run} onShowCalls={() => setTab('calls')} />
        </div>
      </Steady>
      {run.playbook ? (
        <PlaybookBody run={run} live={live} now={now} tab={tab} onTab={setTab} />
      ) : (
        <ol
          className={css.steps}
          aria-label="Steps"
          data-testid="run-steps"
          data-undone={run.undoneAt !== null || undefined}
        >
          {run.steps.map((step) => (
            <StepRow
              key={step.index}
              step={step}
              live={live.get(step.index) ?? null}
              now={step.endedAt ?? now}
              ended={running ? null : run}
            />
          ))}
          {running && run.steps.every((step) => step.state !== 'running') ? (
            <li className={css.next}>
              {run.state === 'queued' ? 'Waits for the model to be free…' : 'Deciding the next step…'}
            </li>
          ) : null}
        </ol>
      )}
      {run.result && run.undoneAt === null && !run.playbook ? <ResultCard result={run.result} run={run} /> : null}
      <Fold label={inputNames[run.skill]}>
        <ScrollText label={inputNames[run.skill]} className={css.input}>
          {run.playbook ? JSON.stringify(run.playbook.inputs, null, 2) : run.input}
        </ScrollText>
      </Fold>
    </View>
  );
};
