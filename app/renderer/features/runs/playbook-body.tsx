import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { RunDetail } from '../../../../node-core/contract/index.ts';
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

const tabs = ['steps', 'graph', 'calls', 'versions', 'trace'] as const;
type Tab = (typeof tabs)[number];

interface BodyProps {
  readonly run: RunDetail;
  readonly live: ReadonlyMap<number, LiveStep>;
  readonly now: number;
}

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
        <StepRow key={step.index} step={step} live={live.get(step.index) ?? null} now={now} run={run} />
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
      <LazyGraph plan={plan} states={states} chosen={chosen} onPick={pick} />
      {steps.length > 0 ? (
        <ol className={`${css.steps} ${css.chosen}`} aria-label="The chosen step">
          {steps.map((step) => (
            <StepRow key={step.index} step={step} live={live.get(step.index) ?? null} now={now} run={run} opened />
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

/** A run of a playbook: what it asks, what it used, and five ways to look at it. */
export const PlaybookBody = ({ run, live, now }: BodyProps) => {
  const [tab, setTab] = useState<Tab>('steps');
  if (!run.playbook) return null;
  const { calls, versions } = run.playbook;
  const names: Readonly<Record<Tab, string>> = {
    steps: 'Steps',
    graph: 'Graph',
    calls: calls.length > 0 ? `Tools ${calls.length}` : 'Tools',
    versions: versions.length > 0 ? `Versions ${versions.length}` : 'Versions',
    trace: 'Trace',
  };
  return (
    <>
      <Questions run={run} />
      {run.result?.skill === 'playbook' && run.undoneAt === null ? (
        <PlaybookCard result={run.result} run={run} />
      ) : null}
      <BudgetLine playbook={run.playbook} />
      <div className={css.tabs}>
        <SegmentedControl
          size="xs"
          aria-label="What to show"
          value={tab}
          data={tabs.map((value) => ({ value, label: names[value] }))}
          onChange={(next) => {
            const found = tabs.find((value) => value === next);
            if (found) setTab(found);
          }}
        />
      </div>
      {tab === 'steps' ? <Rows run={run} live={live} now={now} /> : null}
      {tab === 'graph' ? <Graph run={run} live={live} now={now} /> : null}
      {tab === 'calls' ? <CallInspector run={run} now={now} /> : null}
      {tab === 'versions' ? <VersionsTab run={run} /> : null}
      {tab === 'trace' ? <TraceTab id={run.id} isRunning={isActive(run)} now={now} /> : null}
    </>
  );
};
