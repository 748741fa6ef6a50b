import { z } from 'zod';
import { type Disposable, logFault, type Logger, type Startable } from '../../common/index.ts';
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

export interface AssignmentsComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  /** @throws AppError `NOT_FOUND` */
  readonly profileOf: (id: string) => Profile;
  readonly compose: ContractHandlers['playbooks']['compose'];
  readonly startRun: (request: StartRun) => Run;
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

  /** What a person assigned after the operation `seen`, oldest first. What programs and runs assign begins nothing. */
  const assignedSince = (seen: number): { readonly seq: number; readonly at: number; readonly taskId: string }[] =>
    changesAfter(store(), seen, 'person').flatMap(({ seq, at, kind, id, before, after }) => {
      const to = after?.['assignee'];
      const isNew = kind === 'task' && to !== undefined && to !== 'me' && before?.['assignee'] !== to;
      return isNew ? [{ seq, at, taskId: id }] : [];
    });

  /** One run a task: the one that was made before the node ended, too. */
  const hasRun = (taskId: string, since: number): boolean =>
    store().first(
      store()
        .qb.selectFrom('run')
        .select('id')
        .where('taskId', '=', taskId)
        .where((or) => or.or([or('createdAt', '>=', since), or('endedAt', 'is', null)])),
    ) !== undefined;

  const underWay = (): number =>
    store().all(store().qb.selectFrom('run').select('id').where('taskId', 'is not', null).where('endedAt', 'is', null))
      .length;

  const begin = async (task: Task): Promise<void> => {
    const profile = task.assignee === 'agent' ? undefined : profileOf(task.assignee);
    const model = profile?.modelId ? { modelId: profile.modelId } : {};
    const due = task.dueDate === null ? '' : `by ${task.dueDate}`;
    const notes = [due, task.notes.trim()].filter((part) => part !== '').join('\n\n');
    const { playbook, nearest, inputs } = await compose(
      { goal: task.title, notes, ...model },
      { signal: stopping.signal, actor: 'user' },
    );
    const plan = (): void => {
      const goal = [task.title, due, ...task.tags.map((tag) => `#${tag}`)].filter((part) => part !== '').join(' ');
      startRun({ skill: 'plan', goal, taskId: task.id, ...model });
    };
    if (nearest === null) return plan();
    const forTask = playbook.inputs.find(({ type }) => type === 'task');
    try {
      startRun({
        skill: 'playbook',
        playbookId: playbook.id,
        inputs: { ...inputs, ...(forTask && { [forTask.id]: task.id }) },
        taskId: task.id,
        ...model,
        edited: profile ? { ...playbook, profile: profile.id } : playbook,
      });
    } catch (error) {
      // It needs what the task does not say: a plan needs no more than its title.
      if (errorCode(error) !== 'BAD_REQUEST') throw error;
      plan();
    }
  };

  const lookOnce = async (): Promise<void> => {
    const last = newestOperation(store());
    const seen = z.number().int().catch(last).parse(readSetting(store(), seenSetting));
    for (const { seq, at, taskId } of assignedSince(seen)) {
      if (underWay() >= mostUnderWay) return writeSetting(store(), seenSetting, seq - 1);
      const task = store().get('task', taskId);
      const isOpen = task && task.deletedAt === null && task.completedAt === null && task.assignee !== 'me';
      if (!isOpen || hasRun(taskId, at)) continue;
      try {
        await begin(task);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'VAULT_LOCKED' || error.code.startsWith('STORAGE_'))
          throw error;
        // No such agent, no model: the task stays as it is, and a person sees why nothing works on it.
        noteFailed(task, error);
        logger.warn('an assigned task could not be begun', { taskId, code: error.code });
      }
    }
    if (last !== seen || readSetting(store(), seenSetting) === undefined) writeSetting(store(), seenSetting, last);
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
      // The first look at a vault begins at its end: as it is now, not when it is looked at.
      if (readSetting(store(), seenSetting) === undefined) writeSetting(store(), seenSetting, newestOperation(store()));
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
