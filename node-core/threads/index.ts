import { type Clock, Emitter, type Event, type Logger, type Startable } from '../common/index.ts';
import {
  AppError,
  type ContractHandlers,
  errorCode,
  type SearchHit,
  type Thread,
  type ThreadDetail,
} from '../contract/index.ts';
import { defaultTemperature, type Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import { createAnswers } from './answers.ts';
import { createThreadBook, type NewItem } from './book.ts';
import { type Completions, createCompletions } from './completions.ts';
import { type Conversations, createConversations } from './conversations.ts';
import { exported } from './export.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { promptOf, titleOf } from './prompt.ts';
import { createResponses, type Responses } from './responses.ts';
import { searchThreads } from './search.ts';
import { createThreadWatchers } from './watch.ts';

export interface ThreadsComponents {
  /** @throws AppError `VAULT_LOCKED` while the vault is not open */
  readonly store: () => Store;
  readonly inference: Pick<Inference, 'generate' | 'model'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Conversations. `start` marks the answers that the last end of the node cut short and does nothing while the vault is locked: call it at
 * the start of the node and after each unlock. `stop`, before each lock and at the end, interrupts what is being written.
 */
export interface Threads extends Startable {
  readonly threads: ContractHandlers['threads'];
  /** Chats of a person that are called so, or in which it was said. */
  search(query: string, limit: number): SearchHit[];
  /** Every change that lists show, after it is on disk; `thread: null` where it is gone for good. */
  readonly onDidChangeThread: Event<{ readonly id: string; readonly thread: Thread | null }>;
  readonly conversations: Conversations;
  readonly responses: Responses;
  readonly completions: Completions;
  /** Answers to programs that go on while the program is away. */
  readonly jobs: Jobs;
}

export type { Completions } from './completions.ts';
export type { Conversation, ConversationItem, Conversations, ItemToAdd } from './conversations.ts';
export { chatOf, type ContentPart, customArguments, type Item } from './items.ts';
export { interruption, type Jobs } from './jobs.ts';
export type { ResponseRow, Responses } from './responses.ts';
export { searchThreads } from './search.ts';

/** Characters of all attachments of a message together. */
const attachedAtMost = 2_000_000;

export const createThreads = (components: ThreadsComponents): Threads => {
  const { inference } = components;
  const logger = components.logger.child('threads');
  const book = createThreadBook(components);
  const watchers = createThreadWatchers();
  const jobs = createJobs();
  const answers = createAnswers({ ...components, logger, book, watchers, jobs });
  const changed = new Emitter<{ readonly id: string; readonly thread: Thread | null }>();

  const announce = (thread: Thread): Thread => {
    watchers.thread(thread);
    changed.fire({ id: thread.id, thread });
    return thread;
  };
  const detail = (id: string): ThreadDetail => {
    const found = book.detail(id);
    return { ...found, messages: found.messages.map(answers.shown) };
  };

  /** Throws before anything is written where the model can't answer. */
  const modelFor = (thread: Thread, chosen?: string) => {
    const id = chosen ?? thread.modelId ?? undefined;
    try {
      return inference.model(id);
    } catch (error) {
      if (errorCode(error) !== 'MODEL_NOT_FOUND') throw error;
      throw new AppError(
        'MODEL_NOT_FOUND',
        'The model of this conversation is not there any more. Choose another one for it and ask again.',
        { cause: error, data: { modelId: id ?? null } },
      );
    }
  };

  const addAnswer = (
    thread: Thread,
    parentId: string | null,
    question: readonly NewItem[],
    { chosen, keyId }: { readonly chosen?: string | undefined; readonly keyId?: string | undefined },
  ) => {
    const model = modelFor(thread, chosen);
    const [asked] = question;
    const rows = book.append(
      thread.id,
      parentId,
      [
        ...question,
        { type: 'message', role: 'assistant', text: '', state: 'writing', modelId: model.id, place: model.place },
      ],
      thread.title === '' && asked ? { title: titleOf(asked.text) } : {},
    );
    const answer = rows.at(-1);
    if (!answer) throw new Error('an answer was not added');
    for (const row of rows) watchers.message(book.message(row.id));
    announce(book.get(thread.id));
    const { temperature, topP, maxTokens } = thread.params;
    const request = {
      modelId: model.id,
      input: { messages: promptOf(thread.systemPrompt, book.branch(thread.id, answer.parentId)) },
      maxTokens: maxTokens ?? model.contextLength ?? 4_096,
      overflow: 'drop-oldest' as const,
      temperature: temperature ?? defaultTemperature,
      ...(topP === undefined ? {} : { topP }),
    };
    answers.begin(answer, request, keyId);
    return rows.map(({ id }) => answers.shown(book.message(id)));
  };

  const notWhileWriting = (id: string | null): void => {
    if (id !== null && answers.isWriting(id))
      throw new AppError('CONFLICT', 'The answer before this is still being written. Wait for its end, or stop it.');
  };

  return {
    onDidChangeThread: changed.event,
    search: (query, limit) => searchThreads(components.store(), query, limit),

    async start() {
      try {
        answers.recover();
      } catch (error) {
        if (errorCode(error) !== 'VAULT_LOCKED' && errorCode(error) !== 'VAULT_MISSING') throw error;
      }
    },

    async stop() {
      await jobs.suspend();
      watchers.close();
    },

    conversations: createConversations({
      book,
      announce,
      isWriting: answers.isWriting,
      announceGone(id) {
        void answers.stopThread(id);
        watchers.close(id);
        changed.fire({ id, thread: null });
      },
    }),
    responses: createResponses(components),
    completions: createCompletions(components),
    jobs,

    threads: {
      list: ({ query, trash, limit }) =>
        book.list({
          limit: limit ?? 200,
          ...(query === undefined ? {} : { query }),
          ...(trash === undefined ? {} : { trash }),
        }),

      get: ({ id }) => detail(id),

      create: ({ title, systemPrompt, modelId }) =>
        announce(
          book.create({
            ...(title === undefined ? {} : { title }),
            ...(systemPrompt === undefined ? {} : { systemPrompt }),
            ...(modelId === undefined ? {} : { modelId }),
          }),
        ),

      update({ id, patch: { leafId, params, title, systemPrompt, modelId } }) {
        book.get(id);
        if (leafId !== undefined) book.branch(id, leafId);
        return announce(
          book.update(id, {
            ...(leafId === undefined ? {} : { leafId: book.newestEnd(id, leafId) }),
            ...(params === undefined ? {} : { params: JSON.stringify(params) }),
            ...(title === undefined ? {} : { title }),
            ...(systemPrompt === undefined ? {} : { systemPrompt }),
            ...(modelId === undefined ? {} : { modelId }),
          }),
        );
      },

      async remove({ id }) {
        book.get(id, { trash: true });
        await answers.stopThread(id);
        announce(book.update(id, { deletedAt: components.clock.now() }));
      },

      restore({ id }) {
        book.get(id, { trash: true });
        return announce(book.update(id, { deletedAt: null }));
      },

      send({ id, text, attachments = [], parentId }, { keyId }) {
        const thread = book.get(id);
        const parent = parentId === undefined ? thread.leafId : parentId;
        notWhileWriting(parent);
        book.branch(id, parent);
        if (attachments.reduce((sum, attachment) => sum + attachment.text.length, 0) > attachedAtMost)
          throw new AppError(
            'PAYLOAD_TOO_LARGE',
            'The attachments hold too much text. Attach fewer or shorter files.',
            {
              data: { limit: attachedAtMost },
            },
          );
        const asked: NewItem = { type: 'message', role: 'user', text, attachments: JSON.stringify(attachments) };
        const [question, answer] = addAnswer(thread, parent, [asked], { keyId });
        if (!question || !answer) throw new Error('a question and its answer are two messages');
        return { question, answer };
      },

      regenerate({ messageId, modelId }, { keyId }) {
        const { threadId, parentId, role } = book.item(messageId);
        notWhileWriting(messageId);
        const parent = role === 'assistant' ? parentId : messageId;
        const [answer] = addAnswer(book.get(threadId), parent, [], { chosen: modelId, keyId });
        if (!answer) throw new Error('an answer is a message');
        return answer;
      },

      async stop({ messageId }) {
        await answers.stop(messageId);
        return book.message(messageId);
      },

      watch: ({ id }, { signal }) => watchers.watch(() => detail(id), signal),

      export: ({ id, format }) => exported(detail(id), format),
    },
  };
};
