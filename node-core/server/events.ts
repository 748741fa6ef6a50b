import type { Disposable, Event } from '../common/index.ts';
import type { NodeEvent } from '../contract/index.ts';

/** Beyond this many changed entities a client is told to refetch all, which costs less than naming them. */
const maxEntities = 5_000;

interface Pending {
  push(event: NodeEvent): void;
  take(): NodeEvent | undefined;
}

/** Keeps what a busy client has yet to hear in bounded space: of state only the newest, of changed entities each once. */
const createPending = (): Pending => {
  const waiting = new Map<string, NodeEvent>();
  return {
    push(event) {
      const key = keyOf(event);
      const earlier = waiting.get(key);
      if (event.type !== 'workspace' || earlier?.type !== 'workspace') {
        waiting.set(key, event);
        return;
      }
      const entities = new Map(
        [...earlier.entities, ...event.entities].map((entity) => [`${entity.kind}:${entity.id}`, entity]),
      );
      if (entities.size <= maxEntities) {
        waiting.set(key, { type: 'workspace', entities: [...entities.values()] });
      } else {
        waiting.clear();
        waiting.set('hello', { type: 'hello' });
      }
    },
    take() {
      for (const [key, event] of waiting) {
        waiting.delete(key);
        return event;
      }
      return undefined;
    },
  };
};

const keyOf = (event: NodeEvent): string => {
  if (event.type === 'run') return `run:${event.run.id}`;
  if (event.type === 'model') return `model:${event.model.id}`;
  if (event.type === 'download') return `download:${event.download.id}`;
  if (event.type === 'thread') return `thread:${event.id}`;
  if (event.type === 'reminder') return `reminder:${event.taskId}`;
  return event.type;
};

/** Everything that `onDidHappen` announces, as a stream for one client: first `hello`, then what changed; it ends with `signal`. */
export async function* streamNodeEvents(
  onDidHappen: Event<NodeEvent>,
  signal: AbortSignal,
): AsyncGenerator<NodeEvent, void> {
  const pending = createPending();
  let wake: () => void = () => undefined;
  const onAbort = () => wake();
  const subscription: Disposable = onDidHappen((event) => {
    pending.push(event);
    wake();
  });
  signal.addEventListener('abort', onAbort);
  try {
    yield { type: 'hello' };
    while (!signal.aborted) {
      const event = pending.take();
      if (event) {
        yield event;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    subscription.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}
