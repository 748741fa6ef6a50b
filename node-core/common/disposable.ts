/** Owns one thing that must be given back: a listener, a timer, a handle. Disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

export const toDisposable = (dispose: () => void): Disposable => {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      dispose();
    },
  };
};

/** Disposes of what it owns in reverse order of adding. */
export class DisposableStore implements Disposable {
  readonly #owned: Disposable[] = [];

  add<T extends Disposable>(disposable: T): T {
    this.#owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    for (let next = this.#owned.pop(); next; next = this.#owned.pop()) next.dispose();
  }
}

/** What runs in the background. `stop` is awaited in reverse order of `start`. */
export interface Startable {
  start(): Promise<void>;
  stop(): Promise<void>;
}
