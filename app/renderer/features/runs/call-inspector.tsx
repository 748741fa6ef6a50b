import { Button } from '@mantine/core';
import {
  IconAlertCircle,
  IconChevronRight,
  IconCircleCheck,
  IconCircleMinus,
  IconHelpCircle,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, useEffect, useId, useRef, useState } from 'react';
import type { RunDetail, ToolCall } from '../../../../node-core/contract/index.ts';
import { Choice, FaultNote, ScrollText, Spinner, useGrowing, walkRows } from '../../components/index.ts';
import { formatCount, formatDuration, formatTime } from '../../days.ts';
import { useLocation } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { Arguments, asText, effectNames, Origin, Visible } from './exact.tsx';
import row from './step-row.module.css';
import css from './playbook-body.module.css';

export const callStates: Readonly<Record<ToolCall['state'], string>> = {
  waiting: 'Waits for you',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  refused: 'Refused',
  unknown: 'Outcome unknown',
};

const telling = ['query', 'url', 'address', 'to', 'subject', 'title', 'name', 'path'];

/** What tells it apart from other calls of its tool: what it looks for, or where it goes. */
const mainArgument = ({ arguments: given }: ToolCall): string => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return '';
  const isTold = (value: unknown) => typeof value === 'string' && value !== '';
  const name = telling.find((one) => isTold(given[one])) ?? Object.keys(given).find((one) => isTold(given[one]));
  return name === undefined
    ? ''
    : asText(given[name])
        .slice(0, 200)
        .replaceAll(/\s+/gu, ' ')
        .replace(/^https?:\/\//u, '');
};

export const CallMark = ({ state }: { state: ToolCall['state'] }) => {
  const label = callStates[state];
  if (state === 'running')
    return (
      <span className={row.running} role="img" aria-label={label}>
        <Spinner />
      </span>
    );
  if (state === 'done') return <IconCircleCheck size={16} stroke={1.6} className={row.done} aria-label={label} />;
  if (state === 'failed') return <IconAlertCircle size={16} stroke={1.6} className={row.failed} aria-label={label} />;
  if (state === 'refused') return <IconCircleMinus size={16} stroke={1.6} className={row.faint} aria-label={label} />;
  return <IconHelpCircle size={16} stroke={1.6} className={row.waiting} aria-label={label} />;
};

/** What came of it; of a long result the beginning, until more is wanted. */
const Result = ({ call, runId }: { call: ToolCall; runId: string }) => {
  const [isWhole, setIsWhole] = useState(false);
  const cut = call.resultCut;
  const whole = useQuery({
    queryKey: ['call', runId, call.id],
    queryFn: ({ signal }) => api.calls.get({ runId, id: call.id }, { signal }),
    enabled: isWhole,
  });
  const shown = whole.data?.call ?? call;
  return (
    <>
      <ScrollText label="Result" className={row.pre}>
        <Visible text={asText(shown.result)} />
      </ScrollText>
      {cut !== undefined && !whole.data ? (
        <Button variant="default" size="xs" loading={whole.isFetching} onClick={() => setIsWhole(true)}>
          … {formatCount(cut)} more characters
        </Button>
      ) : null}
      {whole.error ? (
        <FaultNote
          what="The rest can't be shown."
          error={whole.error}
          action={{ label: 'Try again', run: () => void whole.refetch() }}
        />
      ) : null}
    </>
  );
};

/** Everything of a call: what it was given, what came back, from where, and who allowed it. */
export const CallBody = ({ call, runId, step }: { call: ToolCall; runId: string; step: string }) => (
  <>
    <dl className={row.facts}>
      <div>
        <dt>Step</dt>
        <dd>{step}</dd>
      </div>
      <div>
        <dt>State</dt>
        <dd>{callStates[call.state]}</dd>
      </div>
      <div>
        <dt>Allowed by</dt>
        <dd>{call.allowedBy ?? (call.endedAt === null ? 'nobody yet' : 'nobody')}</dd>
      </div>
      <div>
        <dt>Bound to</dt>
        <dd title={call.hash}>
          <code>{call.hash.slice(0, 12)}</code>
        </dd>
      </div>
    </dl>
    <section className={row.block}>
      <h2 className={row.blockTitle}>Arguments</h2>
      <Arguments call={call} />
    </section>
    {call.error ? (
      <section className={row.block}>
        <h2 className={row.blockTitle}>Fault</h2>
        <p>
          <Visible text={call.error.message} /> <code>{call.error.code}</code>
        </p>
      </section>
    ) : null}
    {call.result !== null ? (
      <section className={row.block}>
        <h2 className={row.blockTitle}>
          Result <Origin labels={call.resultLabels} />
        </h2>
        <Result call={call} runId={runId} />
      </section>
    ) : null}
  </>
);

