import { AppError, errorCode } from '../../contract/index.ts';
import type { ChatMessage } from '../../inference/index.ts';
import { chatOf, type Item, type ItemToAdd, type ResponseRow, type Threads } from '../../threads/index.ts';
import { badField } from './input.ts';
import { innerId, type Reference } from './items.ts';
import type { PromptAsk } from './responses-request.ts';

/** How many responses one chain of `previous_response_id` may have. */
const longestChain = 1_000;

/** What a response reads. */
export interface Prompt {
  readonly messages: readonly ChatMessage[];
  /** The same as items, and those that the model does not read. */
  readonly items: readonly Item[];
  /** What the request itself brought. */
  readonly input: readonly Item[];
}

export interface PromptComponents {
  readonly threads: Pick<Threads, 'conversations'>;
  readonly find: (id: string) => ResponseRow | undefined;
}

/** The response whose item this is; of another item, one that nothing has. */
const responseOfItem = (id: string): string =>
  id.length === 36 && !id.includes('-') ? innerId(`resp_${id.slice(0, 32)}`) : '';

const entriesOf = ({ input, output }: ResponseRow): ItemToAdd[] => [...JSON.parse(input), ...JSON.parse(output)];

/** Puts together what came before a request and what it brings. @throws AppError `BAD_REQUEST` whose `data.param` names the field, `NOT_FOUND` */
export const createPrompts = ({ threads: { conversations }, find }: PromptComponents): ((ask: PromptAsk) => Prompt) => {
  const unknown = (publicName: string, isFirst: boolean) =>
    new AppError(
      'BAD_REQUEST',
      isFirst
        ? `Previous response with id '${publicName.slice(0, 100)}' not found. It may have been deleted, or created with "store": false.`
        : `A response before '${publicName.slice(0, 100)}' was deleted. Send the whole conversation as "input".`,
      { data: { param: 'previous_response_id' } },
    );

  /** Of a response that belongs to a conversation: what stood there when it ended. */
  const inConversation = (row: ResponseRow): Item[] | undefined => {
    const last = entriesOf(row).at(-1)?.id;
    const isAdded = row.status === 'completed' || row.status === 'incomplete';
    if (row.threadId === null || last === undefined || !isAdded) return undefined;
    return conversations.branch(row.threadId, last).map(({ item }) => item);
  };

  /** Items of the responses before, oldest first. */
  const chain = (publicName: string): Item[] => {
    const parts: Item[][] = [];
    for (let name: string | null = innerId(publicName); name !== null; ) {
      const row = find(name);
      if (!row) throw unknown(publicName, parts.length === 0);
      if (row.status === 'queued' || row.status === 'in_progress')
        throw badField('previous_response_id', 'that response is still being written');
      const whole = inConversation(row);
      parts.unshift(whole ?? entriesOf(row).map(({ item }) => item));
      if (parts.length > longestChain)
        throw badField('previous_response_id', `at most ${longestChain} responses can follow each other`);
      name = whole ? null : row.previousId;
    }
    return parts.flat();
  };

  const history = ({ previousId, conversation }: PromptAsk): Item[] => {
    if (previousId !== undefined) return chain(previousId);
    if (!conversation) return [];
    const { id, parentId } = conversation;
    const branch = conversations.branch(innerId(id), parentId === undefined ? undefined : innerId(parentId));
    if (branch.at(-1)?.isWriting)
      throw new AppError(
        'CONFLICT',
        'The last answer of this conversation is still being written. Wait for its end, or go on after another item.',
        { data: { param: 'conversation' } },
      );
    return branch.map(({ item }) => item);
  };

  /** The item that a program names instead of sending it again; `kept` holds the items of responses that were looked up. */
  const referenced = (
    { id }: Reference,
    { conversation }: PromptAsk,
    kept: Map<string, ReadonlyMap<string, Item>>,
  ): Item => {
    const inner = innerId(id);
    const response = responseOfItem(inner);
    if (!kept.has(response)) {
      const row = find(response);
      kept.set(response, new Map((row ? entriesOf(row) : []).map((entry) => [entry.id ?? '', entry.item])));
    }
    const item = kept.get(response)?.get(inner);
    if (item) return item;
    if (conversation) {
      try {
        return conversations.item(innerId(conversation.id), inner).item;
      } catch (error) {
        if (errorCode(error) !== 'NOT_FOUND') throw error;
      }
    }
    throw badField('input', `there is no item "${id.slice(0, 100)}"; send the item itself`);
  };

  return (ask) => {
    const kept = new Map<string, ReadonlyMap<string, Item>>();
    const named = new Set<string>();
    const input = ask.items.map((item) => {
      if (item.type !== 'item_reference') return item;
      const inner = innerId(item.id);
      if (named.has(inner)) throw badField('input', `names the item "${item.id.slice(0, 100)}" twice`);
      named.add(inner);
      return referenced(item, ask, kept);
    });
    const items = [...history(ask), ...input];
    const messages = chatOf(items);
    if (ask.instructions) messages.unshift({ role: 'system', content: ask.instructions });
    if (messages.length === 0) throw badField('input', 'there is nothing to answer');
    return { messages, items, input };
  };
};
