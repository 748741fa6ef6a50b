import type { Answer, Run } from '../../../../node-core/contract/index.ts';
import { api, toFault } from '../../rpc/index.ts';
import { navigate } from '../../router.ts';
import { showToast } from '../../ui-store.ts';
import { redo, showFault } from '../tasks/actions.ts';

const underWay = new Set<string>();

/** What is asked for again while it is under way is done once. */
const once = async (what: string, act: () => Promise<void>): Promise<void> => {
  if (underWay.has(what)) return;
  underWay.add(what);
  try {
    await act();
  } finally {
    underWay.delete(what);
  }
};

/** Answers whether it was stopped by this. */
export const stopRun = async (id: string): Promise<boolean> => {
  let isStopped = false;
  await once(`stop ${id}`, async () => {
    try {
      await api.runs.cancel({ id });
      isStopped = true;
    } catch (error) {
      showFault(error, 'The run was not stopped.');
    }
  });
  return isStopped;
};

/** Takes everything a run changed back. */
export const undoRun = (id: string): Promise<void> =>
  once(`undo ${id}`, async () => {
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
  });

/** The same once more, as a new run. */
export const startAgain = ({ id }: Pick<Run, 'id'>): Promise<void> =>
  once(`again ${id}`, async () => {
    try {
      const next = await api.runs.again({ id });
      navigate({ view: 'run', id: next.id });
    } catch (error) {
      showFault(error, 'The run did not start.');
    }
  });

/** By the key that closes things: who meant to close something else reads what it did. */
export const stopByKey = async (run: Pick<Run, 'id' | 'title'>): Promise<void> => {
  if (await stopRun(run.id))
    showToast({
      tone: 'plain',
      text: `“${run.title}” was stopped.`,
      action: { label: 'Run again', run: () => void startAgain(run) },
    });
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
export const forkRun = (fork: Parameters<typeof api.runs.fork>[0]): Promise<void> =>
  once(`fork ${fork.id}`, async () => {
    try {
      const run = await api.runs.fork(fork);
      navigate({ view: 'run', id: run.id });
    } catch (error) {
      showFault(error, 'The run did not go on.');
    }
  });