interface CallProps {
  readonly call: ToolCall;
  readonly runId: string;
  readonly step: string;
  readonly now: number;
}

/** Drawn again only when its own call changes: a run may have made hundreds. */
const Call = memo(({ call, runId, step, now }: CallProps) => {
  const { route } = useLocation();
  const isMeant = route.view === 'run' && route.call === call.id;
  const [isOpen, setIsOpen] = useState(isMeant);
  const id = useId();
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isMeant) return;
    head.current?.focus({ preventScroll: true });
    head.current?.scrollIntoView({ block: 'center' });
  }, [isMeant]);
  return (
    <li className={row.step} data-testid="call" data-state={call.state}>
      <button
        ref={head}
        type="button"
        className={row.row}
        aria-expanded={isOpen}
        aria-controls={id}
        data-row
        onClick={() => setIsOpen(!isOpen)}
      >
        <CallMark state={call.state} />
        <span className={css.tool}>{call.tool}</span>
        <span className={css.effect} data-effect={call.effect}>
          {effectNames[call.effect]}
        </span>
        <span className={`${row.title} ${css.about}`}>
          <Visible text={mainArgument(call)} />
        </span>
        <span className={row.meta}>
          <span className={css.at}>{formatTime(call.startedAt)}</span>
          <span className={row.time}>{formatDuration((call.endedAt ?? now) - call.startedAt)}</span>
          <IconChevronRight
            size={16}
            stroke={1.6}
            className={row.chevron}
            data-open={isOpen || undefined}
            aria-hidden
          />
        </span>
      </button>
      <div id={id} hidden={!isOpen} className={row.body}>
        {isOpen ? <CallBody call={call} runId={runId} step={step} /> : null}
      </div>
    </li>
  );
});

/** Every call of a tool: with what, what came of it, from where, when, and who allowed it. */
export const CallInspector = ({ run, now }: { run: RunDetail; now: number }) => {
  const calls = run.playbook?.calls ?? [];
  const { route } = useLocation();
  const { shown: drawn, end } = useGrowing(
    route.view === 'run' ? calls.findIndex(({ id }) => id === route.call) + 1 : 0,
  );
  const [tool, setTool] = useState('');
  const [state, setState] = useState('');
  const tools = [...new Set(calls.map((call) => call.tool))].toSorted();
  const states = [...new Set(calls.map((call) => call.state))];
  const shown = calls.filter((call) => (tool === '' || call.tool === tool) && (state === '' || call.state === state));
  const stepOf = (index: number): string =>
    run.steps.find((step) => step.index === index)?.title ?? `Step ${index + 1}`;
  if (calls.length === 0) return <p className={css.none}>No tool was called{run.endedAt === null ? ' yet' : ''}.</p>;
  return (
    <>
      <div className={css.filters}>
        <Choice
          label="Tool"
          value={tool}
          choices={[{ value: '', label: 'Every tool' }, ...tools.map((name) => ({ value: name, label: name }))]}
          onChange={setTool}
        />
        <Choice
          label="State"
          value={state}
          choices={[
            { value: '', label: 'Every state' },
            ...states.map((name) => ({ value: name, label: callStates[name] })),
          ]}
          onChange={(next) => setState(next)}
        />
        <span className={css.count} role="status">
          {shown.length} of {calls.length}
        </span>
      </div>
      <ol className={css.list} aria-label="Calls" data-testid="calls" onKeyDown={walkRows}>
        {shown.slice(0, drawn).map((call) => (
          <Call key={call.id} call={call} runId={run.id} step={stepOf(call.index)} now={call.endedAt ?? now} />
        ))}
        {shown.length > drawn ? <li key={drawn} ref={end} aria-hidden /> : null}
      </ol>
    </>
  );
};
