import { sql } from 'kysely';
import { newId } from '../common/index.ts';
import { AppError } from '../contract/errors.ts';
import type { NewProject, Project, ProjectPatch, ProjectSummary, Section } from '../contract/workspace.ts';
import type { z } from 'zod';
import type { Store } from '../storage/index.ts';
import { isCalendarDate } from './calendar.ts';
import { alive, type Change, clean, existing } from './change.ts';
import { STEP } from './position.ts';

export type NewProjectInput = z.infer<typeof NewProject>;
export type ProjectPatchInput = z.infer<typeof ProjectPatch>;
export type SectionEntity = z.infer<typeof Section>;

/** Colours of new projects, one after the other. */
const palette: readonly Project['color'][] = ['blue', 'green', 'violet', 'orange', 'teal', 'pink', 'yellow', 'red'];

const checkDue = (date: string | null | undefined): void => {
  if (date && !isCalendarDate(date))
    throw new AppError('BAD_REQUEST', `There is no day ${date}. Choose another due date.`);
};

/** @throws AppError `BAD_REQUEST` */
export const addProject = ({ store, tx, now, runId }: Change, input: NewProjectInput): Project => {
  checkDue(input.dueDate);
  const known = tx.first(
    store.qb
      .selectFrom('project')
      .select([sql<number>`count(*)`.as('count'), sql<number | null>`max(position)`.as('last')]),
  );
  const project: Project = {
    id: newId(),
    name: clean(input.name).trim(),
    notes: clean(input.notes ?? ''),
    color: input.color ?? palette[(known?.count ?? 0) % palette.length] ?? 'blue',
    view: input.view ?? 'list',
    noteId: input.noteId ?? null,
    dueDate: input.dueDate ?? null,
    position: input.position ?? (known?.last ?? 0) + STEP,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    deletedAt: null,
    runId,
  };
  tx.put('project', project);
  return project;
};

/** @throws AppError `NOT_FOUND`, `CONFLICT`, `BAD_REQUEST` */
export const updateProject = ({ tx, now }: Change, id: string, patch: ProjectPatchInput): Project => {
  checkDue(patch.dueDate);
  const before = alive(tx, 'project', id);
  const { archived, name, notes, ...rest } = patch;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const project: Project = {
    ...before,
    ...given,
    ...(name === undefined ? {} : { name: clean(name).trim() }),
    ...(notes === undefined ? {} : { notes: clean(notes) }),
    ...(archived === undefined ? {} : { archivedAt: archived ? (before.archivedAt ?? now) : null }),
    updatedAt: now,
  };
  tx.put('project', project);
  return project;
};

/** To the trash with its sections, tasks and notes. @throws AppError `NOT_FOUND` */
export const removeProject = (change: Change, id: string): Project => {
  const { store, tx, now } = change;
  const project = existing(tx, 'project', id);
  if (project.deletedAt !== null) return project;
  for (const kind of ['task', 'note'] as const) {
    const ids = tx.all(
      store.qb.selectFrom(kind).select('id').where('projectId', '=', id).where('deletedAt', 'is', null),
    );
    for (const row of ids) tx.put(kind, { ...existing(tx, kind, row.id), deletedAt: now });
  }
  for (const row of tx.all(
    store.qb.selectFrom('section').selectAll().where('projectId', '=', id).where('deletedAt', 'is', null),
  )) {
    tx.put('section', { ...row, deletedAt: now });
  }
  const removed: Project = { ...project, deletedAt: now, updatedAt: now };
  tx.put('project', removed);
  return removed;
};

/** Out of the trash with what went there along with it. @throws AppError `NOT_FOUND`, `CONFLICT` */
export const restoreProject = (change: Change, id: string): Project => {
  const { store, tx, now } = change;
  const project = existing(tx, 'project', id);
  if (project.deletedAt === null) throw new AppError('CONFLICT', 'This project is not in the trash. Reload the list.');
  const restored: Project = { ...project, deletedAt: null, updatedAt: now };
  tx.put('project', restored);
  for (const kind of ['section', 'task', 'note'] as const) {
    const ids = tx.all(
      store.qb.selectFrom(kind).select('id').where('projectId', '=', id).where('deletedAt', '=', project.deletedAt),
    );
    for (const row of ids) tx.put(kind, { ...existing(tx, kind, row.id), deletedAt: null });
  }
  return restored;
};

export const listProjects = (store: Store, archived: boolean): ProjectSummary[] => {
  const tally = store.all(
    store.qb
      .selectFrom('task')
      .select([
        'projectId',
        sql<number>`sum(status in ('open', 'doing'))`.as('open'),
        sql<number>`sum(status = 'done')`.as('done'),
      ])
      .where('deletedAt', 'is', null)
      .where('projectId', 'is not', null)
      .groupBy('projectId'),
  );
  const counts = new Map(tally.map((row) => [row.projectId, row]));
  return store
    .all(
      store.qb
        .selectFrom('project')
        .selectAll()
        .where('deletedAt', 'is', null)
        .where('archivedAt', archived ? 'is not' : 'is', null)
        .orderBy('position')
        .orderBy('id'),
    )
    .map((row) => ({
      ...store.decode('project', row),
      openCount: counts.get(row.id)?.open ?? 0,
      doneCount: counts.get(row.id)?.done ?? 0,
    }));
};

export const listSections = (store: Store, projectId: string): SectionEntity[] =>
  store.all(
    store.qb
      .selectFrom('section')
      .selectAll()
      .where('projectId', '=', projectId)
      .where('deletedAt', 'is', null)
      .orderBy('position')
      .orderBy('id'),
  );

/** @throws AppError `NOT_FOUND`, `CONFLICT` */
export const addSection = ({ store, tx }: Change, projectId: string, name: string): SectionEntity => {
  alive(tx, 'project', projectId);
  const last = tx.first(
    store.qb
      .selectFrom('section')
      .select(sql<number | null>`max(position)`.as('last'))
      .where('projectId', '=', projectId),
  );
  const section: SectionEntity = {
    id: newId(),
    projectId,
    name: clean(name).trim(),
    position: (last?.last ?? 0) + STEP,
    deletedAt: null,
  };
  tx.put('section', section);
  return section;
};

/** @throws AppError `NOT_FOUND`, `CONFLICT` */
export const updateSection = (
  { tx }: Change,
  id: string,
  name: string | undefined,
  position: number | undefined,
): SectionEntity => {
  const before = alive(tx, 'section', id);
  const section: SectionEntity = {
    ...before,
    ...(name === undefined ? {} : { name: clean(name).trim() }),
    ...(position === undefined ? {} : { position }),
  };
  tx.put('section', section);
  return section;
};

/** Its tasks stay in the project. @throws AppError `NOT_FOUND` */
export const removeSection = ({ store, tx, now }: Change, id: string): SectionEntity => {
  const section = existing(tx, 'section', id);
  const rows = tx.all(
    store.qb
      .selectFrom('task')
      .selectAll()
      .where('projectId', '=', section.projectId)
      .where('sectionId', '=', id)
      .where('deletedAt', 'is', null),
  );
  for (const row of rows) tx.put('task', { ...store.decode('task', row), sectionId: null, updatedAt: now });
  const removed: SectionEntity = { ...section, deletedAt: now };
  tx.put('section', removed);
  return removed;
};
