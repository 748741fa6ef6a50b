import type { Store } from '../storage/index.ts';

/** All that a person has, with ids and times left out: ids become the position of what they name. */
export const workspaceOf = (store: Store): unknown => {
  const { qb } = store;
  const tables = {
    project: store.all(qb.selectFrom('project').selectAll().orderBy('position')),
    note: store.all(qb.selectFrom('note').selectAll().orderBy('createdAt').orderBy('id')),
    task: store.all(qb.selectFrom('task').selectAll().orderBy('position').orderBy('id')),
    run: store.all(
      qb.selectFrom('run').select(['id', 'state', 'error', 'result', 'promptTokens', 'outputTokens', 'title']),
    ),
    link: store.all(qb.selectFrom('link').selectAll().orderBy('noteId').orderBy('line')),
    operation: store.all(qb.selectFrom('operation').select(['actor', 'runId', 'label', 'kind']).orderBy('seq')),
  };
  const ids = Object.entries(tables).flatMap(([kind, rows]) =>
    rows.flatMap((row, index) => ('id' in row ? [[row.id, `${kind} ${index}`] as const] : [])),
  );
  const named = ids.reduce((text, [id, name]) => text.replaceAll(id, name), JSON.stringify(tables));
  return JSON.parse(named.replaceAll(/"(createdAt|updatedAt|completedAt|deletedAt)":\d+/gu, '"$1":"then"'));
};
