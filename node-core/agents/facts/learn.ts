import type { z } from 'zod';
import { Task } from '../../contract/index.ts';
import type { Store } from '../../storage/index.ts';
import { changesAfter } from '../operations.ts';

/** What a person did to one task that an agent had made, as evidence of something. */
export interface Observation {
  /** What it is evidence of; the same for all that are. */
  readonly key: string;
  readonly text: string;
  readonly taskId: string;
  readonly title: string;
  /** What it contradicts. */
  readonly against?: string;
}

const Fields = Task.pick({ title: true, projectId: true, tags: true, dueDate: true, doDate: true }).partial();
type Fields = z.infer<typeof Fields>;

const longestName = 60;
/** One line that can't end the quotation marks around it. */
const name = (text: string): string =>
  text
    .replace(/[\s“”"]+/gu, ' ')
    .trim()
    .slice(0, longestName);

const words = (title: string): string[] => title.match(/[\p{L}\p{N}'’-]+/gu) ?? [];

/** The one word that was replaced by another, if that is all that was done. */
const replaced = (before: string, after: string): { readonly from: string; readonly to: string } | undefined => {
  const [old, now] = [words(before), words(after)];
  if (old.length !== now.length || old.length < 2) return undefined;
  const differ = old.flatMap((word, index) => (word === now[index] ? [] : [{ from: word, to: now[index] ?? '' }]));
  const [only] = differ;
  if (!only || differ.length > 1 || [only.from, only.to].some((word) => !/^\p{L}{2,30}$/u.test(word))) return undefined;
  return only.from.toLowerCase() === only.to.toLowerCase() ? undefined : only;
};

const days = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];
const dayOf = (date: string): string => days[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? '';

/** Of runs that read nothing that others wrote: what they made is not shaped by strangers. */
const wasTrusted = (store: Store, runId: string): boolean =>
  store.first(
    store.qb
      .selectFrom('journal')
      .select('seq')
      .where('runId', '=', runId)
      .where('data', 'like', '%"untrusted":true%')
      .limit(1),
  ) === undefined;

/**
 * What persons did themselves to tasks of agents in the operations after `after`. Only their own words and what they
 * named themselves become text; a task of a run that read what others wrote teaches nothing.
 */
export const observe = (store: Store, after: number, playbookName: (id: string) => string): Observation[] => {
  const trusted = new Map<string, boolean>();
  const makerOf = (runId: string): string => {
    const run = store.first(store.qb.selectFrom('run').select(['skill', 'playbookId']).where('id', '=', runId));
    if (run?.playbookId) return `“${name(playbookName(run.playbookId))}”`;
    return run?.skill === 'extract' ? 'meeting notes' : 'plans';
  };
  const ofTask = (task: Task, runId: string, before: Fields, now: Fields): Observation[] => {
    const evidence = (key: string, text: string, against?: string): Observation => ({
      key,
      text,
      taskId: task.id,
      title: task.title,
      ...(against === undefined ? {} : { against }),
    });
    const found: Observation[] = [];
    const project = now.projectId ? store.get('project', now.projectId) : undefined;
    if (project?.deletedAt === null && project.runId === null)
      found.push(
        evidence(
          `project ${makerOf(runId)} ${project.id}`,
          `Tasks of ${makerOf(runId)} belong in the project “${name(project.name)}”.`,
        ),
      );
    for (const tag of now.tags?.filter((one) => !before.tags?.includes(one)) ?? [])
      found.push(evidence(`tag ${makerOf(runId)} ${tag}`, `Tasks of ${makerOf(runId)} get the tag #${name(tag)}.`));
    const word = before.title === undefined || now.title === undefined ? undefined : replaced(before.title, now.title);
    if (word)
      found.push(
        evidence(
          `word ${word.from.toLowerCase()} ${word.to.toLowerCase()}`,
          `In titles of tasks it is “${word.to}”, not “${word.from}”.`,
          `word ${word.to.toLowerCase()} ${word.from.toLowerCase()}`,
        ),
      );
    for (const field of ['doDate', 'dueDate'] as const) {
      const [from, to] = [before[field], now[field]];
      if (!from || !to || dayOf(from) === dayOf(to)) continue;
      found.push(evidence(`day ${dayOf(from)}`, `No work is planned for ${dayOf(from)}.`, `day ${dayOf(to)}`));
    }
    return found;
  };

  return changesAfter(store, after, 'person').flatMap((change) => {
    if (change.kind !== 'task' || change.before === null || change.after === null) return [];
    const task = store.get('task', change.id);
    if (!task || task.runId === null) return [];
    const isTrusted = trusted.get(task.runId) ?? wasTrusted(store, task.runId);
    trusted.set(task.runId, isTrusted);
    return isTrusted ? ofTask(task, task.runId, Fields.parse(change.before), Fields.parse(change.after)) : [];
  });
};
