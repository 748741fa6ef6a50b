import { newId } from '../common/index.ts';
import type { Call, ContractHandlers } from '../contract/index.ts';
import { AppError } from '../contract/errors.ts';
import type { Task } from '../contract/workspace.ts';
import type { Store } from '../storage/index.ts';
import { addAttachment, decodeAttachment, listAttachments, readAttachment, removeAttachment } from './attachments.ts';
import { alive, type Change, existing, named, quoted } from './change.ts';
import { complete, reopen } from './completion.ts';
import { patchVerb } from './labels.ts';
import { titleOf } from './markdown.ts';
import { backlinksOf, listNotes, resolveLink } from './note-queries.ts';
import { listVersions, versionText } from './note-versions.ts';
import { addNote, removeNote, restoreNote, saveNote, updateNote } from './notes.ts';
import { positionBetween } from './order.ts';
import {
  addProject,
  addSection,
  listProjects,
  listSections,
  removeProject,
  removeSection,
  restoreProject,
  updateProject,
  updateSection,
} from './projects.ts';
import { hereFrom, type Names, parseQuickAdd } from './quick-add/parse.ts';
import { listTags, search } from './search.ts';
import { countTasks, listTasks } from './task-queries.ts';
import { removeTasks, restoreTask } from './task-trash.ts';
import { addTask, updateTask } from './tasks.ts';

export type WorkspaceHandlers = Pick<
  ContractHandlers,
  'tasks' | 'quickAdd' | 'projects' | 'notes' | 'tags' | 'search' | 'history'
>;

/** Who tasks can be given to, and which playbooks a line can begin with. */
export interface WorkerNames {
  agents(): NonNullable<Names['agents']>;
  playbooks(): NonNullable<Names['playbooks']>;
}

interface Components {
  readonly store: () => Store;
  readonly now: () => number;
  readonly workers: WorkerNames;
}

/** One undoable step of whoever calls; the label is known before the work, from what is stored. */
type Step = <T>(call: Call, label: (store: Store) => string, work: (change: Change) => T) => T;

const createStep =
  ({ store: open, now }: Components): Step =>
  (call, label, work) => {
    const store = open();
    return store.transact({ actor: call.actor, label: label(store) }, (tx) =>
      work({ store, tx, now: now(), runId: null }),
    );
  };

const titlesOf = (store: Store, ids: readonly string[]): string[] =>
  ids.map((id) => store.get('task', id)?.title ?? '');
const titled = (verb: string, kind: 'task' | 'note', id: string) => (store: Store) =>
  `${verb} ${quoted(store.get(kind, id)?.title ?? '')}`;
const projectNamed = (verb: string, id: string) => (store: Store) =>
  `${verb} ${quoted(store.get('project', id)?.name ?? '')}`;

const taskHandlers = (open: () => Store, step: Step): WorkspaceHandlers['tasks'] => ({
  list: (query) => listTasks(open(), query),
  get: ({ id }) => existing(open(), 'task', id),
  create: (input, call) =>
    step(
      call,
      () => `Add task ${quoted(input.title)}`,
      (change) => addTask(change, input),
    ),
  update: ({ id, patch }, call) =>
    step(call, titled(patchVerb(patch), 'task', id), (change) => updateTask(change, id, patch).task),
  updateMany: ({ ids, patch }, call) =>
    step(
      call,
      (store) => `${patchVerb(patch)} ${named(titlesOf(store, ids), 'task')}`,
      (change) => {
        for (const id of ids) updateTask(change, id, patch);
        return ids.map((id) => existing(change.tx, 'task', id));
      },
    ),
  complete: ({ id }, call) => step(call, titled('Complete', 'task', id), (change) => complete(change, id)),
  reopen: ({ id }, call) => step(call, titled('Reopen', 'task', id), (change) => reopen(change, id)),
  remove: ({ ids }, call) =>
    step(
      call,
      (store) => `Delete ${named(titlesOf(store, ids), 'task')}`,
      (change) => void removeTasks(change, ids),
    ),
  restore: ({ id }, call) => step(call, titled('Restore', 'task', id), (change) => restoreTask(change, id)),
  move: ({ id, before, after, patch }, call) =>
    step(call, titled('Move', 'task', id), (change) => {
      if (id === before || id === after)
        throw new AppError('BAD_REQUEST', 'A task can’t be its own neighbour. Choose another place.');
      const moved = patch === undefined ? alive(change.tx, 'task', id) : updateTask(change, id, patch).task;
      const position = positionBetween(change, before, after, moved.projectId);
      return updateTask(change, id, { position }).task;
    }),
  counts: ({ today }) => countTasks(open(), today),
});

