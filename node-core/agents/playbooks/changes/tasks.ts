import { z } from 'zod';
import { Priority } from '../../../contract/index.ts';
import { addTask } from '../../../workspace/index.ts';
import { defineChange } from './change.ts';

const Item = z.looseObject({
  title: z.string().min(1).max(2_000),
  owner: z.string().max(200).nullish(),
  due: z.string().nullish(),
  priority: Priority.nullish(),
  tags: z.array(z.string()).nullish(),
  /** Days; the reminder comes at nine in the morning where the node is, or in two hours where that is past. */
  remindOn: z.array(z.string()).nullish(),
  line: z.number().int().positive().nullish(),
  quote: z.string().nullish(),
});

const longestQuote = 2_000;

const morningOf = (date: string): number => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day, 9).getTime();
};

const HOUR = 3_600_000;

/** In the morning of that day; where that has gone by today already, in two hours. */
const reminderAt = (date: string, now: number): number[] => {
  const at = morningOf(date);
  if (at > now) return [at];
  return now - at < 15 * HOUR ? [now + 2 * HOUR] : [];
};

/** Tasks, linked to the lines of a note where they were said. */
export const tasksChange = defineChange({
  name: 'tasks',
  input: z.object({
    tasks: z.array(Item).max(200),
    noteId: z.string().nullish(),
    projectId: z.string().nullish(),
  }),
  apply(change, { tasks, noteId, projectId }) {
    const made = tasks.map(({ title, owner, due, priority, tags, remindOn, line, quote }) =>
      addTask(change, {
        title,
        owner: owner ?? null,
        dueDate: due ?? null,
        projectId: projectId ?? null,
        tags: tags ?? [],
        ...(priority && { priority }),
        reminders: (remindOn ?? []).flatMap((day) => reminderAt(day, change.now)).map((at) => ({ at, firedAt: null })),
        source: noteId && line ? { noteId, line, quote: (quote ?? '').slice(0, longestQuote).toWellFormed() } : null,
      }),
    );
    return {
      value: { taskIds: made.map(({ id }) => id) },
      output: `${made.length} task${made.length === 1 ? '' : 's'}`,
      touched: made.map(({ id, title }) => ({ kind: 'task', id, title })),
    };
  },
});
