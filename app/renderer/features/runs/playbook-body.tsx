import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { RunDetail, RunStep } from '../../../../node-core/contract/index.ts';
import { LazyGraph } from '../agents/lazy-graph.tsx';
import { planOf } from '../agents/plan.ts';
import { BudgetLine } from './budget-line.tsx';
import { CallInspector } from './call-inspector.tsx';
import { PlaybookCard } from './playbook-result.tsx';
import { isActive } from './queries.ts';
import { Questions } from './questions.tsx';
import type { LiveStep } from './run-events.ts';
import { StepRow } from './step-row.tsx';
import { TraceTab } from './trace-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';
import css from './playbook-body.module.css';

const tabs = ['result', 'steps', 'graph', 'calls', 'versions', 'trace'] as const;
export type Tab = (typeof tabs)[number];

interface PickedTab {
  /** `null`: nobody has chosen one. */
  readonly tab: Tab | null;
  readonly onTab: (tab: Tab) => void;
}

interface BodyProps {
  readonly run: RunDetail;
  readonly live: ReadonlyMap<number, LiveStep>;
  readonly now: number;
}

/** A step that has ended is told no time: it is not drawn again while others go on. */
const Row = ({ step, run, live, now, opened }: BodyProps & { step: RunStep; opened?: boolean }) => (
  <StepRow
    step={step}
    live={live.get(step.index) ?? null}
    now={step.endedAt ?? now}
    ended={isActive(run) ? null : run}
    {...(opened ? { opened } : {})}
  />
);

const Rows = ({ run, live, now }: BodyProps) => {
  const begun = new Set(run.steps.map(({ id }) => id));
  const coming = isActive(run) ? (run.playbook?.playbook.steps.filter(({ id }) => !begun.has(id)) ?? []) : [];
  return (
    <ol
      className={css.steps}
      aria-label="Steps"
      data-testid="run-steps"
      data-undone={run.undoneAt !== null || undefined}
    >
      {run.steps.map((step) => (
        <Row key={step.index} step={step} run={run} live={live} now={now} />
      ))}
      {coming.map((step) => (
        <li key={step.id} className={css.coming} data-testid="coming-step">
          {step.title}
        </li>
      ))}
    </ol>
  );
};

const Graph = ({ run, live, now }: BodyProps) => {
  const [chosen, setChosen] = useState<string | null>(null);
  const pick = useCallback((id: string) => setChosen((old) => (id === old ? null : id)), []);
  const playbook = run.playbook?.playbook;
  const plan = useMemo(() => (playbook ? planOf(playbook) : []), [playbook]);
  const states = useMemo(
    () => new Map(run.steps.flatMap((step) => (step.id ? [[step.id, step.state] as const] : []))),
    [run.steps],
  );
  const steps = run.steps.filter((step) => step.id === chosen);
  return (
    <>
      <div className={css.wide}>
        <LazyGraph plan={plan} states={states} chosen={chosen} onPick={pick} />
      </div>
      {steps.length > 0 ? (
        <ol className={`${css.steps} ${css.chosen}`} aria-label="The chosen step">
          {steps.map((step) => (
            <Row key={step.index} step={step} run={run} live={live} now={now} opened />
          ))}
        </ol>
      ) : (
        <p className={css.none}>
          {chosen ? 'This step has not begun.' : 'Choose a step to see what went in and came out.'}
        </p>
      )}
    </>
  );
};

/** A run of a playbook: what it asks, what it used, and six ways to look at it. What came of it is shown once it is there. */
export const PlaybookBody = ({ run, live, now, tab, onTab }: BodyProps & PickedTab) => {
  if (!run.playbook) return null;
  const { calls, versions } = run.playbook;
  const result = run.result?.skill === 'playbook' && run.undoneAt === null ? run.result : null;
  const shown = tab === null || (tab === 'result' && !result) ? (result ? 'result' : 'steps') : tab;
  const names: Readonly<Record<Tab, string>> = {
    result: 'Result',
    steps: 'Steps',
    graph: 'Graph',
    calls: calls.length > 0 ? `Tools ${calls.length}` : 'Tools',
    versions: versions.length > 0 ? `Versions ${versions.length}` : 'Versions',
    trace: 'Trace',
  };
  return (
    <>
      <Questions run={run} />
      <BudgetLine playbook={run.playbook} />
      <div className={css.tabs}>
        <SegmentedControl
          size="xs"
          aria-label="What to show"
          value={shown}
          data={tabs.map((value) => ({ value, label: names[value], disabled: value === 'result' && !result }))}
          onChange={(next) => {
            const found = tabs.find((value) => value === next);
            if (found) onTab(found);
          }}
        />
      </div>
      {shown === 'result' && result ? <PlaybookCard result={result} run={run} /> : null}
      {shown === 'steps' ? <Rows run={run} live={live} now={now} /> : null}
      {shown === 'graph' ? <Graph run={run} live={live} now={now} /> : null}
      {shown === 'calls' ? <CallInspector run={run} now={now} /> : null}
      {shown === 'versions' ? <VersionsTab run={run} /> : null}
      {shown === 'trace' ? <TraceTab id={run.id} isRunning={isActive(run)} now={now} /> : null}
    </>
  );
};