const quickAddHandlers = (
  open: () => Store,
  step: Step,
  { now, workers }: Components,
): WorkspaceHandlers['quickAdd'] => {
  const projectsOf = (store: Store) =>
    store.all(
      store.qb
        .selectFrom('project')
        .select(['id', 'name'])
        .where('deletedAt', 'is', null)
        .where('archivedAt', 'is', null),
    );
  const parse = (input: Parameters<WorkspaceHandlers['quickAdd']['parse']>[0], playbooks: Names['playbooks'] = []) =>
    parseQuickAdd(input.text, {
      here: hereFrom(input.now, now()),
      projects: projectsOf(open()),
      agents: input.text.includes('@') ? workers.agents() : [],
      playbooks,
      ...(input.ignore ? { ignore: input.ignore } : {}),
    });
  return {
    parse: (input) => parse(input, input.text.trimStart().startsWith('/') ? workers.playbooks() : []),
    save: ({ projectId, assignee, doDate, ...input }, call): Task => {
      const { projectName, ...draft } = parse(input).draft;
      if (draft.title === '')
        throw new AppError('BAD_REQUEST', 'There is nothing to add yet. Type what is to be done.');
      return step(
        call,
        () => `Add task ${quoted(draft.title)}`,
        (change) => {
          const named = projectName === undefined ? undefined : addProject(change, { name: projectName }).id;
          return addTask(change, {
            ...draft,
            projectId: named ?? draft.projectId ?? projectId ?? null,
            doDate: draft.doDate ?? (draft.dueDate ? null : doDate) ?? null,
            assignee: draft.assignee ?? assignee ?? 'me',
          });
        },
      );
    },
  };
};

const projectHandlers = (open: () => Store, step: Step): WorkspaceHandlers['projects'] => {
  const sectionNamed = (verb: string, id: string) => (store: Store) =>
    `${verb} section ${quoted(store.get('section', id)?.name ?? '')}`;
  return {
    list: ({ archived = false }) => listProjects(open(), archived),
    get: ({ id }) => existing(open(), 'project', id),
    create: (input, call) =>
      step(
        call,
        () => `Add project ${quoted(input.name)}`,
        (change) => addProject(change, input),
      ),
    update: ({ id, patch }, call) => {
      const verb =
        patch.archived === undefined
          ? patch.name === undefined
            ? 'Edit project'
            : 'Rename project'
          : patch.archived
            ? 'Archive project'
            : 'Unarchive project';
      return step(call, projectNamed(verb, id), (change) => updateProject(change, id, patch));
    },
    remove: ({ id }, call) =>
      step(call, projectNamed('Delete project', id), (change) => void removeProject(change, id)),
    restore: ({ id }, call) => step(call, projectNamed('Restore project', id), (change) => restoreProject(change, id)),
    sections: ({ id }) => listSections(open(), id),
    createSection: ({ projectId, name }, call) =>
      step(
        call,
        () => `Add section ${quoted(name)}`,
        (change) => addSection(change, projectId, name),
      ),
    updateSection: ({ id, name, position }, call) =>
      step(call, sectionNamed(name === undefined ? 'Move' : 'Rename', id), (change) =>
        updateSection(change, id, name, position),
      ),
    removeSection: ({ id }, call) => step(call, sectionNamed('Delete', id), (change) => void removeSection(change, id)),
  };
};

const noteHandlers = (open: () => Store, step: Step): WorkspaceHandlers['notes'] => ({
  list: (filter) => listNotes(open(), filter),
  get: ({ id }) => existing(open(), 'note', id),
  create: (input, call) =>
    step(
      call,
      () => `Add note ${quoted(titleOf(input.text))}`,
      (change) => addNote(change, input),
    ),
  save: ({ id, text, revision }, call) =>
    step(call, titled('Edit note', 'note', id), (change) => saveNote(change, id, text, revision, call.actor)),
  update: ({ id, patch }, call) =>
    step(
      call,
      titled(patch.pinned === undefined ? 'Move note' : patch.pinned ? 'Pin note' : 'Unpin note', 'note', id),
      (change) => updateNote(change, id, patch),
    ),
  remove: ({ id }, call) => step(call, titled('Delete note', 'note', id), (change) => void removeNote(change, id)),
  restore: ({ id }, call) => step(call, titled('Restore note', 'note', id), (change) => restoreNote(change, id)),
  versions: ({ id }) => listVersions(open(), id),
  version: ({ id, revision }) => ({ text: versionText(open(), id, revision) }),
  backlinks: ({ id }) => backlinksOf(open(), id),
  resolveLink: ({ title }) => resolveLink(open(), title),
  attachments: ({ id }) => listAttachments(open(), id),
  attach: ({ data, ...input }, call) => {
    const content = decodeAttachment(data);
    const id = newId();
    try {
      return step(call, titled('Attach a file to', 'note', input.noteId), (change) =>
        addAttachment(change, { ...input, id }, content),
      );
    } catch (error) {
      open().blobs.remove(id);
      throw error;
    }
  },
  attachment: ({ id }) => {
    const { attachment, data } = readAttachment(open(), id);
    return { attachment, data: data.toString('base64') };
  },
  removeAttachment: ({ id }, call) =>
    step(
      call,
      (store) => `Remove attachment ${quoted(store.get('attachment', id)?.name ?? '')}`,
      (change) => void removeAttachment(change, id),
    ),
});

export const createHandlers = (components: Components): WorkspaceHandlers => {
  const { store: open } = components;
  const step = createStep(components);
  return {
    tasks: taskHandlers(open, step),
    quickAdd: quickAddHandlers(open, step, components),
    projects: projectHandlers(open, step),
    notes: noteHandlers(open, step),
    tags: { list: () => listTags(open()) },
    search: ({ query, limit = 30 }) => search(open(), query, limit),
    history: {
      list: ({ limit = 100 }) => open().history(limit),
      undo: ({ id }) => open().undo(id),
      redo: () => open().redo(),
    },
  };
};
