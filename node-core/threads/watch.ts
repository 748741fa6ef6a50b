import { Emitter } from '../common/index.ts';
import type { Thread, ThreadDetail, ThreadEvent, ThreadMessage } from '../contract/index.ts';

/** Beyond this many events a watcher that reads slowly begins anew, which costs less than catching up. */
const heldEvents = 500;

type Progress = Extract<ThreadEvent, { type: 'progress' }>['phase'];

export interface ThreadWatchers {
  thread(thread: Thread): void;
  message(message: ThreadMessage): void;
  text(threadId: string, id: string, text: string): void;
  reasoning(threadId: string, id: string, text: string): void;
  progress(threadId: string, id: string, phase: Progress, value: number): void;
  /** First `detail`, then every change, until `signal` aborts, the thread is erased or `close` is called. */
  watch(detail: () => ThreadDetail, signal: AbortSignal): AsyncGenerator<ThreadEvent, void>;
  /** Ends the watchers of one thread, or all; new ones may come. */
  close(threadId?: string): void;
}

/** Announces what happens in threads to those who look on. Pieces of text that one has not read yet become one. */
export const createThreadWatchers = (): ThreadWatchers => {
  const events = new Emitter<{ readonly threadId: string; readonly event: ThreadEvent }>();
  const closed = new Emitter<string | undefined>();

  return {
    thread: (thread) => events.fire({ threadId: thread.id, event: { type: 'thread', thread } }),
    message: (message) => events.fire({ threadId: message.threadId, event: { type: 'message', message } }),
    text: (threadId, id, text) => events.fire({ threadId, event: { type: 'text', id, text } }),
    reasoning: (threadId, id, text) => events.fire({ threadId, event: { type: 'reasoning', id, text } }),
    progress: (threadId, id, phase, value) => events.fire({ threadId, event: { type: 'progress', id, phase, value } }),

    async *watch(detail, signal) {
      const pending: ThreadEvent[] = [];
      let wake: () => void = () => undefined;
      let over = false;
      const stir = () => wake();
      const { id: threadId } = detail();
      let behind = true;
      const subscriptions = [
        events.event((heard) => {
          if (heard.threadId !== threadId) return;
          if (!behind) hold(pending, heard.event);
          if (pending.length > heldEvents) behind = true;
          stir();
        }),
        closed.event((id) => {
          if (id !== undefined && id !== threadId) return;
          over = true;
          stir();
        }),
      ];
      signal.addEventListener('abort', stir);
      try {
        while (!signal.aborted) {
          if (behind && !over) {
            pending.length = 0;
            behind = false;
            yield { type: 'snapshot', thread: detail() };
            continue;
          }
          const next = pending.shift();
          if (next) yield next;
          else if (over) return;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        for (const subscription of subscriptions) subscription.dispose();
        signal.removeEventListener('abort', stir);
      }
    },

    close: (threadId) => closed.fire(threadId),
  };
};

/** Adds `event` to what a watcher has not read yet. */
const hold = (pending: ThreadEvent[], event: ThreadEvent): void => {
  const last = pending.at(-1);
  if (last?.type === 'text' && event.type === 'text' && last.id === event.id) {
    pending[pending.length - 1] = { ...last, text: last.text + event.text };
  } else if (last?.type === 'reasoning' && event.type === 'reasoning' && last.id === event.id) {
    pending[pending.length - 1] = { ...last, text: last.text + event.text };
  } else if (last?.type === 'progress' && event.type === 'progress' && last.id === event.id) {
    pending[pending.length - 1] = event;
  } else {
    pending.push(event);
  }
};
