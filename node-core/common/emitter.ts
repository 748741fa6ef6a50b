import { toDisposable, type Disposable } from './disposable.ts';

/** Subscribes to an event; named `onDid…` on its owner. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Announces state. A listener that throws is a bug of the listener: it surfaces and does not stop the others. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    const entry = (value: T) => listener(value);
    this.#listeners.add(entry);
    return toDisposable(() => this.#listeners.delete(entry));
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
