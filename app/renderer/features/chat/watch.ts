import { useEffect, useMemo } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorCode } from '../../../../node-core/contract/errors.ts';
import type { Thread, ThreadEvent, ThreadMessage } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';

export type Progress = Omit<Extract<ThreadEvent, { type: 'progress' }>, 'type' | 'id'>;

/** Text that came since the message itself was last told. */
interface Growth {
  readonly text: string;
  readonly reasoning: string;
}

interface WatchedThread {
  /** Which thread this is about. */
  readonly of: string;
  readonly thread: Thread | null;
  readonly messages: readonly ThreadMessage[];
  /** Apart from the messages, so that a token redraws one answer and not the list. */
  readonly growth: Readonly<Record<string, Growth>>;
  readonly progress: Readonly<Record<string, Progress>>;
  readonly error: unknown;
}

export type ThreadStore = StoreApi<WatchedThread>;

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));
const none: Growth = { text: '', reasoning: '' };

const without = <T>(record: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> => {
  if (!(id in record)) return record;
  const { [id]: _, ...rest } = record;
  return rest;
};

const nothingYet: Omit<WatchedThread, 'of'> = { thread: null, messages: [], growth: {}, progress: {}, error: null };

const upsert = (messages: readonly ThreadMessage[], message: ThreadMessage): readonly ThreadMessage[] => {
  const index = messages.findLastIndex(({ id }) => id === message.id);
  return index < 0 ? [...messages, message] : messages.with(index, message);
};

/** Puts events into the store. Tokens are gathered and drawn once a frame, however fast they come. */
const createSink = (store: ThreadStore): { take(event: ThreadEvent): void; dispose(): void } => {
  const waiting = new Map<string, Growth>();
  let frame = 0;
  const flush = (): void => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (waiting.size === 0) return;
    const { growth, progress } = store.getState();
    const grown = { ...growth };
    let left = progress;
    for (const [id, more] of waiting) {
      const before = grown[id] ?? none;
      grown[id] = { text: before.text + more.text, reasoning: before.reasoning + more.reasoning };
      left = without(left, id);
    }
    waiting.clear();
    store.setState({ growth: grown, progress: left });
  };
  return {
    take(event) {
      if (event.type === 'text' || event.type === 'reasoning') {
        const before = waiting.get(event.id) ?? none;
        waiting.set(event.id, { ...before, [event.type]: before[event.type] + event.text });
        frame ||= requestAnimationFrame(flush);
        return;
      }
      flush();
      if (event.type === 'snapshot') {
        const { messages, ...thread } = event.thread;
        store.setState({ thread, messages, growth: {}, progress: {}, error: null });
      } else if (event.type === 'thread') store.setState({ thread: event.thread });
      else if (event.type === 'progress') {
        const { id, phase, value } = event;
        store.setState(({ progress }) => ({ progress: { ...progress, [id]: { phase, value } } }));
      } else {
        const { message } = event;
        store.setState(({ messages, growth, progress }) => ({
          messages: upsert(messages, message),
          growth: without(growth, message.id),
          progress: message.state === 'writing' ? progress : without(progress, message.id),
        }));
      }
    },
    dispose: () => cancelAnimationFrame(frame),
  };
};

/** Follows a thread for as long as it is shown, and again after the line fell; anew with each attempt. */
export const useThread = (id: string, attempt: number): ThreadStore => {
  const store = useMemo(
    // A thread has a store of its own: nothing of the one before is ever drawn in it.
    () => createStore<WatchedThread>(() => ({ ...nothingYet, of: `${id}#${attempt}` })),
    [id, attempt],
  );
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const sink = createSink(store);
    const follow = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          for await (const event of await api.threads.watch({ id }, { signal })) {
            if (signal.aborted) return;
            sink.take(event);
          }
        } catch (error) {
          if (signal.aborted) return;
          if (errorCode(error)) {
            store.setState({ error });
            return;
          }
        }
        await pause(300);
      }
    };
    void follow();
    return () => {
      controller.abort();
      sink.dispose();
    };
  }, [id, store]);
  return store;
};
