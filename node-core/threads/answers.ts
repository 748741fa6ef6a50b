import { type Clock, logFault, type Logger } from '../common/index.ts';
import { errorCode, isCancellation, type ThreadMessage, toWireError } from '../contract/index.ts';
import type { GenerateRequest, GenerateResult, Inference } from '../inference/index.ts';
import type { ItemPatch, ThreadBook } from './book.ts';
import { interruption, type Jobs } from './jobs.ts';
import type { ThreadWatchers } from './watch.ts';

/** How often what was written so far is made durable. */
const saveEveryMillis = 2_000;

interface Draft {
  readonly threadId: string;
  text: string;
  reasoning: string;
}

/** Answers under way. They belong to the node: who asked may leave. */
export interface Answers {
  /** Begins to write the answer whose row is there already. `keyId`: as with {@link Jobs}. */
  begin(
    answer: { id: string; threadId: string },
    request: Omit<GenerateRequest, 'signal' | 'onText' | 'onPart'>,
    keyId?: string,
  ): void;
  /** Ends an answer and keeps what was written; resolves once that is on disk. Nothing happens where it has ended. */
  stop(id: string): Promise<void>;
  /** The same for all answers of a thread. */
  stopThread(threadId: string): Promise<void>;
  isWriting(id: string): boolean;
  /** A message with what was written since it was last saved. */
  shown(message: ThreadMessage): ThreadMessage;
  /** Marks the answers that nobody is writing any more: the node ended in the middle of them. */
  recover(): void;
}

const interrupted: NonNullable<ThreadMessage['error']> = {
  code: 'CANCELLED',
  message:
    'Jan was stopped or locked while this was written. What was written is kept; regenerate to get a whole answer.',
};

export const createAnswers = (components: {
  readonly book: ThreadBook;
  readonly watchers: ThreadWatchers;
  readonly jobs: Jobs;
  readonly inference: Pick<Inference, 'generate'>;
  readonly clock: Clock;
  readonly logger: Logger;
}): Answers => {
  const { book, watchers, jobs, inference, clock, logger } = components;
  const drafts = new Map<string, Draft>();

  const written = ({ text, reasoning }: Draft): ItemPatch => ({ text, reasoning: reasoning === '' ? null : reasoning });

  /** With what was written since it was last saved; where nobody writes it any more, its end could not be saved. */
  const shown = (message: ThreadMessage): ThreadMessage => {
    const draft = drafts.get(message.id);
    if (draft) return { ...message, text: draft.text, reasoning: draft.reasoning || null };
    return message.state === 'writing' ? { ...message, state: 'failed', error: interrupted } : message;
  };

  const end = (id: string, patch: ItemPatch): void => {
    drafts.delete(id);
    if (book.change(id, patch)) watchers.message(book.message(id));
  };

  const failed = (id: string, draft: Draft, error: unknown, signal: AbortSignal): void => {
    if (isCancellation(error)) {
      const wasInterrupted = signal.reason === interruption;
      end(id, {
        ...written(draft),
        ...(wasInterrupted ? { state: 'failed', error: JSON.stringify(interrupted) } : { state: 'stopped' }),
      });
      return;
    }
    const { code, message } = toWireError(error);
    if (code === 'INTERNAL') logFault(logger, 'an answer failed', error);
    logger.warn('answer failed', { threadId: draft.threadId, code });
    end(id, { ...written(draft), state: 'failed', error: JSON.stringify({ code, message }) });
  };

  const write = async (id: string, draft: Draft, request: GenerateRequest): Promise<void> => {
    const { threadId } = draft;
    let savedAt = clock.monotonic();
    const save = () => {
      if (clock.monotonic() - savedAt < saveEveryMillis) return;
      savedAt = clock.monotonic();
      book.change(id, written(draft));
    };
    const result = await inference.generate({
      ...request,
      onPart(part) {
        if (part.type === 'progress') watchers.progress(threadId, id, part.phase, part.value);
        if (part.type !== 'text' && part.type !== 'reasoning') return;
        draft[part.type] += part.text;
        watchers[part.type](threadId, id, part.text);
        save();
      },
    });
    end(id, {
      text: result.text,
      reasoning: result.reasoning === '' ? null : result.reasoning,
      state: 'done',
      modelId: result.modelId,
      place: result.place,
      usage: JSON.stringify(usageOf(result)),
      droppedMessages: result.droppedMessages,
    });
  };

  return {
    begin({ id, threadId }, request, keyId) {
      const draft: Draft = { threadId, text: '', reasoning: '' };
      drafts.set(id, draft);
      const controller = new AbortController();
      const { signal } = controller;
      const settled = write(id, draft, { ...request, signal })
        .catch((error: unknown) => failed(id, draft, error, signal))
        .catch((error: unknown) => {
          // Locked, or the disk is full: what could not be saved is found and marked at the next start.
          drafts.delete(id);
          logger.error('an answer could not be saved', { threadId, code: errorCode(error) });
          watchers.message(shown(book.message(id)));
        })
        // Locked: nobody sees it.
        .catch(() => undefined);
      jobs.add(id, controller, settled, keyId);
    },

    stop: (id) => jobs.cancel(id),

    async stopThread(threadId) {
      const writing = [...drafts].filter(([, draft]) => draft.threadId === threadId);
      await Promise.all(writing.map(([id]) => jobs.cancel(id)));
    },

    isWriting: (id) => drafts.has(id),

    shown,

    recover() {
      for (const id of book.unfinished())
        if (!drafts.has(id)) end(id, { state: 'failed', error: JSON.stringify(interrupted) });
    },
  };
};

const usageOf = (result: GenerateResult): NonNullable<ThreadMessage['usage']> => {
  const writing = result.totalMs - result.queuedMs - result.firstTokenMs;
  return {
    promptTokens: result.promptTokens,
    cachedTokens: result.cachedTokens,
    outputTokens: result.outputTokens,
    firstTokenMs: result.firstTokenMs,
    speed: result.outputTokens > 1 && writing > 0 ? ((result.outputTokens - 1) * 1_000) / writing : null,
  };
};
