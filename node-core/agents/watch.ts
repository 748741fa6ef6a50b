import { Emitter, type Event } from '../common/index.ts';
import type { Run, RunDetail, RunEvent } from '../contract/index.ts';
import { changesOf } from './changes.ts';
import { summary } from './journal.ts';

const heldText = 64_000;

/** What a running step has written so far. Shown, never journalled: a late watcher gets it after its snapshot. */
interface Draft {
  readonly index: number;
  text: string;
  preview: Extract<RunEvent, { type: 'preview' }> | undefined;
}

export interface Watchers {
  readonly onDidChangeRun: Event<Run>;
  /** How a run is now. */
  announce(run: RunDetail): void;
  /** The same of what lists show of it. */
  announceRun(run: Run): void;
  text(runId: string, index: number, piece: string): void;
  preview(runId: string, index: number, items: readonly string[], progress: number | null): void;
  /** First `detail` and the draft, then every change, until the run ends, `signal` aborts or `close` is called. */
  watch(detail: () => RunDetail, signal: AbortSignal): AsyncGenerator<RunEvent, void>;
  /** Ends every watcher; new ones may come. */
  close(): void;
}

const hasEnded = (run: Run): boolean => run.state === 'done' || run.state === 'failed' || run.state === 'cancelled';

type Written = Extract<RunEvent, { type: 'text' | 'preview' }>;
/** `state`: the run is no longer as the watcher has seen it. */
type Happened = Written | { readonly type: 'state' };

/**
 * Announces what happens to runs. A watcher is sent what differs between what it has seen and how the run is when it reads, so that one
 * that reads slowly holds little: of each step the text that waits (its beginning is dropped past 64,000 characters) and its preview.
 */
export const createWatchers = (): Watchers => {
  /** By run and step: several write at once. */
  const drafts = new Map<string, Map<number, Draft>>();
  const states = new Emitter<{ readonly runId: string; readonly now: (before: RunDetail) => RunDetail }>();
  const written = new Emitter<{ readonly runId: string; readonly event: Written }>();
  const closed = new Emitter<void>();
  const changed = new Emitter<Run>();

  const draft = (runId: string, index: number): Draft => {
    const ofRun = drafts.get(runId) ?? new Map<number, Draft>();
    drafts.set(runId, ofRun);
    const held = ofRun.get(index) ?? { index, text: '', preview: undefined };
    ofRun.set(index, held);
    return held;
  };

  return {
    onDidChangeRun: changed.event,

    announce(run) {
      const ofRun = drafts.get(run.id);
      for (const { index, state } of run.steps) if (state !== 'running') ofRun?.delete(index);
      if (hasEnded(run)) drafts.delete(run.id);
      states.fire({ runId: run.id, now: ({ undoneAt }) => ({ ...run, undoneAt: run.undoneAt ?? undoneAt }) });
      changed.fire(summary(run));
    },

    announceRun(run) {
      if (hasEnded(run)) drafts.delete(run.id);
      states.fire({ runId: run.id, now: (before) => ({ ...before, ...summary(run) }) });
      changed.fire(run);
    },

    text(runId, index, piece) {
      const held = draft(runId, index);
      held.text = (held.text + piece).slice(-heldText);
      written.fire({ runId, event: { type: 'text', index, text: piece } });
    },

    preview(runId, index, items, progress) {
      const event = { type: 'preview' as const, index, items: [...items], progress };
      draft(runId, index).preview = event;
      written.fire({ runId, event });
    },

    async *watch(detail, signal) {
      const pending: Happened[] = [];
      let wake: (() => void) | undefined;
      let over = false;
      const stir = () => wake?.();
      let seen = detail();
      let latest = seen;
      const subscriptions = [
        states.event(({ runId, now }) => {
          if (runId !== latest.id) return;
          latest = now(latest);
          hold(pending, { type: 'state' });
          stir();
        }),
        written.event(({ runId, event }) => {
          if (runId !== latest.id) return;
          hold(pending, event);
          stir();
        }),
        closed.event(() => {
          over = true;
          stir();
        }),
      ];
      signal.addEventListener('abort', stir);
      for (const { index, text, preview } of drafts.get(seen.id)?.values() ?? []) {
        if (text !== '') pending.push({ type: 'text', index, text });
        if (preview) pending.push(preview);
      }
      try {
        yield { type: 'snapshot', run: seen };
        if (hasEnded(seen)) return;
        for (;;) {
          if (signal.aborted) return;
          const next = pending.shift();
          if (next?.type === 'state') {
            const before = seen;
            seen = latest;
            yield* changesOf(before, seen);
            if (hasEnded(seen)) return;
          } else if (next) {
            yield next;
          } else if (over) {
            return;
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        for (const subscription of subscriptions) subscription.dispose();
        signal.removeEventListener('abort', stir);
      }
    },

    close() {
      drafts.clear();
      closed.fire();
    },
  };
};

/** Adds `event` to what a watcher has not read yet. */
const hold = (pending: Happened[], event: Happened): void => {
  const at = pending.findIndex(
    (other) =>
      other.type === event.type && (other.type === 'state' || event.type === 'state' || other.index === event.index),
  );
  const waiting = pending[at];
  if (!waiting) {
    pending.push(event);
  } else if (waiting.type === 'text' && event.type === 'text') {
    pending[at] = { ...waiting, text: (waiting.text + event.text).slice(-heldText) };
  } else {
    pending.splice(at, 1);
    pending.push(event);
  }
};
