import type { StartRun } from '../contract/index.ts';
import type { JournalEntry } from './journal.ts';

/** What starts a run of the same once more, of this day: its input, and the plan that its journal begins with. */
export const requestAgain = (input: StartRun, entries: readonly JournalEntry[]): StartRun => {
  if (input.skill === 'extract') return input;
  const { today: _, ...request } = input;
  if (request.skill === 'plan') {
    // Its task was completed into the project of the first one.
    const { taskId: __, ...goal } = request;
    return goal;
  }
  const plan = entries.find((entry) => entry.type === 'plan');
  return plan ? { ...request, edited: plan.playbook, models: plan.models } : request;
};
