import { type Expression, type SelectQueryBuilder, sql, type SqlBool } from 'kysely';
import type { Task, TaskQuery } from '../contract/workspace.ts';
import type { Schema, Store } from '../storage/index.ts';

type Tasks = SelectQueryBuilder<Schema, 'task', object>;

const live = (store: Store): Tasks => store.qb.selectFrom('task').where('task.deletedAt', 'is', null);
const open = sql<SqlBool>`task.status in ('open', 'doing')`;
/** Not in a project that was put aside. */
const active = sql<SqlBool>`(task.projectId is null or exists (select 1 from project where project.id = task.projectId and project.archivedAt is null and project.deletedAt is null))`;

const dueToday = (today: string): Expression<SqlBool> =>
  sql<SqlBool>`(task.doDate <= ${today} or task.dueDate <= ${today})`;
/** The next of the two dates that lies ahead. */
const nextDay = (today: string) =>
  sql<string>`min(case when task.doDate > ${today} then task.doDate else '9999-99-99' end, case when task.dueDate > ${today} then task.dueDate else '9999-99-99' end)`;

const order = (query: Tasks): Tasks => query.orderBy('task.position').orderBy('task.id');

const build = (store: Store, query: TaskQuery): Tasks => {
  switch (query.view) {
    case 'inbox':
      return order(live(store).where('task.projectId', 'is', null).where(open));
    case 'today':
      // Without a due date after those that have one; then by time, priority and place.
      return order(
        live(store)
          .where(open)
          .where(active)
          .where(dueToday(query.today))
          .orderBy(sql`coalesce(task.dueDate, '9999-99-99')`)
          .orderBy(sql`coalesce(task.dueTime, '99:99')`)
          .orderBy('task.priority'),
      );
    case 'upcoming':
      return order(
        live(store)
          .where(open)
          .where(active)
          .where(sql<SqlBool>`(task.doDate > ${query.today} or task.dueDate > ${query.today})`)
          .orderBy(nextDay(query.today))
          .orderBy(sql`coalesce(task.dueTime, '99:99')`)
          .orderBy('task.priority'),
      );
    case 'project': {
      const inProject = live(store).where('task.projectId', '=', query.projectId);
      const listed = order(query.includeDone ? inProject : inProject.where(open));
      return query.limit === undefined ? listed : listed.limit(query.limit);
    }
    case 'tag':
      return order(
        live(store)
          .where(open)
          .where(active)
          .where((eb) =>
            eb(
              'task.id',
              'in',
              eb
                .selectFrom('tag')
                .select('entityId')
                .where('kind', '=', 'task')
                .where('tag', '=', query.tag.toLowerCase()),
            ),
          ),
      );
    case 'run':
      return order(live(store).where('task.runId', '=', query.runId));
    case 'done':
      return live(store)
        .where('task.completedAt', 'is not', null)
        .orderBy('task.completedAt', 'desc')
        .orderBy('task.id')
        .limit(query.limit ?? 200);
    case 'trash':
      return store.qb
        .selectFrom('task')
        .where('task.deletedAt', 'is not', null)
        .orderBy('task.deletedAt', 'desc')
        .orderBy('task.position');
    case 'all':
      return order(live(store));
  }
};

/** The tasks a view shows, in its order. Only `trash` shows what was removed, and only `project`, `run`, `done` and `all` what is over. */
export const listTasks = (store: Store, query: TaskQuery): Task[] =>
  store.all(build(store, query).selectAll('task')).map((row) => store.decode('task', row));

export interface TaskCounts {
  /** Without subtasks. */
  readonly inbox: number;
  readonly today: number;
  readonly overdue: number;
}

export const countTasks = (store: Store, today: string): TaskCounts => {
  const count = (query: Tasks): number => store.first(query.select(sql<number>`count(*)`.as('count')))?.count ?? 0;
  return {
    inbox: count(live(store).where('task.projectId', 'is', null).where('task.parentId', 'is', null).where(open)),
    today: count(live(store).where(open).where(active).where(dueToday(today))),
    overdue: count(live(store).where(open).where(active).where('task.dueDate', '<', today)),
  };
};
