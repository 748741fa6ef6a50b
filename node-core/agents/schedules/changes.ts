import { z } from 'zod';
import { type Note, type Schedule, Task } from '../../contract/index.ts';
import { readSetting, type Store, writeSetting } from '../../storage/index.ts';
import { changesAfter, newestOperation } from '../operations.ts';
import { type Due, grace, type Subject } from './types.ts';

/** A note that is being written is saved again and again: it is taken when it has rested so long. Milliseconds. */
export const noteRest = 60_000;

/** The newest operations that were seen, of tasks and of notes, which may rest. */
const Cursor = z.object({ tasks: z.number().int(), notes: z.number().int() });
type Cursor = z.infer<typeof Cursor>;
const cursorSetting = 'scheduleCursor';

/** What a person or a program changed; what a run did starts no other. */
interface Changed {
  readonly seq: number;
  readonly at: number;
  readonly id: string;
  readonly created: boolean;
  readonly after: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>>;
}

type Trigger = Schedule['trigger'];
type ChangeTrigger = Extract<Trigger, { on: 'task-created' | 'task-tagged' | 'note-saved' }>;
export const isChangeTrigger = (trigger: Trigger): trigger is ChangeTrigger =>
  trigger.on === 'task-created' || trigger.on === 'task-tagged' || trigger.on === 'note-saved';

export interface Seen {
  dueOf(trigger: ChangeTrigger): Due[];
  /** Marks what was seen as seen. After it was noted. */
  done(): void;
  /** Milliseconds until a note that rests is to be looked at again. */
  readonly wait: number;
  /** Keys of the notes that were saved and may still rest. */
  readonly saved: readonly string[];
}

const tagsOf = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Task.shape.tags.catch([]).parse(fields['tags']);

export const taskSubject = ({ id, title, notes, runId }: Task): Subject => ({
  kind: 'task',
  id,
  title,
  byAgent: runId !== null,
  text: notes.trim() === '' ? title : `${title}\n\n${notes}`,
});

/**
 * What changed since the last look, out of the log of everything that is changed, so that nothing is lost where the node ended in between or
 * another program had the vault open. The first look at a vault begins at its end.
 */
export const changesSince = (store: Store, now: number, triggers: readonly ChangeTrigger[]): Seen => {
  const head = newestOperation(store);
  const cursor = Cursor.catch({ tasks: head, notes: head }).parse(readSetting(store, cursorSetting));
  const watches = (kind: 'task' | 'note') => triggers.some(({ on }) => on.startsWith(kind));

  const changed = (kind: 'task' | 'note'): Changed[] => {
    const after = kind === 'task' ? cursor.tasks : cursor.notes;
    if (after >= head || !watches(kind)) return [];
    return changesAfter(store, after, 'anyone').flatMap((change) =>
      change.kind === kind && change.after !== null
        ? [
            {
              seq: change.seq,
              at: change.at,
              id: change.id,
              created: change.before === null,
              before: change.before ?? {},
              after: change.after,
            },
          ]
        : [],
    );
  };

  const tasks = changed('task').flatMap((change) => {
    const task = store.get('task', change.id);
    return task?.deletedAt === null ? [{ change, task }] : [];
  });
  const saved = new Map<string, { readonly seq: number; readonly note: Note }>();
  for (const { id, seq, after, created } of changed('note')) {
    if (!created && !('text' in after)) continue;
    const note = store.get('note', id);
    if (note?.deletedAt === null) saved.set(id, { seq, note });
  }
  // A clock that went back does not make a note wait until it is there again.
  const restLeft = ({ updatedAt }: Note) => (updatedAt > now ? 0 : Math.max(0, updatedAt + noteRest - now));
  const resting = [...saved.values()].filter(({ note }) => restLeft(note) > 0);

  const savedKey = ({ id, revision }: Note): string => `saved ${id} ${revision}`;
  const due = (key: string, at: number, subject: Subject): Due => ({
    key,
    at,
    until: at + grace,
    subject,
  });

  return {
    wait: Math.min(...resting.map(({ note }) => restLeft(note)), Number.POSITIVE_INFINITY),
    saved: [...saved.values()].map(({ note }) => savedKey(note)),
    dueOf(trigger) {
      if (trigger.on === 'note-saved')
        return [...saved.values()]
          .filter(({ note }) => restLeft(note) === 0 && (trigger.tag === null || note.tags.includes(trigger.tag)))
          .map(({ note }) =>
            due(savedKey(note), note.updatedAt, {
              kind: 'note',
              id: note.id,
              title: note.title,
              text: note.text,
              byAgent: note.runId !== null,
            }),
          );
      return tasks.flatMap(({ change, task }) => {
        if (trigger.on === 'task-created') {
          const counts = change.created && (trigger.tag === null || tagsOf(change.after).includes(trigger.tag));
          return counts ? [due(`created ${task.id}`, change.at, taskSubject(task))] : [];
        }
        const gained = tagsOf(change.after).includes(trigger.tag) && !tagsOf(change.before).includes(trigger.tag);
        return gained ? [due(`tagged ${task.id} ${change.seq}`, change.at, taskSubject(task))] : [];
      });
    },
    done() {
      const oldest = Math.min(head + 1, ...resting.map(({ seq }) => seq));
      const next: Cursor = { tasks: head, notes: Math.max(cursor.notes, oldest - 1) };
      if (next.tasks !== cursor.tasks || next.notes !== cursor.notes || readSetting(store, cursorSetting) === undefined)
        writeSetting(store, cursorSetting, next);
    },
  };
};
