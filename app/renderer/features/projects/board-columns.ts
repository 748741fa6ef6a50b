import type { Section, Task, TaskPatch } from '../../../../node-core/contract/index.ts';

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly Task[];
  /** What a task becomes by being put here. */
  readonly patch: TaskPatch;
}

export const columnsOf = (tasks: readonly Task[], sections: readonly Section[]): Column[] => {
  const top = tasks.filter((task) => task.parentId === null && task.status !== 'cancelled');
  if (sections.length === 0) {
    return [
      {
        id: 'open',
        title: 'To do',
        tasks: top.filter((task) => task.status === 'open'),
        patch: { status: 'open' },
      },
      {
        id: 'doing',
        title: 'Doing',
        tasks: top.filter((task) => task.status === 'doing'),
        patch: { status: 'doing' },
      },
      {
        id: 'done',
        title: 'Done',
        tasks: top.filter((task) => task.status === 'done'),
        patch: { status: 'done' },
      },
    ];
  }
  const known = new Set(sections.map((section) => section.id));
  const loose = top.filter((task) => !task.sectionId || !known.has(task.sectionId));
  return [
    ...(loose.length > 0 ? [{ id: '', title: 'No section', tasks: loose, patch: { sectionId: null } }] : []),
    ...sections.map((section) => ({
      id: section.id,
      title: section.name,
      tasks: top.filter((task) => task.sectionId === section.id),
      patch: { sectionId: section.id },
    })),
  ];
};
