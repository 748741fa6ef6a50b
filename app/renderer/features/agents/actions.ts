import type { Playbook } from '../../../../node-core/contract/index.ts';
import { today } from '../../days.ts';
import { navigate } from '../../router.ts';
import { api, toFault } from '../../rpc/index.ts';
import { showFault } from '../tasks/actions.ts';
import { type Given, type Json, useDraft } from './draft.ts';

interface Start {
  readonly playbookId: string;
  readonly inputs: Record<string, Json>;
  readonly edited?: Playbook;
  readonly taskId?: string;
  readonly modelId?: string;
  readonly models?: Readonly<Record<string, string>>;
  /** Inputs whose text is that of a task or a note. */
  readonly kept?: string[];
}

/** To the form of a playbook, filled with what is handed over. */
export const openPlaybook = (id: string, given: Given | null = null): void => {
  useDraft.setState({ given });
  navigate({ view: 'playbook', id });
};

/** Starts a playbook and shows it at work; where a model costs money that nobody allowed yet, its form asks for that. */
export const startPlaybook = async (start: Start): Promise<boolean> => {
  try {
    const run = await api.runs.start({ skill: 'playbook', today: today(), ...start });
    useDraft.setState({ composed: null, given: null });
    navigate({ view: 'run', id: run.id });
    return true;
  } catch (error) {
    if (!start.edited && toFault(error).code === 'BUDGET_SPENT') {
      openPlaybook(start.playbookId, { taskId: start.taskId ?? null, text: '', inputs: start.inputs });
      return true;
    }
    showFault(error, 'The playbook did not start.');
    return false;
  }
};

/** Looks for a plan for a goal, to look at before it starts. */
export const composePlan = async (goal: string): Promise<boolean> => {
  try {
    const found = await api.playbooks.compose({ goal, typed: true });
    useDraft.setState({ composed: { goal, ...found }, given: null });
    navigate({ view: 'composed' });
    return true;
  } catch (error) {
    showFault(error, 'No plan was made.');
    return false;
  }
};
