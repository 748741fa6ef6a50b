import { type Clock, logFault, type Logger } from '../common/index.ts';
import { CancellationError, errorCode, isCancellation, type ThreadMessage, toWireError } from '../contract/index.ts';
import type { GenerateRequest, GenerateResult, Inference } from '../inference/index.ts';
import type { ItemPatch, ThreadBook } from './book.ts';
import type { ThreadWatchers } from './watch.ts';

/** How often what was written so far is made durable. */
const saveEveryMillis = 2_000;

interface Active {
  readonly threadId: string;
  readonly end: AbortController;
  text: string;
  reasoning: string;
  settled: Promise<void>;
}

/** Answers under way. They belong to the node: who asked may leave. */
export interface Answers {
  /** Begins to write the answer whose row is there already. */
  begin(answer: { id: string; threadId: string }, request: Omit<GenerateRequest, 'signal' | 'onText' | 'onPart'>): void;
  /** Ends an answer and keeps what was written; resolves once that is on disk. Nothing happens where it has ended. */
  stop(id: string): Promise<void>;
  /** The same for all answers of a thread. */
  stopThread(threadId: string): Promise<void>;
  isWriting(id: string): boolean;
  /** A message with what was written since it was last saved. */
  shown(message: ThreadMessage): ThreadMessage;
  /** Marks the answers that nobody is writing any more: the node ended in the middle of them. */
  recover(): void;
  /** Interrupts all, with what was written kept. */
  suspend(): Promise<void>;
}

const interrupted = {
  code: 'CANCELLED',
  message:
    'Jan was stopped or locked while this was written. What was written is kept; regenerate to get a whole answer.',
};
const interruption = Symbol('interruption');

export const createAnswers = (components: {
  readonly book: ThreadBook;
  readonly watchers: ThreadWatchers;
  readonly inference: Pick<Inference, 'generate'>;
  readonly clock: Clock;
  readonly logger: Logger;
}): Answers => {
  const { book, watchers, inference, clock, logger } = components;
  const active = new Map<string, Active>();

  const written = ({ text, reasoning }: Active): ItemPatch => ({
    text,
    reasoning: reasoning === '' ? null : reasoning,
  });

  const end = (id: string, patch: ItemPatch): void => {
    book.change(id, patch);
    active.delete(id);
    watchers.message(book.message(id));
  };

  const failed = (id: string, answer: Active, error: unknown): void => {
    if (isCancellation(error)) {
      const wasStopped = answer.end.signal.reason !== interruption;
      end(id, {
        ...written(answer),
        ...(wasStopped ? { state: 'stopped' } : { state: 'failed', error: JSON.stringify(interrupted) }),
      });
      return;
    }
    const { code, message } = toWireError(error);
    if (code === 'INTERNAL') logFault(logger, 'an answer failed', error);
    logger.warn('answer failed', { threadId: answer.threadId, code });
    end(id, { ...written(answer), state: 'failed', error: JSON.stringify({ code, message }) });
  };

  const write = async (id: string, answer: Active, request: GenerateRequest): Promise<void> => {
    const { threadId } = answer;
    let savedAt = clock.monotonic();
    const save = () => {
      if (clock.monotonic() - savedAt < saveEveryMillis) return;
      savedAt = clock.monotonic();
      book.change(id, written(answer));
    };
    const result = await inference.generate({
      ...request,
      signal: answer.end.signal,
      onText(piece) {
        answer.text += piece;
        watchers.text(threadId, id, piece);
        save();
      },
      onPart(part) {
        if (part.type === 'progress') watchers.progress(threadId, id, part.phase, part.value);
        if (part.type !== 'reasoning') return;
        answer.reasoning += part.text;
        watchers.reasoning(threadId, id, part.text);
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

  const stop = async (id: string, reason: unknown): Promise<void> => {
    const answer = active.get(id);
    answer?.end.abort(reason);
    await answer?.settled;
  };

  return {
    begin({ id, threadId }, request) {
      const answer: Active = {
        threadId,
        end: new AbortController(),
        text: '',
        reasoning: '',
        settled: Promise.resolve(),
      };
      active.set(id, answer);
      answer.settled = write(id, answer, request)
        .catch((error: unknown) => failed(id, answer, error))
        .catch((error: unknown) => {
          // Locked, or the disk is full: what could not be saved is found and marked at the next start.
          active.delete(id);
          if (errorCode(error) !== 'VAULT_LOCKED') logFault(logger, 'an answer could not be saved', error);
        });
    },

    stop: (id) => stop(id, new CancellationError()),

    async stopThread(threadId) {
      const ids = [...active].flatMap(([id, answer]) => (answer.threadId === threadId ? [id] : []));
      await Promise.all(ids.map((id) => stop(id, new CancellationError())));
    },

    isWriting: (id) => active.has(id),

    shown(message) {
      const answer = active.get(message.id);
      return answer ? { ...message, text: answer.text, reasoning: answer.reasoning || null } : message;
    },

    recover() {
      for (const id of book.unfinished())
        if (!active.has(id)) end(id, { state: 'failed', error: JSON.stringify(interrupted) });
    },

    async suspend() {
      await Promise.all([...active.keys()].map((id) => stop(id, interruption)));
      watchers.close();
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
