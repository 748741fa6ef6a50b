import { Button } from '@mantine/core';
import { IconHelpCircle, IconShieldQuestion } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Answer, Question, RunDetail } from '../../../../node-core/contract/index.ts';
import { formatMoment } from '../../days.ts';
import { answerRun } from './actions.ts';
import { ChooseCard } from './choose-card.tsx';
import { Arguments, effectNames } from './exact.tsx';
import css from './questions.module.css';

type Say = (answer: Answer) => Promise<void>;

/** The safe answer has the focus, unless someone is writing. */
const useSafeFocus = () => {
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const here = document.activeElement;
    if (!(here instanceof HTMLElement) || !here.matches('input, textarea, [contenteditable]')) safe.current?.focus();
  }, []);
  return safe;
};

const Approve = ({ question, say }: { question: Extract<Question, { type: 'approve' }>; say: Say }) => {
  const { call } = question;
  const safe = useSafeFocus();
  const [busy, setBusy] = useState(false);
  const answer = async (allow: boolean): Promise<void> => {
    setBusy(true);
    await say({ type: 'approve', allow });
    setBusy(false);
  };
  return (
    <section className={css.card} aria-label={`Allow ${call.tool}?`} data-testid="approval">
      <header className={css.head}>
        <IconShieldQuestion size={20} stroke={1.5} aria-hidden />
        <div>
          <h2>
            Allow <code>{call.tool}</code>?
          </h2>
          <p className={css.why}>
            {effectNames[call.effect]}. {question.reason}
          </p>
        </div>
      </header>
      <div className={css.body}>
        <Arguments call={call} />
      </div>
      <footer className={css.foot}>
        <Button ref={safe} variant="default" disabled={busy} onClick={() => void answer(false)} data-testid="refuse">
          Refuse
        </Button>
        <Button disabled={busy} onClick={() => void answer(true)} data-testid="allow">
          Allow once
        </Button>
        <span className={css.hint}>Only this call with exactly these arguments.</span>
      </footer>
    </section>
  );
};

const Outcome = ({ question, say }: { question: Extract<Question, { type: 'outcome' }>; say: Say }) => {
  const { call } = question;
  const safe = useSafeFocus();
  const [busy, setBusy] = useState(false);
  const answer = async (happened: 'yes' | 'again' | 'skip'): Promise<void> => {
    setBusy(true);
    await say({ type: 'outcome', happened });
    setBusy(false);
  };
  return (
    <section className={css.card} aria-label={`Did ${call.tool} happen?`} data-testid="outcome">
      <header className={css.head}>
        <IconHelpCircle size={20} stroke={1.5} aria-hidden />
        <div>
          <h2>
            Did <code>{call.tool}</code> happen?
          </h2>
          <p className={css.why}>
            {call.error?.message ??
              `Jan was ended while this call, begun ${formatMoment(call.startedAt)}, was under way.`}{' '}
            It is not made again unless you say so.
          </p>
        </div>
      </header>
      <div className={css.body}>
        <Arguments call={call} />
      </div>
      <footer className={css.foot}>
        <Button ref={safe} variant="default" disabled={busy} onClick={() => void answer('skip')}>
          Go on without it
        </Button>
        <Button variant="default" disabled={busy} onClick={() => void answer('yes')}>
          It happened
        </Button>
        <Button variant="default" disabled={busy} onClick={() => void answer('again')}>
          It did not: call again
        </Button>
      </footer>
    </section>
  );
};

/** What a run waits for a person to say. */
export const Questions = ({ run }: { run: RunDetail }) =>
  run.playbook?.questions.map((question) => {
    const say: Say = (answer) => answerRun(run.id, question.id, answer);
    if (question.type === 'approve') return <Approve key={question.id} question={question} say={say} />;
    if (question.type === 'outcome') return <Outcome key={question.id} question={question} say={say} />;
    return <ChooseCard key={question.id} question={question} say={say} />;
  });
