import { IconChevronRight, IconFileText, IconFolder, IconCircle, type Icon } from '@tabler/icons-react';
import { memo, useEffect, useId, useRef, useState } from 'react';
import type { RunDetail, RunStep } from '../../../../node-core/contract/index.ts';
import { ScrollText } from '../../components/index.ts';
import { formatCount, formatDuration } from '../../days.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import { ForkForm, GoOnForm } from './fork-form.tsx';
import type { LiveStep } from './run-events.ts';
import { StepMark } from './step-mark.tsx';
import css from './step-row.module.css';

const touchedIcons: Readonly<Record<RunStep['touched'][number]['kind'], Icon>> = {
  task: IconCircle,
  note: IconFileText,
  project: IconFolder,
};

export const openTouched = async ({ kind, id }: RunStep['touched'][number]): Promise<void> => {
  if (kind === 'note') navigate({ view: 'note', id });
  else if (kind === 'project') navigate({ view: 'project', id });
  else {
    try {
      const task = await api.tasks.get({ id });
      navigate(task.projectId ? { view: 'project', id: task.projectId } : { view: 'inbox' }, id);
    } catch (error) {
      showFault(error, 'The task was not opened.');
    }
  }
};

const kindWords: Readonly<Record<RunStep['kind'], string>> = {
  generate: 'Model',
  apply: 'Change',
  rule: 'Rule',
  tool: 'Tool',
  review: 'Review',
  choose: 'Choice',
};

/** The text as the model writes it: muted, growing downward, its end in view. */
const Streaming = ({ text }: { text: string }) => {
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (text !== '' && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <pre ref={box} className={css.stream} data-testid="step-stream">
      {text}
    </pre>
  );
};

const Block = ({ title, text }: { title: string; text: string }) => (
  <section className={css.block}>
    <h2 className={css.blockTitle}>{title}</h2>
    <ScrollText label={title} className={css.pre}>
      {text}
    </ScrollText>
  </section>
);

interface StepRowProps {
  readonly step: RunStep;
  readonly live: LiveStep | null;
  readonly now: number;
  /** The run, once it has ended: a step of it can be forked. */
  readonly ended: RunDetail | null;
  readonly opened?: boolean;
}

/** One step: its state, what it took, and, opened, what went in and what came out. */
export const StepRow = memo(({ step, live, now, ended, opened = false }: StepRowProps) => {
  const [isOpen, setIsOpen] = useState(opened);
  const bodyId = useId();
  const isRunning = step.state === 'running';
  const forkable = ended?.playbook ? ended : null;
  // Where what came before was taken back, there is nothing to go on from.
  const canGoOn = forkable?.undoneAt === null && step.state === 'failed';
  const tokens = (step.promptTokens ?? 0) + (step.outputTokens ?? 0);
  const lasted = (step.endedAt ?? now) - step.startedAt;
  // What code decides at once says no time in the row.
  const isAtOnce = step.endedAt !== null && lasted < 1;
  return (
    <li className={css.step} data-testid="run-step" data-state={step.state}>
      <button
        type="button"
        className={css.row}
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setIsOpen(!isOpen)}
      >
        <StepMark state={step.state} />
        <span className={css.title}>{step.title}</span>
        <span className={css.meta}>
          <span className={css.tokens}>{tokens > 0 ? `${formatCount(step.outputTokens ?? 0)} tok` : ''}</span>
          {step.state === 'skipped' ? (
            <span className={css.tokens}>left out</span>
          ) : (
            <span className={css.time}>{isAtOnce ? '' : formatDuration(lasted)}</span>
          )}
          <IconChevronRight
            size={16}
            stroke={1.6}
            className={css.chevron}
            data-open={isOpen || undefined}
            aria-hidden
          />
        </span>
      </button>
      {isRunning && live ? (
        <div className={css.live}>
          {live.progress !== null ? (
            <div
              className={css.progress}
              role="progressbar"
              aria-label={step.title}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round(live.progress * 100)}
            >
              <span style={{ width: `${live.progress * 100}%` }} />
            </div>
          ) : null}
          {live.items.length > 0 ? (
            <ul className={css.items} aria-label="Decided so far" aria-live="polite" data-testid="step-preview">
              {live.items.map((item, index) => (
                <li key={`${index}-${item}`} className={css.item}>
                  <span className={css.itemMark} aria-hidden />
                  {item}
                </li>
              ))}
            </ul>
          ) : null}
          {live.text !== '' && !isOpen ? <Streaming text={live.text} /> : null}
        </div>
      ) : null}
      {canGoOn && forkable ? <GoOnForm run={forkable} step={step} /> : null}
      <div id={bodyId} hidden={!isOpen} className={css.body}>
        {isOpen ? (
          <>
            <dl className={css.facts}>
              <div>
                <dt>Kind</dt>
                <dd>{kindWords[step.kind]}</dd>
              </div>
              {step.model ? (
                <div>
                  <dt>Model</dt>
                  <dd>{step.model}</dd>
                </div>
              ) : null}
              {tokens > 0 ? (
                <div>
                  <dt>Tokens</dt>
                  <dd>
                    {formatCount(step.promptTokens ?? 0)} read, {formatCount(step.outputTokens ?? 0)} written
                  </dd>
                </div>
              ) : null}
              {step.state === 'skipped' ? null : (
                <div>
                  <dt>Time</dt>
                  <dd>{formatDuration(lasted)}</dd>
                </div>
              )}
            </dl>
            {step.prompt ? <Block title="Prompt" text={step.prompt} /> : null}
            {step.output ? (
              <Block title="Output" text={step.output} />
            ) : isRunning && live ? (
              <Block title="Output so far" text={live.text} />
            ) : null}
            {step.touched.length > 0 ? (
              <section className={css.block}>
                <h2 className={css.blockTitle}>What it changed</h2>
                <ul className={css.touched}>
                  {step.touched.map((thing) => {
                    const Glyph = touchedIcons[thing.kind];
                    return (
                      <li key={`${thing.kind}-${thing.id}`}>
                        <button type="button" onClick={() => void openTouched(thing)}>
                          <Glyph size={16} stroke={1.6} aria-label={thing.kind} />
                          <span>{thing.title}</span>
                        </button>
                      </li>
                    );
                  })}
                </ul>
              </section>
            ) : null}
            {forkable && !canGoOn ? <ForkForm run={forkable} step={step} /> : null}
            {!step.prompt && !step.output && step.touched.length === 0 ? (
              <p className={css.nothing}>Decided by code; no model was asked.</p>
            ) : null}
          </>
        ) : null}
      </div>
    </li>
  );
});
