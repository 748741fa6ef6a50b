import { CancellationError } from '../../contract/index.ts';

/** Characters that may wait for a reader that is behind; several times the longest answer of most models. */
const maxWaiting = 4_000_000;

/**
 * What `work` pushes, as a stream to be read. Work goes on while nobody reads, up to a bound: then, or when the reader leaves, its signal
 * fires. `size` is in characters.
 */
export async function* pushed<T>(
  work: (push: (item: T, size: number) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const controller = new AbortController();
  const waiting: { item: T; size: number }[] = [];
  let size = 0;
  let ended = false;
  let failure: { error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const done = work(
    (item, weight) => {
      waiting.push({ item, size: weight });
      size += weight;
      if (size > maxWaiting) controller.abort(new CancellationError('Nobody reads the answer.'));
      wake?.();
    },
    AbortSignal.any([signal, controller.signal]),
  )
    .catch((error: unknown) => {
      failure = { error };
    })
    .finally(() => {
      ended = true;
      wake?.();
    });
  try {
    for (;;) {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        size -= next.size;
        yield next.item;
      }
      if (failure) throw failure.error;
      if (ended) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    controller.abort(new CancellationError());
    await done;
  }
}
