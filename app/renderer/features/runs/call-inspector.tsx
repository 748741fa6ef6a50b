import {
  IconAlertCircle,
  IconChevronRight,
  IconCircleCheck,
  IconCircleMinus,
  IconHelpCircle,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { RunDetail, ToolCall } from '../../../../node-core/contract/index.ts';
import { Choice, Spinner } from '../../components/index.ts';
import { formatDuration, formatTime } from '../../days.ts';
import { Arguments, asText, effectNames, Origin, Visible } from './exact.tsx';
import row from './step-row.module.css';
import css from './playbook-body.module.css';

const stateNames: Readonly<Record<ToolCall['state'], string>> = {
  waiting: 'Waits for you',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  refused: 'Refused',
  unknown: 'Outcome unknown',
};

const CallMark = ({ state }: { state: ToolCall['state'] }) => {
  const label = stateNames[state];
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

const Call = ({ call, step, now }: { call: ToolCall; step: string; now: number }) => {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <li className={row.step} data-testid="call" data-state={call.state}>
      <button
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
        <span className={row.title} />
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
        {isOpen ? (
          <>
            <dl className={row.facts}>
              <div>
                <dt>Step</dt>
                <dd>{step}</dd>
              </div>
              <div>
                <dt>State</dt>
                <dd>{stateNames[call.state]}</dd>
              </div>
              <div>
                <dt>Allowed by</dt>
                <dd>{call.allowedBy ?? 'nobody yet'}</dd>
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
                <pre className={row.pre}>
                  <Visible text={asText(call.result)} />
                </pre>
              </section>
            ) : null}
          </>
        ) : null}
      </div>
    </li>
  );
};

/** Every call of a tool: with what, what came of it, from where, when, and who allowed it. */
export const CallInspector = ({ run, now }: { run: RunDetail; now: number }) => {
  const calls = run.playbook?.calls ?? [];
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
            ...states.map((name) => ({ value: name, label: stateNames[name] })),
          ]}
          onChange={(next) => setState(next)}
        />
        <span className={css.count} role="status">
          {shown.length} of {calls.length}
        </span>
      </div>
      <ol className={css.list} aria-label="Calls" data-testid="calls">
        {shown.map((call) => (
          <Call key={call.id} call={call} step={stepOf(call.index)} now={now} />
        ))}
      </ol>
    </>
  );
};
