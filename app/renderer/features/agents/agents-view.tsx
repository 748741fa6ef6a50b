import { Button } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconPlus, IconRoute, IconSparkles } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { PlaybookEntry, ToolInfo } from '../../../../node-core/contract/index.ts';
import { EmptyState, FaultNote, SkeletonRows, View, walkRows } from '../../components/index.ts';
import { plural } from '../../days.ts';
import { hrefOf, navigate } from '../../router.ts';
import { composePlan } from './actions.ts';
import { AgentTabs } from './agent-tabs.tsx';
import { agentKeys, refresh, usePlaybooks, useTools } from './queries.ts';
import css from './agents.module.css';

/** Whether the tools of a playbook could be called now. */
export const ToolsReady = ({ names, tools }: { names: readonly string[]; tools: readonly ToolInfo[] }) => {
  if (names.length === 0) return <span className={css.hint}>Needs no tool</span>;
  // They are not there yet: nothing is said of them that may not be so.
  if (tools.length === 0) return <span className={css.hint}>{plural(names.length, 'tool')}</span>;
  const missing = tools.filter((tool) => names.includes(tool.name) && !tool.ready);
  return missing.length === 0 ? (
    <span className={css.ready}>
      <IconCircleCheck size={16} stroke={1.6} aria-hidden />
      {plural(names.length, 'tool')} ready
    </span>
  ) : (
    <span
      className={css.missing}
      title={missing.map((tool) => `${tool.title}: ${tool.missing ?? 'not ready'}`).join('\n')}
    >
      <IconAlertCircle size={16} stroke={1.6} aria-hidden />
      Not set up: {missing.map(({ title }) => title).join(', ')}
    </span>
  );
};

const Card = ({ entry, tools }: { entry: PlaybookEntry; tools: readonly ToolInfo[] }) => (
  <li>
    <a
      className={css.card}
      href={hrefOf({ view: 'playbook', id: entry.id })}
      data-row
      data-testid="playbook-card"
      data-playbook={entry.id}
    >
      <span className={css.cardHead}>
        <span className={css.cardName}>{entry.name}</span>
        {entry.origin === 'own' ? <span className={css.chip}>Yours</span> : null}
      </span>
      <span className={css.cardText}>{entry.description}</span>
      <span className={css.cardFoot}>
        <ToolsReady names={entry.tools} tools={tools} />
        <span className={css.hint}>{plural(entry.graph.length, 'step')}</span>
      </span>
    </a>
  </li>
);

const GoalLine = () => {
  const [goal, setGoal] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (goal.trim() === '' || busy) return;
    setBusy(true);
    await composePlan(goal.trim());
    setBusy(false);
  };
  return (
    <form className={css.goal} onSubmit={(event) => void submit(event)}>
      <IconSparkles size={16} stroke={1.6} aria-hidden />
      <input
        value={goal}
        aria-label="Your goal"
        placeholder="Say what you want to get done…"
        autoComplete="off"
        maxLength={100_000}
        onChange={(event) => setGoal(event.target.value)}
      />
      <Button type="submit" loading={busy} disabled={goal.trim() === ''}>
        Make a plan
      </Button>
    </form>
  );
};

/** What agents can do here, and a line for what none of it says. */
export const AgentsView = () => {
  const { items, pending, error } = usePlaybooks();
  const { items: tools } = useTools();
  return (
    <View
      title="Agents"
      testId="view-agents"
      context="Playbooks that finish work: you see the plan first, and may stop and undo it"
      actions={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => navigate({ view: 'new-playbook' })}
        >
          New playbook
        </Button>
      }
    >
      <AgentTabs />
      <GoalLine />
      {pending ? <SkeletonRows count={6} height={142} cards /> : null}
      {error ? (
        <FaultNote
          what="The playbooks can't be shown."
          error={error}
          action={{ label: 'Try again', run: () => void refresh(agentKeys.playbooks) }}
        />
      ) : null}
      {items.length > 0 ? (
        <div role="presentation" onKeyDown={walkRows}>
          <ul className={css.cards}>
            {items.map((entry) => (
              <Card key={entry.id} entry={entry} tools={tools} />
            ))}
          </ul>
        </div>
      ) : null}
      {!pending && !error && items.length === 0 ? (
        <EmptyState
          icon={IconRoute}
          title="No playbooks here"
          text="A playbook is a file that says which steps lead to a result, which tools they may use and what it may cost."
          action={<Button onClick={() => navigate({ view: 'new-playbook' })}>Write a playbook</Button>}
        />
      ) : null}
    </View>
  );
};
