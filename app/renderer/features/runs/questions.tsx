import { Button } from '@mantine/core';
import { IconHelpCircle, IconShieldQuestion } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Answer, Question, RunDetail } from '../../../../node-core/contract/index.ts';
import { regainFocus, Steady } from '../../components/index.ts';
import { formatMoment } from '../../days.ts';
import { answerRun } from './actions.ts';
import { ChooseCard } from './choose-card.tsx';
import { Arguments, effectNames } from './exact.tsx';
import css from './questions.module.css';

type Say = (answer: Answer) => Promise<void>;

/** Milliseconds before a question takes an answer: who pressed what stood here before has not read this one. */
const readIn = 700;

interface CardProps<Type extends Question['type']> {
  readonly question: Extract<Question, { type: Type }>;
  readonly say: Say;
  /** Which of how many, where there are several. */
  readonly place: string | null;
  readonly at: number;
}

const Place = ({ place }: { place: string | null }) => (place ? <span className={css.place}>{place}</span> : null);

const Approve = ({ question, say, place, at }: CardProps<'approve'>) => {
  const { call } = question;
  const why = useId();
  const [busy, setBusy] = useState(false);
  const answer = async (allow: boolean): Promise<void> => {
    setBusy(true);
    await say({ type: 'approve', allow });
    setBusy(false);
  };
  return (
    <section className={css.card} aria-label={`Allow ${call.tool}?${place ? ` ${place}` : ''}`} data-testid="approval">
      <header className={css.head}>
        <IconShieldQuestion size={20} stroke={1.5} aria-hidden />
        <div>
          <h2>
            Allow <code>{call.tool}</code>?
          </h2>
          <p id={why} className={css.why}>
            {question.reason}
          </p>
        </div>
        <Place place={place} />
        <span className={css.effect}>{effectNames[call.effect]}</span>
      </header>
      <div className={css.body}>
        <Arguments call={call} />
      </div>
      <footer className={css.foot}>
        <Steady place={`${at} ${call.hash}`} after={readIn}>
          <Button
            variant="default"
            disabled={busy}
            onClick={() => void answer(false)}
            aria-describedby={why}
            data-safe
            data-testid="refuse"
          >
            Refuse
          </Button>
          <Button disabled={busy} onClick={() => void answer(true)} data-testid="allow">
            Allow once
          </Button>
        </Steady>
        <span className={css.hint}>Only this call with exactly these arguments.</span>
      </footer>
    </section>
  );
};

const Outcome = ({ question, say, place, at }: CardProps<'outcome'>) => {
  const { call } = question;
  const why = useId();
  const [busy, setBusy] = useState(false);
  const answer = async (happened: 'yes' | 'again' | 'skip'): Promise<void> => {
    setBusy(true);
    await say({ type: 'outcome', happened });
    setBusy(false);
  };
  return (
    <section
      className={css.card}
      aria-label={`Did ${call.tool} happen?${place ? ` ${place}` : ''}`}
      data-testid="outcome"
    >
      <header className={css.head}>
        <IconHelpCircle size={20} stroke={1.5} aria-hidden />
        <div>
          <h2>
            Did <code>{call.tool}</code> happen?
          </h2>
          <p id={why} className={css.why}>
            {call.error?.message ??
              `Jan was ended while this call, begun ${formatMoment(call.startedAt)}, was under way.`}{' '}
            It is not made again unless you say so.
          </p>
        </div>
        <Place place={place} />
        <span className={css.effect}>{effectNames[call.effect]}</span>
      </header>
      <div className={css.body}>
        <Arguments call={call} />
      </div>
      <footer className={css.foot}>
        <Steady place={`${at} ${call.hash}`} after={readIn}>
          <Button
            variant="default"
            disabled={busy}
            onClick={() => void answer('skip')}
            aria-describedby={why}
            data-safe
          >
            Go on without it
          </Button>
          <Button variant="default" disabled={busy} onClick={() => void answer('yes')}>
            It happened
          </Button>
          <Button variant="default" disabled={busy} onClick={() => void answer('again')}>
            It did not: call again
          </Button>
        </Steady>
      </footer>
    </section>
  );
};

/** The safe answer to the first question has the focus, unless someone is writing; after the last, the place has it. */
const useSafeFocus = (first: string | undefined) => {
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (first === undefined) {
      if (asked.current) regainFocus();
      return;
    }
    asked.current = true;
    const here = document.activeElement;
    if (here instanceof HTMLElement && here.matches('input, textarea, [contenteditable]')) return;
    box.current?.querySelector<HTMLElement>('[data-safe]')?.focus();
  }, [first]);
  return box;
};

const none: readonly Question[] = [];

/** What a run waits for a person to say. */
export const Questions = ({ run }: { run: RunDetail }) => {
  const questions = run.playbook?.questions ?? none;
  const box = useSafeFocus(questions[0]?.id);
  return (
    <div ref={box}>
      {questions.map((question, at) => {
        const shared = {
          say: (answer: Answer) => answerRun(run.id, question.id, answer),
          at,
          place: questions.length > 1 ? `${at + 1} of ${questions.length}` : null,
        };
        if (question.type === 'approve') return <Approve key={question.id} question={question} {...shared} />;
        if (question.type === 'outcome') return <Outcome key={question.id} question={question} {...shared} />;
        return <ChooseCard key={question.id} question={question} say={shared.say} at={at} readIn={readIn} />;
      })}
    </div>
  );
};
