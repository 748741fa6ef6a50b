import type { ThreadMessage } from '../../../../node-core/contract/index.ts';

export interface BranchMessage {
  readonly message: ThreadMessage;
  /** All messages that answer or follow the same one, oldest first; itself among them. */
  readonly siblings: readonly ThreadMessage[];
}

/** The messages from the first one down to the leaf, each with those it could be swapped for. */
export const branchOf = (messages: readonly ThreadMessage[], leafId: string | null): BranchMessage[] => {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const byParent = Map.groupBy(messages, (message) => message.parentId);
  const branch: BranchMessage[] = [];
  const seen = new Set<string>();
  let at = leafId === null ? undefined : byId.get(leafId);
  while (at && !seen.has(at.id)) {
    seen.add(at.id);
    const siblings = (byParent.get(at.parentId) ?? [at]).toSorted(
      (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
    );
    branch.push({ message: at, siblings });
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return branch.toReversed();
};

/** The newest end below a message: what a switch to its branch shows. */
export const leafBelow = (messages: readonly ThreadMessage[], id: string): string => {
  const byParent = Map.groupBy(messages, (message) => message.parentId);
  let at = id;
  for (;;) {
    const newest = byParent.get(at)?.reduce((a, b) => (b.createdAt >= a.createdAt ? b : a));
    if (!newest) return at;
    at = newest.id;
  }
};
