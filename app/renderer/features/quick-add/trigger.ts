/** A name that is being typed, before the caret. */
export interface Trigger {
  readonly kind: 'agent' | 'playbook';
  /** Of the text that a choice replaces, mark included. */
  readonly start: number;
  readonly end: number;
  readonly query: string;
}

const playbook = /^(\s*)\/([\w-]*)$/u;
const agent = /(?<![^\s(\[{,;])@([\w-]*)$/u;

/** Whether the caret is behind the beginning of an agent's or a playbook's name. A line for a playbook is for nobody besides. */
export const triggerAt = (text: string, caret: number): Trigger | null => {
  const before = text.slice(0, caret);
  const end = caret + (/^[\w-]*/u.exec(text.slice(caret))?.[0].length ?? 0);
  const command = playbook.exec(before);
  if (command)
    return { kind: 'playbook', start: command[1]?.length ?? 0, end, query: (command[2] ?? '').toLowerCase() };
  const name = text.trimStart().startsWith('/') ? null : agent.exec(before);
  return name ? { kind: 'agent', start: name.index, end, query: (name[1] ?? '').toLowerCase() } : null;
};

export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
}

/** What a query may become: those whose id or a word of whose name begins so, then those that hold it. None where it is whole. */
export const offersFor = (query: string, known: readonly Offer[]): Offer[] => {
  if (known.some(({ id }) => id === query)) return [];
  const begins = ({ id, name }: Offer): boolean =>
    id.startsWith(query) ||
    `${id} ${name}`
      .toLowerCase()
      .split(/[\s-]+/u)
      .some((word) => word.startsWith(query));
  const holds = ({ id, name }: Offer): boolean => `${id} ${name}`.toLowerCase().includes(query);
  return [...known.filter(begins), ...known.filter((one) => !begins(one) && query.length > 1 && holds(one))];
};
