import type { Task, TaskQuery } from '../contract/index.ts';
import { localDay } from '../common/index.ts';
import { type Output, paint, printable, usageError } from './output.ts';
import { startPlaybook } from './playbooks.ts';
import type { NodeClient } from './session.ts';

/** A line that begins with a playbook's name (`/pitch-prep …`) carries that out instead. */
export const addTask = async (client: NodeClient, output: Output, text: string, signal: AbortSignal): Promise<void> => {
  const { playbook } = await client.quickAdd.parse({ text });
  if (playbook) return startPlaybook(client, output, playbook.id, playbook.inputs, {}, signal);
  const task = await client.quickAdd.save({ text });
  if (output.json) return output.printJson(task);
  output.print(`Added: ${line(task)}`);
};

export interface ListOptions {
  readonly view?: string;
  readonly project?: string;
  readonly tag?: string;
}

export const listTasks = async (client: NodeClient, output: Output, options: ListOptions): Promise<void> => {
  const tasks = await client.tasks.list(await toQuery(client, options));
  if (output.json) return output.printJson(tasks);
  if (tasks.length === 0) return output.print('Nothing here. Add a task with: jan add "Call the bank tomorrow #home"');
  const projects = new Map((await client.projects.list({})).map((project) => [project.id, project.name]));
  const groups = Map.groupBy(tasks, (task) =>
    task.projectId === null ? 'Inbox' : (projects.get(task.projectId) ?? 'Archived project'),
  );
  output.print(
    [...groups]
      .map(([name, members]) =>
        [paint('bold', printable(name)), ...members.map((task) => `  ${line(task)}`)].join('\n'),
      )
      .join('\n\n'),
  );
};

const views = ['all', 'inbox', 'today', 'upcoming', 'done', 'trash'] as const;

const toQuery = async (client: NodeClient, { view = 'all', project, tag }: ListOptions): Promise<TaskQuery> => {
  if (project !== undefined) return { view: 'project', projectId: await findProject(client, project) };
  if (tag !== undefined) return { view: 'tag', tag: tag.replace(/^#/, '') };
  const known = views.find((name) => name === view);
  if (!known) throw usageError(`There is no list "${view}". Choose one of: ${views.join(', ')}.`);
  return known === 'today' || known === 'upcoming' ? { view: known, today: localDay(Date.now()) } : { view: known };
};

const findProject = async (client: NodeClient, nameOrId: string): Promise<string> => {
  const projects = await client.projects.list({});
  const wanted = nameOrId.replace(/^\+/, '').toLowerCase();
  const found = projects.find(({ id, name }) => id === nameOrId || name.toLowerCase() === wanted);
  if (!found)
    throw usageError(
      `There is no project "${nameOrId}". There are: ${projects.map(({ name }) => name).join(', ') || 'none yet'}.`,
    );
  return found.id;
};

const line = (task: Task): string => {
  const due =
    task.dueDate === null
      ? ''
      : paint('yellow', ` due ${task.dueDate}${task.dueTime === null ? '' : ` ${task.dueTime}`}`);
  const planned = task.doDate === null ? '' : paint('cyan', ` on ${task.doDate}`);
  const tags = task.tags.map((tag) => paint('blue', ` #${printable(tag)}`)).join('');
  const owner = task.owner === null ? '' : paint('dim', ` (${printable(task.owner)})`);
  const agent = task.assignee === 'me' ? '' : paint('cyan', ` @${task.assignee}`);
  return `${task.status === 'done' ? '[x]' : '[ ]'} ${printable(task.title)}${agent}${owner}${due}${planned}${tags}`;
};
