import type { StartRun } from '../../contract/index.ts';
import type { PlaybookInputs, Subject } from './types.ts';

type Started = Extract<StartRun, { skill: 'playbook' }>;
export type EventInputs = Required<Pick<Started, 'inputs' | 'untrusted' | 'kept'>>;

const bare = { untrusted: [], kept: [] };

/** A person who names an input like this means what the playbook works on. */
const names = ['file', 'text', 'goal', 'notes', 'topic'];

/**
 * What happened as inputs of the playbook: a task or note as one of that type, else its text in the first that takes a long text, or its
 * title in the first that takes a line, which may be searched for. What the schedule fills in itself stays. The title of one's own task is a
 * goal as it was typed; all else is kept here, a file is what others wrote, and so may be what an agent did.
 */
export const eventInputs = (
  { inputs }: PlaybookInputs,
  given: Started['inputs'],
  subject: Subject | null,
): EventInputs => {
  const free = inputs.filter(({ id }) => given[id] === undefined || given[id] === null || given[id] === '');
  if (subject === null) return { ...bare, inputs: {} };
  const typed = subject.kind === 'file' ? undefined : free.find(({ type }) => type === subject.kind);
  if (typed && subject.kind !== 'file') return { ...bare, inputs: { [typed.id]: subject.id } };
  const list = subject.kind === 'note' ? free.find(({ type }) => type === 'notes') : undefined;
  if (list && subject.kind === 'note') return { ...bare, inputs: { [list.id]: [subject.id] } };
  const first = (wanted: 'text' | 'long-text') => {
    const fitting = free.filter(({ type }) => type === wanted);
    return names.map((name) => fitting.find(({ id }) => id === name)).find((input) => input) ?? fitting[0];
  };
  const long = first('long-text');
  const line = first('text');
  const target = long ?? line;
  if (!target) return { ...bare, inputs: {} };
  const isLine = target === line && subject.kind !== 'file';
  const filled = {
    [target.id]: isLine ? subject.title : subject.text,
    // One that has to be there is what the text is about.
    ...(long && line?.required && subject.kind !== 'file' && { [line.id]: subject.title }),
  };
  const isOthers = subject.kind === 'file' || subject.byAgent;
  const isTyped = (id: string) => subject.kind === 'task' && !subject.byAgent && id === line?.id;
  return {
    inputs: filled,
    untrusted: isOthers ? Object.keys(filled) : [],
    kept: Object.keys(filled).filter((id) => !isTyped(id)),
  };
};
