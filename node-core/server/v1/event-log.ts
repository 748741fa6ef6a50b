import type { ServerSentEvent } from './route.ts';

/** Events of one response, for any number of readers who may come late. */
export interface EventLog {
  add(event: ServerSentEvent): void;
  /** From now on the events may be read. */
  open(): void;
  isOpen(): boolean;
  /** None follow. */
  end(): void;
  /** From the event numbered `after` on, as they come; waits until the log is open or ends. */
  read(after: number, signal: AbortSignal): AsyncGenerator<ServerSentEvent, void>;
}

export const createEventLog = (): EventLog => {
  const events: ServerSentEvent[] = [];
  const waiting = new Set<() => void>();
  let isOpen = false;
  let isOver = false;
  const stir = () => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  return {
    add(event) {
      events.push(event);
      stir();
    },
    open() {
      if (isOpen) return;
      isOpen = true;
      stir();
    },
    isOpen: () => isOpen,
    end() {
      isOver = true;
      stir();
    },
    async *read(after, signal) {
      let next = after + 1;
      const onAbort = () => stir();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        while (!signal.aborted) {
          const event = isOpen || isOver ? events[next] : undefined;
          if (event) {
            next += 1;
            yield event;
          } else if (isOver) return;
          else await new Promise<void>((resolve) => waiting.add(resolve));
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
};
