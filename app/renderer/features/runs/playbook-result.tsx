import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircle, IconFileText, IconFolder, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import type { PlaybookResult, RunDetail } from '../../../../node-core/contract/index.ts';
import { plural } from '../../days.ts';
import { useTasks } from '../tasks/queries.ts';
import { ResultTask } from './result-task.tsx';
import { ResultValue } from './result-value.tsx';
import { openTouched } from './step-row.tsx';
import css from './result-card.module.css';

const longestShort = 60;
/** A figure or a few words: on the line of its title. */
const isShort = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.length <= longestShort && !value.includes('\n'));

const shownAtOnce = 3;

/** What could not be done, or not well: the first of it at once, all of it one press away. */
const Notices = ({ notices }: { notices: readonly string[] }) => {
  const [isOpen, setIsOpen] = useState(notices.length <= shownAtOnce + 1);
  const shown = isOpen ? notices : notices.slice(0, shownAtOnce);
  return (
    <div className={css.notices} data-testid="notices">
      <ul aria-label="What could not be done">
        {shown.map((notice, at) => (
          <li key={at}>
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
            <span>{notice}</span>
          </li>
        ))}
      </ul>
      {isOpen ? null : (
        <button type="button" className={css.moreNotices} onClick={() => setIsOpen(true)}>
          {notices.length - shownAtOnce} more things that could not be done, or not well
        </button>
      )}
    </div>
  );
};

/** What came of a playbook, and what did not. */
export const PlaybookCard = ({ result, run }: { result: PlaybookResult; run: RunDetail }) => {
  const named = new Map(run.steps.flatMap(({ touched }) => touched.map((thing) => [thing.id, thing])));
  const things = [...result.projectIds, ...result.noteIds, ...result.taskIds].flatMap((id) => named.get(id) ?? []);
  const [first] = things;
  const { tasks } = useTasks({ view: 'run', runId: run.id });
  const known = new Map(tasks.map((task) => [task.id, task]));
  const made = [
    ...(result.projectIds.length > 0 ? [plural(result.projectIds.length, 'project')] : []),
    ...(result.noteIds.length > 0 ? [plural(result.noteIds.length, 'note')] : []),
    ...(result.taskIds.length > 0 ? [plural(result.taskIds.length, 'task')] : []),
  ];
  const icons = { project: IconFolder, note: IconFileText, task: IconCircle } as const;
  return (
    <section className={css.card} aria-label="Result" data-testid="run-result">
      <header className={css.head}>
        <IconRoute size={20} stroke={1.5} className={css.icon} aria-hidden />
        <span className={css.names}>
          <span className={css.name}>What came of it</span>
          <span className={css.hint}>{made.length > 0 ? made.join(', ') : 'Nothing was made in the workspace'}</span>
        </span>
        {first && first.kind !== 'task' ? (
          <Button onClick={() => void openTouched(first)}>Open {first.kind}</Button>
        ) : null}
      </header>
      {result.notices.length > 0 ? <Notices notices={result.notices} /> : null}
      {result.lines
        .filter(({ value }) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
        .map((line, at) => (
          <div key={at} className={isShort(line.value) ? css.short : undefined}>
            <h2 className={css.part}>{line.title}</h2>
            <div className={css.value}>
              <ResultValue value={line.value} />
            </div>
          </div>
        ))}
      {things.length > 0 ? (
        <>
          <h2 className={css.part}>In your workspace</h2>
          <ul className={css.list}>
            {things.map((thing) => {
              const Glyph = icons[thing.kind];
              const task = known.get(thing.id);
              if (task) return <ResultTask key={task.id} task={task} known={known} />;
              return (
                <li key={thing.id} className={css.task} data-testid={`result-${thing.kind}`}>
                  <Glyph size={16} stroke={1.6} className={css.icon} aria-label={thing.kind} />
                  <button type="button" className={css.thing} onClick={() => void openTouched(thing)}>
                    {thing.title}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
    </section>
  );
};
