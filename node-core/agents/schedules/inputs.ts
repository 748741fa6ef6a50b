import type { StartRun } from '../../contract/index.ts';
import type { PlaybookInputs, Subject } from './types.ts';

type Started = Extract<StartRun, { skill: 'playbook' }>;
export type EventInputs = Required<Pick<Started, 'inputs' | 'untrusted'>>;

/** A person who names an input like this means what the playbook works on. */
const names = ['file', 'text', 'goal', 'notes', 'topic'];

/**
 * What happened as inputs of the playbook: a task or note as one of that type, else its text in the first that takes text. What the
 * schedule fills in itself stays. A file is what others wrote.
 */
export const eventInputs = (
  { inputs }: PlaybookInputs,
  given: Started['inputs'],
  subject: Subject | null,
): EventInputs => {
  const free = inputs.filter(({ id }) => given[id] === undefined || given[id] === null || given[id] === '');
  if (subject === null) return { inputs: {}, untrusted: [] };
  const typed = subject.kind === 'file' ? undefined : free.find(({ type }) => type === subject.kind);
  if (typed && subject.kind !== 'file') return { inputs: { [typed.id]: subject.id }, untrusted: [] };
  const list = subject.kind === 'note' ? free.find(({ type }) => type === 'notes') : undefined;
  if (list && subject.kind === 'note') return { inputs: { [list.id]: [subject.id] }, untrusted: [] };
  const texts = free.filter(({ type }) => type === 'text' || type === 'long-text');
  const target =
    names.map((name) => texts.find(({ id }) => id === name)).find((input) => input !== undefined) ??
    texts.find(({ type }) => type === 'long-text') ??
    texts[0];
  return target
    ? { inputs: { [target.id]: subject.text }, untrusted: subject.kind === 'file' ? [target.id] : [] }
    : { inputs: {}, untrusted: [] };
};
