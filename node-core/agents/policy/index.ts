import { createHash } from 'node:crypto';
import type { Labels } from '../../contract/index.ts';
import type { Tool } from '../../tools/index.ts';

/** A call that a step wants to make. */
export interface Wanted {
  readonly tool: Tool;
  /** Of {@link Toolbox.definitionHash}. */
  readonly definitionHash: string;
  readonly arguments: unknown;
  readonly argumentLabels: Readonly<Record<string, Labels>>;
  /** What the run has read until now. */
  readonly run: Pick<Labels, 'untrusted' | 'private'>;
  /** Tools that its playbook names. */
  readonly tools: readonly string[];
}

export type Verdict =
  | { readonly verdict: 'allow'; readonly by: string }
  /** A person has to see the exact arguments. */
  | { readonly verdict: 'ask'; readonly reason: string }
  | { readonly verdict: 'refuse'; readonly reason: string };

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, of]) => [key, sorted(of)]),
        )
      : value;

/** SHA-256 of tool and arguments, in hexadecimal: an approval holds for this and nothing else. */
export const callHash = ({
  tool,
  definitionHash,
  arguments: given,
}: Pick<Wanted, 'tool' | 'definitionHash' | 'arguments'>): string =>
  createHash('sha256')
    .update(JSON.stringify([tool.name, definitionHash, sorted(given)]))
    .digest('hex');

/**
 * Default deny: what a playbook does not name is refused. Reading and local writing are allowed; what leaves the machine for good or costs
 * needs a person; so does any call outside whose arguments hold private data once the run has read what others wrote.
 */
export const decide = ({ tool, argumentLabels, run, tools }: Wanted): Verdict => {
  if (!tools.includes(tool.name))
    return { verdict: 'refuse', reason: `The playbook does not name ${tool.name} among its tools.` };
  if (tool.effect === 'send-out') return { verdict: 'ask', reason: 'It sends something out.' };
  if (tool.effect === 'spend') return { verdict: 'ask', reason: 'It costs money.' };
  const labels = Object.values(argumentLabels);
  const isPrivate = labels.some((label) => label.private);
  const isUntrusted = run.untrusted || labels.some((label) => label.untrusted);
  if (tool.outside && isPrivate && isUntrusted)
    return {
      verdict: 'ask',
      reason: 'Private data would leave this machine in a run that has read what others wrote.',
    };
  return { verdict: 'allow', by: `${tool.effect}, named by the playbook` };
};
