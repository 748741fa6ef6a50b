import type { Store } from '../../storage/index.ts';
import { taskSubject } from './changes.ts';
import { type Due, grace } from './types.ts';

/** In the time zone of the machine, as everything about a day is. */
const dayStart = (day: string): number => new Date(`${day}T00:00:00`).getTime();

/**
 * Open tasks that have a due date, as times: with a time of day at that time; without one their whole day long. What a run made counts
 * once a person touched it, so that no run starts itself over.
 */
export const dueTasks = (store: Store): Due[] =>
  store
    .all(
      store.qb
        .selectFrom('task')
        .selectAll()
        .where('dueDate', 'is not', null)
        .where('completedAt', 'is', null)
        .where('deletedAt', 'is', null)
        .where((or) => or.or([or('runId', 'is', null), or('touched', '=', 1)])),
    )
    .flatMap((row) => {
      const task = store.decode('task', row);
      if (task.dueDate === null) return [];
      const subject = taskSubject(task);
      const key = `due ${task.id} ${task.dueDate} ${task.dueTime ?? ''}`.trimEnd();
      if (task.dueTime === null) {
        const at = dayStart(task.dueDate);
        const next = new Date(at);
        next.setDate(next.getDate() + 1);
        const end = next.getTime() - 1;
        return [{ key, at, until: end, subject }];
      }
      const at = new Date(`${task.dueDate}T${task.dueTime}:00`).getTime();
      return [{ key, at, until: at + grace, subject }];
    })
    .toSorted((a, b) => a.at - b.at);
