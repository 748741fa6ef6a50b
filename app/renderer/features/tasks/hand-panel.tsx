import { IconRoute, IconSparkles } from '@tabler/icons-react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { PickList } from '../../components/index.ts';
import { openPlaybook } from '../agents/actions.ts';
import { usePlaybooks, useProfiles } from '../agents/queries.ts';
import { updateTasks } from './actions.ts';

/** Gives tasks to an agent, which begins by itself after a moment; until then it can be taken back. */
export const assignTasks = (ids: readonly string[], id: string, name: string): Promise<void> =>
  updateTasks(ids, { assignee: id }, id === 'me' ? undefined : `${name} begins in a moment`);

interface HandPanelProps {
  readonly ids: readonly string[];
  readonly task: Task;
  readonly onDone: () => void;
}

/** Everyone who could do it: agents begin at once, a playbook shows its form first. */
export const HandPanel = ({ ids, task, onDone }: HandPanelProps) => {
  const { items: profiles, pending: profilesPending } = useProfiles();
  const { items: playbooks, pending: playbooksPending } = usePlaybooks();
  const agents = [{ id: 'agent', name: 'Agent', hint: 'whichever fits' }, ...profiles];
  return (
    <PickList
      label="Hand to"
      placeholder="An agent or a playbook…"
      pending={profilesPending || playbooksPending}
      items={[
        ...agents.map((agent) => ({
          id: `agent ${agent.id}`,
          label: agent.name,
          icon: <IconSparkles size={16} stroke={1.6} aria-hidden />,
          hint: 'hint' in agent ? agent.hint : undefined,
          group: 'Agents',
          checked: task.assignee === agent.id,
          run: () => {
            onDone();
            void assignTasks(ids, agent.id, agent.name);
          },
        })),
        // A playbook is filled in for one task.
        ...(ids.length > 1 ? [] : playbooks).map(({ id, name }) => ({
          id: `playbook ${id}`,
          label: name,
          icon: <IconRoute size={16} stroke={1.6} aria-hidden />,
          group: 'Playbooks',
          run: () => {
            onDone();
            openPlaybook(id, { taskId: task.id, text: task.title });
          },
        })),
      ]}
    />
  );
};
