import { type Icon, IconArrowBackUp, IconCircleCheck, IconRepeat, IconSend, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RunDetail, ToolCall } from '../../../../node-core/contract/index.ts';
import { IconButton, Spinner } from '../../components/index.ts';
import { formatTime, plural } from '../../days.ts';
import { Visible } from './exact.tsx';
import css from './run-notes.module.css';

interface NoteProps {
  readonly icon: Icon;
  readonly tone?: 'good' | 'warning';
  readonly testId: string;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

const Note = ({ icon: Glyph, tone, testId, end, children }: NoteProps) => (
  <div className={css.note} role="status" data-tone={tone} data-testid={testId}>
    <Glyph size={16} stroke={1.6} className={css.icon} aria-hidden />
    <div className={css.body}>{children}</div>
    {end}
  </div>
);

/** Calls that left this machine, or may have: what undoing can't take back. */
export const callsThatLeft = ({ playbook }: RunDetail): readonly ToolCall[] =>
  playbook?.calls.filter(
    ({ effect, state }) =>
      (effect === 'send-out' || effect === 'spend') && (state === 'done' || state === 'unknown' || state === 'running'),
  ) ?? [];

const listed = 5;

/** What was taken back, and what can't be. */
export const UndoneNote = ({ run, onShowCalls }: { run: RunDetail; onShowCalls: () => void }) => {
  const left = callsThatLeft(run);
  const changed = run.steps.some(({ touched }) => touched.length > 0);
  const isUndone = run.undoneAt !== null;
  if (run.endedAt === null || (!isUndone && left.length === 0)) return null;
  const stays = `${plural(left.length, 'call')} left this machine and can’t be taken back`;
  return (
    <Note
      icon={isUndone ? IconArrowBackUp : IconSend}
      {...(left.length > 0 && isUndone ? { tone: 'warning' } : {})}
      testId="undone-note"
      end={
        left.length > 0 ? (
          <button type="button" className={css.link} onClick={onShowCalls}>
            See what went out
          </button>
        ) : null
      }
    >
      {isUndone ? (
        <p>
          {run.state === 'cancelled' ? 'It was stopped, and what' : 'What'} it had changed here was taken back
          {left.length > 0 ? `. ${stays}:` : ', as one step.'}
        </p>
      ) : (
        <p>
          {stays}
          {changed ? '. What changed here can.' : '.'}
        </p>
      )}
      {isUndone && left.length > 0 ? (
        <ul className={css.list}>
          {left.slice(0, listed).map((call) => (
            <li key={call.id}>
              <code>
                <Visible text={call.tool} />
              </code>{' '}
              at {formatTime(call.endedAt ?? call.startedAt)}
              {call.state === 'done' ? '' : ', outcome unknown'}
            </li>
          ))}
          {left.length > listed ? <li>and {left.length - listed} more</li> : null}
        </ul>
      ) : null}
    </Note>
  );
};

export type Replay = 'under way' | { readonly identical: boolean; readonly differences: readonly string[] };

/** What came of doing the run again from its journal. */
export const ReplayNote = ({ run, replay, onClose }: { run: RunDetail; replay: Replay; onClose: () => void }) => {
  if (replay === 'under way')
    return (
      <Note icon={IconRepeat} testId="replay" end={<Spinner />}>
        <p>Doing the run again from its journal…</p>
      </Note>
    );
  const { identical, differences } = replay;
  return (
    <Note
      icon={identical ? IconCircleCheck : IconRepeat}
      tone={identical ? 'good' : 'warning'}
      testId="replay"
      end={<IconButton icon={IconX} label="Dismiss" onClick={onClose} />}
    >
      <p>
        {identical
          ? 'The replay from the journal says the same, step by step.'
          : 'The replay from the journal says something else.'}
      </p>
      <p className={css.more}>
        {plural(run.steps.length, 'step')} done again; no model and no tool was called, and nothing was changed.
      </p>
      {differences.length > 0 ? (
        <ul className={css.list} aria-label="Differences">
          {differences.map((difference, at) => (
            <li key={at}>
              <Visible text={difference} />
            </li>
          ))}
        </ul>
      ) : null}
    </Note>
  );
};
