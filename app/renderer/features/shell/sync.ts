import type { Model, NodeEvent, Run, RunDetail } from '../../../../node-core/contract/index.ts';
import { api, followEvents, queryClient } from '../../rpc/index.ts';
import { errorCode } from '../../../../node-core/contract/errors.ts';
import { navigate, parseLocation, showTask } from '../../router.ts';
import { accessKeys } from '../access/queries.ts';
import { forgetAgentDrafts } from '../agents/draft.ts';
import { showToast } from '../../ui-store.ts';
import { forgetDrafts } from '../chat/drafts.ts';
import { applyThread } from '../chat/queries.ts';
import { applyDownload, modelKeys } from '../models/queries.ts';
import { noteKeys } from '../notes/queries.ts';
import { forgetPlayground } from '../playground/store.ts';
import { projectKeys } from '../projects/queries.ts';
import { runKeys } from '../runs/queries.ts';
import { settingsKeys } from '../settings/queries.ts';
import { applyTasks, forgetTask, taskKeys } from '../tasks/cache.ts';

/** Up to here each changed task is fetched by itself; beyond, the lists are fetched again. */
const fewTasks = 40;
const gatherFor = 24;

const outsideOfVault: ReadonlySet<unknown> = new Set([...settingsKeys.vault, ...settingsKeys.info]);

const refetch = (queryKey: readonly unknown[]): void => void queryClient.invalidateQueries({ queryKey });

const refreshTasks = async (ids: readonly string[]): Promise<void> => {
  if (ids.length > fewTasks) {
    refetch(taskKeys.lists);
    refetch(['task']);
    return;
  }
  const tasks = await Promise.all(
    ids.map(async (id) => {
      try {
        return await api.tasks.get({ id });
      } catch (error) {
        if (errorCode(error) === 'NOT_FOUND') forgetTask(id);
        return undefined;
      }
    }),
  );
  applyTasks(tasks.filter((task) => task !== undefined));
};

const upsertRun = (runs: Run[] | undefined, run: Run): Run[] | undefined => {
  if (!runs) return runs;
  const index = runs.findIndex((other) => other.id === run.id);
  return index < 0 ? [run, ...runs] : runs.with(index, run);
};

/** Where nobody looks at Jan the system says it, if it may: without a word of what it is about, since others may see that screen. */
const tellOutside = (text: string, tag: string, open: () => void): void => {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (!document.hidden && document.hasFocus()) return;
  const note = new Notification('Jan', { body: text, tag });
  note.addEventListener('click', () => {
    window.focus();
    open();
    note.close();
  });
};

/** Where a run waits for an answer and is not what is looked at, it is said. */
const tellWaiting = (run: Run): void => {
  const known = queryClient.getQueryData<Run[]>(runKeys.list)?.find(({ id }) => id === run.id);
  const { route } = parseLocation(location.hash);
  if (known?.state === 'waiting' || (route.view === 'run' && route.id === run.id && !document.hidden)) return;
  const look = (): void => navigate({ view: 'run', id: run.id });
  showToast({ tone: 'plain', text: `“${run.title}” waits for you.`, action: { label: 'Look', run: look } });
  tellOutside('A run waits for you.', run.id, look);
};

/** Keeps what the screen holds equal to what the core has, as its events say. */
export const startSync = (): AbortController => {
  const controller = new AbortController();
  const changed = new Map<string, Set<string>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let greeted = false;

  const settle = (): void => {
    timer = undefined;
    const kinds = new Map(changed);
    changed.clear();
    const tasks = kinds.get('task');
    if (tasks) {
      void refreshTasks([...tasks]);
      refetch(taskKeys.counts);
      refetch(['tags']);
    }
    if (tasks || kinds.has('project') || kinds.has('section')) refetch(projectKeys.list);
    for (const id of kinds.get('project') ?? []) refetch(projectKeys.one(id));
    if (kinds.has('section')) refetch(['sections']);
    const notes = kinds.get('note');
    if (notes) {
      refetch(noteKeys.lists);
      refetch(['note-backlinks']);
      refetch(['tags']);
      for (const id of notes) {
        refetch(noteKeys.one(id));
        refetch(noteKeys.versions(id));
      }
    }
    if (kinds.has('attachment')) refetch(['note-attachments']);
    refetch(['history']);
  };

  const onEvent = (event: NodeEvent): void => {
    switch (event.type) {
      case 'hello':
        if (greeted) void queryClient.invalidateQueries();
        greeted = true;
        return;
      case 'workspace':
        for (const { kind, id } of event.entities) {
          const ids = changed.get(kind) ?? new Set();
          changed.set(kind, ids.add(id));
        }
        timer ??= setTimeout(settle, gatherFor);
        return;
      case 'run':
        if (event.run.state === 'waiting') tellWaiting(event.run);
        queryClient.setQueryData<Run[]>(runKeys.list, (runs) => upsertRun(runs, event.run));
        queryClient.setQueryData<RunDetail>(['run', event.run.id], (run) => (run ? { ...run, ...event.run } : run));
        return;
      case 'model':
        queryClient.setQueryData<Model[]>(modelKeys.list, (models) =>
          models?.map((model) => (model.id === event.model.id ? event.model : model)),
        );
        return;
      case 'thread':
        applyThread(event.id, event.thread);
        return;
      case 'download':
        applyDownload(event.download);
        return;
      case 'models':
        refetch(modelKeys.list);
        refetch(modelKeys.catalog);
        refetch(modelKeys.downloads);
        return;
      case 'inference':
        queryClient.setQueryData(modelKeys.status, event.status);
        return;
      case 'vault':
        queryClient.setQueryData(settingsKeys.vault, event.status);
        // What a person wrote leaves the page's memory with the keys.
        if (event.status.state !== 'open') {
          queryClient.removeQueries({ predicate: ({ queryKey }) => !outsideOfVault.has(queryKey[0]) });
          forgetDrafts();
          forgetPlayground();
          forgetAgentDrafts();
        }
        return;
      case 'keys':
        refetch(accessKeys.keys);
        return;
      case 'pairing':
        queryClient.setQueryData(accessKeys.pairing, event.requests);
        return;
      case 'settings':
        queryClient.setQueryData(settingsKeys.settings, event.settings);
        return;
      case 'reminder':
        showToast({
          tone: 'plain',
          text: `Reminder: ${event.title}`,
          action: { label: 'Open', run: () => showTask(event.taskId) },
        });
    }
  };
  void followEvents(onEvent, controller.signal);
  return controller;
};
