import type { Answer, Run } from '../../../../node-core/contract/index.ts';
import { api, toFault } from '../../rpc/index.ts';
import { navigate } from '../../router.ts';
import { showToast } from '../../ui-store.ts';
import { redo, showFault } from '../tasks/actions.ts';

export const stopRun = async (id: string): Promise<void> => {
  try {
    await api.runs.cancel({ id });
  } catch (error) {
    showFault(error, 'The run was not stopped.');
  }
};

/** Takes everything a run changed back. */
export const undoRun = async (id: string): Promise<void> => {
  try {
    await api.runs.undo({ id });
    showToast({
      tone: 'plain',
      text: 'Everything the run changed was taken back.',
      action: { label: 'Redo', run: () => void redo() },
    });
  } catch (error) {
    const fault = toFault(error);
    if (fault.code === 'NOTHING_TO_UNDO') showToast({ tone: 'plain', text: fault.message });
    else showFault(error, 'The run was not undone.');
  }
};

/** The same once more, as a new run. */
export const startAgain = async (run: Pick<Run, 'id'>): Promise<void> => {
  try {
    const next = await api.runs.again({ id: run.id });
    navigate({ view: 'run', id: next.id });
  } catch (error) {
    showFault(error, 'The run did not start.');
  }
};

/** Says to a run what it asked. */
export const answerRun = async (id: string, questionId: string, answer: Answer): Promise<void> => {
  try {
    await api.runs.answer({ id, questionId, answer });
  } catch (error) {
    showFault(error, 'The answer was not taken.');
  }
};

/** The run again from its journal, without one call; null where that failed. */
export const replayRun = async (
  id: string,
): Promise<{ readonly identical: boolean; readonly differences: readonly string[] } | null> => {
  try {
    return await api.runs.replay({ id });
  } catch (error) {
    showFault(error, 'The run was not replayed.');
    return null;
  }
};

/** A new run that goes on from a step of this one. */
export const forkRun = async (fork: Parameters<typeof api.runs.fork>[0]): Promise<void> => {
  try {
    const run = await api.runs.fork(fork);
    navigate({ view: 'run', id: run.id });
  } catch (error) {
    showFault(error, 'The run did not go on.');
  }
};
