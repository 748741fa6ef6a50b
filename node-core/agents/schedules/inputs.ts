import type { StartRun } from '../../contract/index.ts';
import type { PlaybookInputs, Subject } from './types.ts';

type Started = Extract<StartRun, { skill: 'playbook' }>;
export type EventInputs = Required<Pick<Started, 'inputs' | 'untrusted' | 'kept'>>;

const bare = { untrusted: [], kept: [] };

/** A person who names an input like this means what the playbook works on. */
const names = ['file', 'text', 'goal', 'notes', 'topic'];

/**
 * What happened as inputs of the playbook: a task or note as one of that type, else its text in the first that takes text. What the
 * schedule fills in itself stays. A file is what others wrote, and so may be what an agent did.
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
  const texts = free.filter(({ type }) => type === 'text' || type === 'long-text');
  const target =
    names.map((name) => texts.find(({ id }) => id === name)).find((input) => input !== undefined) ??
    texts.find(({ type }) => type === 'long-text') ??
    texts[0];
  if (!target) return { ...bare, inputs: {} };
  const isOthers = subject.kind === 'file' || subject.byAgent;
  return {
    inputs: { [target.id]: subject.text },
    untrusted: isOthers ? [target.id] : [],
    kept: subject.kind === 'file' ? [] : [target.id],
  };
};
