import { Button } from '@mantine/core';
import { IconFileText, IconFolder } from '@tabler/icons-react';
import type { Run, RunDetail } from '../../../../node-core/contract/index.ts';
import { formatDay, plural, today } from '../../days.ts';
import { hrefOf, navigate, showTask } from '../../router.ts';
import { useTasks } from '../tasks/queries.ts';
import { PlaybookCard } from './playbook-result.tsx';
import { ResultTask } from './result-task.tsx';
import css from './result-card.module.css';

type Result = NonNullable<Run['result']>;
type PlanResult = Extract<Result, { skill: 'plan' }>;
type ExtractResult = Extract<Result, { skill: 'extract' }>;

const PlanCard = ({ result, runId }: { result: PlanResult; runId: string }) => {
  const { tasks } = useTasks({ view: 'run', runId });
  const { tasks: all } = useTasks({ view: 'project', projectId: result.projectId, includeDone: true });
  const known = new Map([...all, ...tasks].map((task) => [task.id, task]));
  return (
    <section className={css.card} aria-label="Result" data-testid="run-result">
      <header className={css.head}>
        <IconFolder size={20} stroke={1.5} className={css.icon} aria-hidden />
        <span className={css.names}>
          <a className={css.name} href={hrefOf({ view: 'project', id: result.projectId })} data-testid="result-project">
            {result.projectName}
          </a>
          <span className={css.hint}>A project with {plural(result.taskIds.length, 'task')}</span>
        </span>
        <Button
          variant="default"
          leftSection={<IconFileText size={16} stroke={1.6} aria-hidden />}
          onClick={() => navigate({ view: 'note', id: result.noteId })}
          data-testid="result-note"
        >
          Plan note
        </Button>
        <Button onClick={() => navigate({ view: 'project', id: result.projectId })}>Open project</Button>
      </header>
      <ul className={css.list}>
        {result.taskIds.map((id) => {
          const task = known.get(id);
          if (!task || task.deletedAt !== null) return null;
          return <ResultTask key={id} task={task} known={known} />;
        })}
      </ul>
    </section>
  );
};

const ExtractCard = ({ result }: { result: ExtractResult }) => {
  const now = today();
  const lineLink = (line: number) => (
    <a className={css.line} href={hrefOf({ view: 'note', id: result.noteId, line })} data-testid="line-link">
      line {line}
    </a>
  );
  return (
    <section className={css.card} aria-label="Result" data-testid="run-result">
      <header className={css.head}>
        <IconFileText size={20} stroke={1.5} className={css.icon} aria-hidden />
        <span className={css.names}>
          <a className={css.name} href={hrefOf({ view: 'note', id: result.summaryId })}>
            {result.summaryTitle}
          </a>
          <span className={css.hint}>
            {plural(result.decisions.length, 'decision')} and {plural(result.actions.length, 'action item')}
          </span>
        </span>
        <Button variant="default" onClick={() => navigate({ view: 'note', id: result.noteId })}>
          Transcript
        </Button>
        <Button onClick={() => navigate({ view: 'note', id: result.summaryId })}>Open summary</Button>
      </header>
      <h2 className={css.part}>Decisions</h2>
      {result.decisions.length === 0 ? <p className={css.none}>No decision was found in it.</p> : null}
      <ul className={css.list}>
        {result.decisions.map((decision) => (
          <li key={`${decision.line}-${decision.text}`} className={css.decision} data-testid="result-decision">
            <span>{decision.text}</span>
            {lineLink(decision.line)}
          </li>
        ))}
      </ul>
      <h2 className={css.part}>Action items</h2>
      {result.actions.length === 0 ? <p className={css.none}>No action item was found in it.</p> : null}
      <ul className={css.list}>
        {result.actions.map((action) => (
          <li key={action.taskId} className={css.action} data-testid="result-action">
            <button type="button" className={css.actionTitle} onClick={() => showTask(action.taskId)}>
              {action.title}
            </button>
            <span className={css.owner} data-empty={action.owner === null || undefined}>
              {action.owner ?? 'nobody named'}
            </span>
            <span className={css.due} data-empty={action.due === null || undefined}>
              {action.due ? formatDay(action.due, now) : 'no date'}
            </span>
            {lineLink(action.line)}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What came of a run, each thing one press away. */
export const ResultCard = ({ result, run }: { result: Result; run: RunDetail }) =>
  result.skill === 'plan' ? (
    <PlanCard result={result} runId={run.id} />
  ) : result.skill === 'extract' ? (
    <ExtractCard result={result} />
  ) : (
    <PlaybookCard result={result} run={run} />
  );
