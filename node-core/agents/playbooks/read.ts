import { isCollection, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Playbook, PlaybookFault } from '../../contract/index.ts';
import { faultsOf, type Fault, type Known } from './faults.ts';
import { PlaybookFile } from './schema.ts';
import { shapeFaults } from './shape-faults.ts';

export interface ReadPlaybook {
  /** Whole, with what was left out filled in; null where its shape is wrong. */
  readonly playbook: Playbook | null;
  /** What is wrong, in the order of the lines. */
  readonly faults: readonly PlaybookFault[];
}

/** Longer texts are no playbooks. */
const maxCharacters = 200_000;

/** Nobody mends more at once, and the line of each has to be looked for. */
const mostFaults = 100;

/** Reads the text of a `*.playbook.yaml`. */
export const readPlaybook = (text: string, known: Known): ReadPlaybook => {
  if (text.length > maxCharacters)
    return unreadable(`A playbook has at most ${maxCharacters} characters; this one has ${text.length}.`);
  // YAML knows none of these, and a terminal would obey them.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u.test(text) || !text.isWellFormed())
    return unreadable('This is no text. Write a playbook as plain text in UTF-8.');
  const lineCounter = new LineCounter();
  // It would compare each key with all the others, which takes seconds where there are thousands.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false });
  const broken: PlaybookFault[] = document.errors.map(({ message, pos }) => ({
    message: `This is no YAML: ${message}`,
    path: [],
    line: lineCounter.linePos(pos[0]).line || null,
  }));
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name))
          broken.push({
            message: `"${name}" stands here twice. Keep one of them.`,
            path: [],
            line: (key.range && lineCounter.linePos(key.range[0]).line) ?? null,
          });
        seen.add(name);
      }
    },
    // YAML reads {{ a }} as a record whose key is a record.
    Pair(_, { key }) {
      if (isCollection(key))
        broken.push({
          message: "An expression stands in quotes: '{{ inputs.goal }}'.",
          path: [],
          line: (key.range && lineCounter.linePos(key.range[0]).line) ?? null,
        });
    },
  });
  if (broken.length > 0) return { playbook: null, faults: listed(broken, broken.length) };

  const lineOf = (path: readonly (string | number)[]): number | null => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line || null;
    }
    return null;
  };
  const placed = (faults: readonly Fault[]): PlaybookFault[] =>
    listed(
      faults.slice(0, mostFaults).map(({ message, path }) => ({ message, path: [...path], line: lineOf(path) })),
      faults.length,
    );

  const data = plainValue(() => document.toJS({ maxAliasCount: 100 }));
  if (data === undefined) return unreadable('Its aliases (*name) unfold without end. Write the values out.');
  const read = PlaybookFile.safeParse(data);
  if (!read.success) {
    const faults = read.error.issues.flatMap((issue) => shapeFaults(issue, data));
    return { playbook: null, faults: placed(faults) };
  }
  return { playbook: read.data, faults: placed(faultsOf(read.data, known)) };
};

const unreadable = (message: string): ReadPlaybook => ({
  playbook: null,
  faults: [{ message, path: [], line: null }],
});

/** In the order of their lines; of `all` that there are, the first. */
const listed = (faults: readonly PlaybookFault[], all: number): PlaybookFault[] => {
  const first = faults.slice(0, mostFaults).toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (all === first.length) return first;
  return [
    ...first,
    { message: `${all - first.length} more faults are not listed. Mend these first.`, path: [], line: null },
  ];
};

/** `undefined` where aliases would unfold into more than any playbook has. */
const plainValue = (toPlain: () => unknown): unknown => {
  try {
    return toPlain() ?? null;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
};
