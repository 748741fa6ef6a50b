import type { z } from 'zod';
import { figureOf } from '../../contract/figures.ts';
import { AppError, CalendarDate, type Labels, type Note, type Playbook, type Task } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { isEmpty } from './expressions.ts';

type Json = z.core.util.JSONType;
type Input = Playbook['inputs'][number];

/** So many notes are read at most. */
const mostNotes = 500;
/** Characters that a typed text may have; a long one as many as a file that is dropped. */
const longest = { text: 100_000, 'long-text': 2_000_000 } as const;

/** `project` and `made` tell notes of one title apart; `run`: an agent wrote it. */
const noteOf = (store: Store, { id, title, text, tags, projectId, createdAt, runId }: Note): Json => {
  const project = projectId === null ? undefined : store.get('project', projectId)?.name;
  return {
    id,
    title,
    text,
    tags,
    made: new Date(createdAt).toISOString().slice(0, 10),
    ...(project === undefined ? {} : { project }),
    ...(runId === null ? {} : { run: runId }),
  };
};

const wrong = ({ title }: Input, what: string): AppError => new AppError('BAD_REQUEST', `“${title}” ${what}`);

const livingNote = (store: Store, id: string): Note | undefined => {
  const note = store.get('note', id);
  return note?.deletedAt === null ? note : undefined;
};

const allNotes = (store: Store): Note[] =>
  store
    .all(
      store.qb
        .selectFrom('note')
        .selectAll()
        .where('deletedAt', 'is', null)
        .orderBy('updatedAt', 'desc')
        .orderBy('id')
        .limit(mostNotes),
    )
    .map((row) => store.decode('note', row));

const read = (input: Input, given: Json, store: Store): Json => {
  if (input.type === 'number') {
    const number = typeof given === 'string' ? (figureOf(given) ?? Number.NaN) : given;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong(input, 'has to be a number.');
    return number;
  }
  if (input.type === 'notes') {
    if (given === 'all') return allNotes(store).map((note) => noteOf(store, note));
    const ids = typeof given === 'string' ? given.split(/[,\s]+/u).filter((id) => id !== '') : given;
    if (!Array.isArray(ids)) throw wrong(input, 'has to name notes, or be “all”.');
    return ids.slice(0, mostNotes).map((id) => {
      const note = typeof id === 'string' ? livingNote(store, id) : undefined;
      if (!note) throw wrong(input, 'names a note that is gone. Choose the notes again.');
      return noteOf(store, note);
    });
  }
  if (typeof given !== 'string') throw wrong(input, 'has to be text.');
  switch (input.type) {
    case 'date':
      if (!CalendarDate.safeParse(given).success)
        throw wrong(input, `has to be a day, as 2026-06-30; it is “${given}”.`);
      return given;
    case 'choice':
      if (!input.choices.includes(given)) throw wrong(input, `has to be one of: ${input.choices.join(', ')}.`);
      return given;
    case 'note': {
      const note = livingNote(store, given);
      if (!note) throw wrong(input, 'names a note that is gone. Choose it again.');
      return noteOf(store, note);
    }
    case 'task': {
      const task = store.get('task', given);
      if (task?.deletedAt !== null) throw wrong(input, 'names a task that is gone. Choose it again.');
      return { id: task.id, title: task.title, notes: task.notes, dueDate: task.dueDate, tags: task.tags };
    }
    default:
      if (given.length > longest[input.type])
        throw new AppError(
          'INPUT_TOO_LONG',
          `“${input.title}” has ${given.length} characters; at most ${longest[input.type]} are taken. Shorten it, or keep it as a note.`,
        );
      if (given.includes('\0') || !given.isWellFormed())
        throw new AppError('INPUT_NOT_TEXT', `“${input.title}” is not text. Give it as plain text.`);
      return given;
  }
};

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether a text has a word that the other has not. */
export const saysMore = (text: string, than: string): boolean => {
  const known = new Set(wordsIn(than));
  return wordsIn(text).some((word) => !known.has(word));
};

/**
 * What came with a task which was handed over: its title is a goal as it was typed. What has words that the title has not may come from its
 * notes: those are kept here, and were put there by code or by a model, so that a person sees them before they leave. What an agent made of
 * the task may be what others wrote.
 */
export const labelsOfTask = (value: Json, task: Task | undefined): Pick<Labels, 'untrusted' | 'private' | 'model'> => {
  if ((typeof value !== 'string' && typeof value !== 'number') || !task)
    return { untrusted: false, private: false, model: false };
  const isByAgent = task.runId !== null;
  const isOfNotes = task.notes.trim() !== '' && saysMore(String(value), task.title);
  return { untrusted: isByAgent, private: isByAgent || isOfNotes, model: isOfNotes };
};

/** Whether an agent made one of the notes, or the task, that an input came to: it may be what others wrote. */
export const isByAgent = ({ type }: Input, value: Json, store: Store): boolean => {
  if (type !== 'note' && type !== 'notes' && type !== 'task') return false;
  const kind = type === 'task' ? 'task' : 'note';
  return [value].flat().some((entity) => {
    const id = typeof entity === 'object' && entity !== null && !Array.isArray(entity) ? entity['id'] : undefined;
    return typeof id === 'string' && (store.get(kind, id)?.runId ?? null) !== null;
  });
};

/**
 * What a run of the playbook works on: each input checked, notes and tasks as they are now. One that was not given is null.
 * @throws AppError `BAD_REQUEST`, `INPUT_TOO_LONG`, `INPUT_NOT_TEXT`
 */
export const readInputs = (
  { inputs }: Pick<Playbook, 'inputs'>,
  given: Readonly<Record<string, Json>>,
  store: Store,
): Record<string, Json> => {
  const unknown = Object.keys(given).find((id) => !inputs.some((input) => input.id === id));
  if (unknown !== undefined)
    throw new AppError(
      'BAD_REQUEST',
      `This playbook has no input “${unknown}”. It has: ${inputs.map(({ id }) => id).join(', ') || 'none'}.`,
    );
  return Object.fromEntries(
    inputs.map((input) => {
      // Of notes, none chosen means all of them.
      const own = Object.hasOwn(given, input.id) ? given[input.id] : undefined;
      const value = own ?? (input.type === 'notes' && input.required ? 'all' : undefined);
      const blank = isEmpty(value) || (typeof value === 'string' && value.trim() === '');
      if (blank && input.required)
        throw new AppError(
          'BAD_REQUEST',
          `“${input.title}” is missing (input “${input.id}”). Fill it in and start again.`,
        );
      return [input.id, blank || value === undefined ? null : read(input, value, store)];
    }),
  );
};
