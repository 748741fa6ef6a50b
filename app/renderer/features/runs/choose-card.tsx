import { Button } from '@mantine/core';
import { IconCheck, IconListCheck } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Answer, Question } from '../../../../node-core/contract/index.ts';
import { Keys, Steady, walkRows } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { Diff } from './diff.tsx';
import { Visible } from './exact.tsx';
import css from './questions.module.css';

type Choose = Extract<Question, { type: 'choose' }>;

interface ChooseCardProps {
  readonly question: Choose;
  readonly say: (answer: Answer) => Promise<void>;
  readonly at: number;
  /** Milliseconds before it takes an answer. */
  readonly readIn: number;
}

/** Proposals, each taken or left: by pointer, or with j, k, space and a. */
export const ChooseCard = ({ question, say, at: place, readIn }: ChooseCardProps) => {
  const done = useRef<HTMLButtonElement>(null);
  const [taken, setTaken] = useState<ReadonlySet<number>>(new Set());
  const [busy, setBusy] = useState(false);
  const all = question.items.map((_, at) => at);
  const toggle = (at: number): void => {
    const next = new Set(taken);
    if (!next.delete(at)) next.add(at);
    setTaken(next);
  };
  const answer = async (indexes: readonly number[]): Promise<void> => {
    setBusy(true);
    await say({ type: 'choose', taken: [...indexes] });
    setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat) done.current?.click();
    } else if (event.key === 'a' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      setTaken(taken.size === all.length ? new Set() : new Set(all));
    } else walkRows(event);
  };
  return (
    <section className={css.card} aria-label={question.question} data-testid="choose">
      <header className={css.head}>
        <IconListCheck size={20} stroke={1.5} aria-hidden />
        <div>
          <h2>{question.question}</h2>
          <p className={css.why}>
            {plural(question.items.length, 'proposal')}, {taken.size} taken. Nothing changes until you say so.
          </p>
        </div>
        <Button
          variant="subtle"
          color="gray"
          className={css.all}
          rightSection={<Keys combo="a" />}
          onClick={() => setTaken(taken.size === all.length ? new Set() : new Set(all))}
        >
          {taken.size === all.length ? 'Take none' : 'Take all'}
        </Button>
      </header>
      <div role="presentation" onKeyDown={onKeyDown}>
        <ul className={css.items}>
          {question.items.map((item, at) => (
            <li key={at}>
              <button
                type="button"
                role="checkbox"
                aria-checked={taken.has(at)}
                className={css.item}
                data-row
                data-safe={at === 0 || undefined}
                data-testid="proposal"
                onClick={() => toggle(at)}
              >
                <span className={css.box}>
                  {taken.has(at) ? <IconCheck size={12} stroke={2.4} aria-hidden /> : null}
                </span>
                <span className={css.itemText}>
                  <span>
                    <Visible text={item.title} />
                  </span>
                  {item.detail ? (
                    <span className={css.hint}>
                      <Visible text={item.detail} />
                    </span>
                  ) : null}
                </span>
              </button>
              <div className={css.change}>
                <Diff label={`Lines of proposal ${at + 1}`} before={item.before} after={item.after} />
              </div>
            </li>
          ))}
        </ul>
      </div>
      <footer className={css.foot}>
        <Steady place={String(place)} after={readIn}>
          <Button
            ref={done}
            variant={taken.size === 0 ? 'default' : 'filled'}
            disabled={busy}
            onClick={() => void answer([...taken].toSorted((a, b) => a - b))}
            rightSection={<Keys combo="mod+enter" />}
            data-testid="choose-done"
          >
            {taken.size === 0 ? 'Go on with none of them' : `Take ${taken.size} of ${all.length}`}
          </Button>
        </Steady>
        <span className={css.keys}>
          <Keys combo="j" /> <Keys combo="k" /> to move, <Keys combo="space" /> to take or leave
        </span>
      </footer>
    </section>
  );
};
