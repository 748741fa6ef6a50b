import { z } from 'zod';
import { type Change, addNote, addProject, addTask, updateProject } from '../../../workspace/index.ts';
import { withTags } from '../../notes.ts';
import type { Touched } from '../../journal.ts';
import { defineChange } from './change.ts';

const Step = z.object({
  title: z.string().min(1).max(2_000),
  due: z.string().nullish(),
  /** Numbers, from 1, of earlier steps. */
  dependsOn: z.array(z.number()).default([]),
  owner: z.string().max(200).nullish(),
});

/** The day before a task is due, at nine in the morning where the node is. */
const reminderOf = (due: string, { now }: Change) => {
  const [year = 0, month = 1, day = 1] = due.split('-').map(Number);
  const at = new Date(year, month - 1, day - 1, 9).getTime();
  return at > now ? [{ at, firedAt: null }] : [];
};

/** A project, its note, and its tasks with their dependencies. */
export const projectChange = defineChange({
  name: 'project-with-tasks',
  input: z.object({
    name: z.string().min(1).max(300),
    deadline: z.string().nullish(),
    steps: z.array(Step).max(100),
    text: z.string().nullish(),
    tags: z.array(z.string()).nullish(),
    reminders: z.boolean().nullish(),
  }),
  apply(change, { name, deadline, steps, text, tags, reminders }) {
    const project = addProject(change, { name, dueDate: deadline ?? steps.at(-1)?.due ?? null });
    const touched: Touched[] = [{ kind: 'project', id: project.id, title: project.name }];
    const note = text ? addNote(change, { text: withTags(text, tags ?? []), projectId: project.id }) : null;
    if (note) {
      updateProject(change, project.id, { noteId: note.id });
      touched.push({ kind: 'note', id: note.id, title: note.title });
    }
    const taskIds: string[] = [];
    for (const { title, due, dependsOn, owner } of steps) {
      const task = addTask(change, {
        title,
        projectId: project.id,
        dueDate: due ?? null,
        owner: owner ?? null,
        tags: tags ?? [],
        dependsOn: dependsOn.flatMap((number) => taskIds[number - 1] ?? []),
        reminders: reminders && due ? reminderOf(due, change) : [],
      });
      taskIds.push(task.id);
      touched.push({ kind: 'task', id: task.id, title: task.title });
    }
    return {
      value: { projectId: project.id, projectName: project.name, noteId: note?.id ?? null, taskIds },
      output: `${taskIds.length} tasks in ${project.name}`,
      touched,
    };
  },
});
