import { today } from '../../days.ts';
import { navigate } from '../../router.ts';
import { api } from '../../rpc/index.ts';
import { showFault } from './actions.ts';
import { knownTask } from './cache.ts';

/** Starts a plan for a goal and shows it at work. */
export const planGoal = async (goal: string): Promise<boolean> => {
  try {
    const run = await api.runs.start({ skill: 'plan', goal, today: today() });
    navigate({ view: 'run', id: run.id });
    return true;
  } catch (error) {
    showFault(error, 'The agent did not start.');
    return false;
  }
};

/** Hands a task to the agent: it is completed into the project that the plan makes. */
export const handToAgent = async (taskId: string): Promise<void> => {
  const task = knownTask(taskId);
  if (!task) return;
  const due = task.dueDate ? ` by ${task.dueDate}` : '';
  const tags = task.tags.map((tag) => ` #${tag}`).join('');
  try {
    const run = await api.runs.start({ skill: 'plan', goal: `${task.title}${due}${tags}`, today: today(), taskId });
    navigate({ view: 'run', id: run.id });
  } catch (error) {
    showFault(error, 'The agent did not start.');
  }
};
