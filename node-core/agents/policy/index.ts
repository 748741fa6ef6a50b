import { createHash } from 'node:crypto';
import { AppError, type Labels, visible } from '../../contract/index.ts';
import { egressAllows, type Tool } from '../../tools/index.ts';
import { union } from '../labels.ts';
import { addressesIn, textsIn } from './addresses.ts';

/** A call that a step wants to make. */
export interface Wanted {
  readonly tool: Tool;
  /** Of {@link Toolbox.definitionHash}. */
  readonly definitionHash: string;
  readonly arguments: unknown;
  readonly argumentLabels: Readonly<Record<string, Labels>>;
  /** Of the step's `when` and `each`: that a call is made, and how often, tells something too. */
  readonly control: Labels;
  /** Tools that its playbook names. */
  readonly tools: readonly string[];
  /** Hosts that its playbook names. */
  readonly egress: readonly string[];
  /** Of {@link Toolbox.origins}. */
  readonly origins: readonly string[];
  /** Of a tool that spends. */
  readonly cost?: number;
}

export type Verdict =
  | { readonly verdict: 'allow'; readonly by: string }
  /** A person has to see the exact arguments. */
  | { readonly verdict: 'ask'; readonly reason: string }
  | { readonly verdict: 'refuse'; readonly reason: string };

/** Keys in one order, so that equal calls have equal hashes. What JSON can't say is no argument. */
const sorted = (value: unknown): unknown => {
  if (value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return {
      of: Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, of]) => [key, sorted(of)]),
    };
  throw new AppError('BAD_REQUEST', 'The arguments of a tool hold what JSON has no word for.');
};

/**
 * SHA-256 of tool, arguments and where they came from, in hexadecimal: an approval holds for this and nothing else.
 * @throws AppError `BAD_REQUEST` for arguments that are no JSON
 */
export const callHash = (
  wanted: Pick<Wanted, 'tool' | 'definitionHash' | 'arguments' | 'argumentLabels' | 'control' | 'cost'>,
): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        [
          ...[wanted.tool.name, wanted.definitionHash, wanted.arguments, wanted.argumentLabels, wanted.control],
          ...(wanted.cost === undefined ? [] : [wanted.cost]),
        ].map(sorted),
      ),
    )
    .digest('hex');

/** What an MCP server says of itself is not believed: it is asked over a line that Jan does not see the end of. */
const leaves = (tool: Tool): boolean => tool.outside || tool.name.startsWith('mcp.');

const hostRefused = ({ arguments: given, egress, origins }: Wanted): string | null => {
  const own = origins.flatMap((origin) => addressesIn(origin).map(({ host }) => host));
  for (const { host, hidden } of addressesIn(given)) {
    if (hidden) return `An address of ${host} holds a name or a password before the host. Take it out.`;
    if (!own.includes(host) && !egressAllows(egress, host))
      return `${host} is not among the hosts that this playbook may reach. Add it under "egress" if it should be.`;
  }
  return null;
};

/** What is worth taking goes out with leave where anyone but the person and the playbook's author had a part in the call. */
const wayOut = ({ untrusted, private: isPrivate, model }: Labels): string | null => {
  if (!isPrivate) return null;
  if (untrusted && model) return 'A model that read a text of others wrote what would leave this machine.';
  if (untrusted) return 'What you keep here would leave this machine in a call that a text of others had a part in.';
  if (model) return 'What you keep here would leave this machine in a call that a model had a part in.';
  return null;
};

/**
 * Default deny: what a playbook does not name is refused. Reading here and writing here are allowed, since neither
 * tells anybody. What is sent out or costs needs a person each time, and so does a question to the outside that could carry
 * something away. The verdict depends on the call alone, not on what else the run did first: it is the same when a run is resumed.
 */
export const decide = (wanted: Wanted): Verdict => {
  const { tool, tools } = wanted;
  if (!tools.includes(tool.name))
    return { verdict: 'refuse', reason: `The playbook does not name ${tool.name} among its tools.` };
  const labels = union(wanted.control, ...Object.values(wanted.argumentLabels));
  const isOutside = leaves(tool);
  const out = wayOut(labels);
  const ask = (why: string | null): Verdict => ({
    verdict: 'ask',
    reason: [why, out, disguised(wanted.arguments)].filter((part) => part !== null).join(' '),
  });
  if (tool.effect === 'spend') return ask(`It costs ${wanted.cost ?? 'money'}.`);
  if (tool.effect === 'send-out') return ask('It sends something out.');
  const refused = isOutside ? hostRefused(wanted) : null;
  if (refused !== null) return { verdict: 'refuse', reason: refused };
  if (isOutside && out !== null) return ask(null);
  return { verdict: 'allow', by: allowedBy(tool, isOutside, labels) };
};

/** Line breaks are in every letter; what else is not to be seen, or looks like something else, is told. */
const disguised = (given: unknown): string | null =>
  [...textsIn(given)].some((text) => {
    const line = text.replaceAll(/[\n\r\t\\"]/gu, ' ');
    return !text.isWellFormed() || visible(line) !== JSON.stringify(line);
  })
    ? 'Its arguments hold letters that are not to be seen or look like others; they are shown as their code points.'
    : null;

const allowedBy = ({ effect }: Tool, isOutside: boolean, labels: Labels): string => {
  if (effect === 'write-local') return 'The playbook names it, and what it writes stays with you.';
  if (!isOutside) return 'The playbook names it, and it only reads here.';
  return labels.private
    ? 'The playbook names it, and nobody else had a part in the call.'
    : 'The playbook names it, and nothing that you keep here is in the call.';
};
