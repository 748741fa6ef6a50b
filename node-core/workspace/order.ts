import { sql } from 'kysely';
import type { Change } from './change.ts';
import { between, STEP } from './position.ts';

const inProject = (projectId: string | null) =>
  projectId === null ? sql<boolean>`"projectId" is null` : sql<boolean>`"projectId" = ${projectId}`;

/** Below everything else of the project, or of the inbox. */
export const lastPosition = ({ store, tx }: Change, projectId: string | null): number => {
  const last = tx.first(
    store.qb
      .selectFrom('task')
      .select('position')
      .where(inProject(projectId))
      .where('deletedAt', 'is', null)
      .orderBy('position', 'desc')
      .limit(1),
  );
  return between(last?.position ?? null, null) ?? STEP;
};

/** Gives the tasks of a project, or of the inbox, whole steps again, in the order they have. */
const spread = ({ store, tx }: Change, projectId: string | null): void => {
  const rows = tx.all(
    store.qb
      .selectFrom('task')
      .selectAll()
      .where(inProject(projectId))
      .where('deletedAt', 'is', null)
      .orderBy('position')
      .orderBy('id'),
  );
  rows.forEach((row, index) => {
    const position = (index + 1) * STEP;
    if (row.position !== position) tx.put('task', { ...store.decode('task', row), position });
  });
};

/** A position between two tasks. Makes room, in the same step of history, where there is none. */
export const positionBetween = (
  change: Change,
  aboveId: string | null,
  belowId: string | null,
  projectId: string | null,
): number => {
  const { tx } = change;
  const read = (id: string | null) => (id === null ? null : (tx.get('task', id)?.position ?? null));
  const place = () => {
    const [above, below] = [read(aboveId), read(belowId)];
    if (above === null && below === null) return lastPosition(change, projectId);
    return above !== null && below !== null && above > below ? between(below, above) : between(above, below);
  };
  const found = place();
  if (found !== null) return found;
  spread(change, projectId);
  return place() ?? lastPosition(change, projectId);
};
