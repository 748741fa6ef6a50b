import { z } from 'zod';
import { type Disposable, logFault, type Logger, newId, type Startable } from '../../common/index.ts';
import {
  AppError,
  type ContractHandlers,
  errorCode,
  type Profile,
  type Run,
  type StartRun,
  type Task,
} from '../../contract/index.ts';
import { readSetting, type Store, writeSetting } from '../../storage/index.ts';
import { changesAfter, newestOperation } from '../operations.ts';

/** A person may have meant another, or several. Milliseconds. */
const pause = 2_000;
/** Runs of assigned tasks at the same time; further tasks wait for their turn. */
const mostUnderWay = 20;
const seenSetting = 'assignmentsSeen';

const Seen = z.object({
  /** The last operation of the log of which everything was begun that had to be. */
  seen: z.number().int(),
  /** Of the operation after it: the tasks that were begun. */
  begun: z.array(z.string()),
  /** Of the run that is being made: once it is there, its task was begun. */
  runId: z.string().nullable(),
});
type Seen = z.infer<typeof Seen>;

export interface AssignmentsComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  /** @throws AppError `NOT_FOUND` */
  readonly profileOf: (id: string) => Profile;
  readonly compose: ContractHandlers['playbooks']['compose'];
  readonly startRun: (request: StartRun, runId: string) => Run;
  /** Leaves a run that says why none could be started. */
  readonly noteFailed: (task: Task, error: AppError) => void;
  readonly logger: Logger;
}

/** A task that a person assigns to an agent becomes a run: of the playbook nearest to it, else a plan. */
export interface Assignments extends Startable {
  /** Starts what was assigned since the last time. */
  look(): Promise<void>;
  /** There may be room for one that waits. */
  lookSoon(): void;
}

export const createAssignments = ({
  store,
  profileOf,
  compose,
  startRun,
  noteFailed,
  logger,
}: AssignmentsComponents): Assignments => {
  let timer: NodeJS.Timeout | undefined;
  let subscription: Disposable | undefined;
  let stopping = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();

  /**
   * What a person assigned after the operation `seen`, oldest first. What programs and runs assign begins nothing, nor does the next
   * occurrence of a task that was completed.
   */
  const assignedSince = (seen: number): { readonly seq: number; readonly taskId: string }[] => {
    const changes = changesAfter(store(), seen, 'person').filter(({ kind }) => kind === 'task');
    const completing = new Set(
      changes.flatMap(({ seq, before, after }) => (before && after?.['completedAt'] ? [seq] : [])),
    );
    return changes.flatMap(({ seq, id, before, after }) => {
      const to = after?.['assignee'];
      const isNew = to !== undefined && to !== 'me' && before?.['assignee'] !== to;
      return isNew && !(before === null && completing.has(seq)) ? [{ seq, taskId: id }] : [];
    });
  };

  const assigned = (taskId: string): Task | null => {
    const task = store().get('task', taskId);
    return task && task.deletedAt === null && task.completedAt === null && task.assignee !== 'me' ? task : null;
  };

  const isWorkedOn = (taskId: string): boolean =>
    store().first(
      store().qb.selectFrom('run').select('id').where('taskId', '=', taskId).where('endedAt', 'is', null),
    ) !== undefined;
  const taskOfRun = (id: string): string | null | undefined =>
    store().first(store().qb.selectFrom('run').select('taskId').where('id', '=', id))?.taskId;

  const underWay = (): number =>
    store().all(store().qb.selectFrom('run').select('id').where('taskId', 'is not', null).where('endedAt', 'is', null))
      .length;

  /** What is asked of its agent by the task as it is. */
  const requestOf = (task: Task) => {
    const profile = task.assignee === 'agent' ? undefined : profileOf(task.assignee);
    const due = task.dueDate === null ? '' : `by ${task.dueDate}`;
    const notes = [due, task.notes.trim()].filter((part) => part !== '').join('\n\n');
    return { profile, due, goal: task.title, notes, model: profile?.modelId ? { modelId: profile.modelId } : {} };
  };

  const start = (task: Task, composed: Awaited<ReturnType<AssignmentsComponents['compose']>>, runId: string): void => {
    const { profile, due, model } = requestOf(task);
    const { playbook, nearest, inputs } = composed;
    const plan = (): void => {
      const goal = [task.title, due, ...task.tags.map((tag) => `#${tag}`)].filter((part) => part !== '').join(' ');
      startRun({ skill: 'plan', goal, taskId: task.id, ...model }, runId);
    };
    if (nearest === null) return plan();
    const forTask = playbook.inputs.find(({ type }) => type === 'task');
    try {
      startRun(
        {
          skill: 'playbook',
          playbookId: playbook.id,
          inputs: { ...inputs, ...(forTask && { [forTask.id]: task.id }) },
          taskId: task.id,
          ...model,
          edited: profile ? { ...playbook, profile: profile.id } : playbook,
        },
        runId,
      );
    } catch (error) {
      // It needs what the task does not say: a plan needs no more than its title.
      if (errorCode(error) !== 'BAD_REQUEST') throw error;
      plan();
    }
  };

  const begin = async (given: Task, runId: string): Promise<void> => {
    for (let task = given; ; ) {
      const { goal, notes, model } = requestOf(task);
      const composed = await compose({ goal, notes, ...model }, { signal: stopping.signal, actor: 'user' });
      // A model may take its time, and a person may think again meanwhile.
      const now = assigned(task.id);
      if (now?.assignee !== task.assignee) return;
      const wanted = requestOf(now);
      if (wanted.goal === goal && wanted.notes === notes) return start(now, composed, runId);
      task = now;
    }
  };

  const lookOnce = async (): Promise<void> => {
    const last = newestOperation(store());
    const stored = readSetting(store(), seenSetting);
    let state = Seen.catch({ seen: 0, begun: [], runId: null }).parse(stored);
    const note = (next: Seen): void => {
      state = next;
      writeSetting(store(), seenSetting, next);
    };
    const made = state.runId === null ? null : taskOfRun(state.runId);
    if (made) note({ ...state, begun: [...state.begun, made], runId: null });
    for (const { seq, taskId } of assignedSince(state.seen)) {
      if (seq - 1 > state.seen) state = { seen: seq - 1, begun: [], runId: null };
      if (state.begun.includes(taskId)) continue;
      if (underWay() >= mostUnderWay) return note(state);
      const task = assigned(taskId);
      if (!task || isWorkedOn(taskId)) continue;
      const runId = newId();
      note({ ...state, runId });
      try {
        await begin(task, runId);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'VAULT_LOCKED' || error.code.startsWith('STORAGE_'))
          throw error;
        // No such agent, no model: the task stays as it is, and a person sees why nothing works on it.
        noteFailed(task, error);
        logger.warn('an assigned task could not be begun', { taskId, code: error.code });
      }
      note({ ...state, begun: [...state.begun, taskId], runId: null });
    }
    if (last !== state.seen || stored === undefined) note({ seen: last, begun: [], runId: null });
  };

  const look = (): Promise<void> => {
    const next = turn.then(lookOnce, lookOnce);
    turn = next.catch(() => undefined);
    return next;
  };

  const lookSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look().catch((error: unknown) => {
        const code = errorCode(error);
        // What was not begun is begun after the unlock, or when there is room on the disk.
        if (code === 'CANCELLED' || code === 'VAULT_LOCKED' || code?.startsWith('STORAGE_')) return;
        logFault(logger, 'assigned tasks could not be looked at', error);
      });
    }, pause).unref();
  };

  return {
    look,
    lookSoon: () => {
      if (subscription) lookSoon();
    },
    async start() {
      if (stopping.signal.aborted) stopping = new AbortController();
      subscription ??= store().onDidChange((changes) => {
        if (changes.some(({ kind }) => kind === 'task')) lookSoon();
      });
      lookSoon();
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      subscription?.dispose();
      subscription = undefined;
      stopping.abort();
      await turn;
    },
  };
};
