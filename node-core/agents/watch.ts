import { Emitter, type Event } from '../common/index.ts';
import type { PlaybookRun, Run, RunDetail, RunEvent, RunStep } from '../contract/index.ts';

const heldText = 64_000;

/** What a running step has written so far. Shown, never journalled: a late watcher gets it after its snapshot. */
interface Draft {
  readonly index: number;
  text: string;
  preview: Extract<RunEvent, { type: 'preview' }> | undefined;
}

export interface Watchers {
  readonly onDidChangeRun: Event<Run>;
  announceRun(run: Run): void;
  announceStep(runId: string, step: RunStep): void;
  announcePlaybook(runId: string, playbook: PlaybookRun): void;
  text(runId: string, index: number, piece: string): void;
  preview(runId: string, index: number, items: readonly string[], progress: number | null): void;
  /** First `detail` and the draft, then every change, until the run ends, `signal` aborts or `close` is called. */
  watch(detail: () => RunDetail, signal: AbortSignal): AsyncGenerator<RunEvent, void>;
  /** Ends every watcher; new ones may come. */
  close(): void;
}

const hasEnded = (run: Run): boolean => run.state === 'done' || run.state === 'failed' || run.state === 'cancelled';

/**
 * Announces what happens to runs. A watcher that reads slowly holds at most one event per step and kind: text joins the text that
 * waits (its beginning is dropped past 64,000 characters), anything else is replaced by what came later.
 */
export const createWatchers = (): Watchers => {
  /** By run and step: several write at once. */
  const drafts = new Map<string, Map<number, Draft>>();
  const events = new Emitter<{ readonly runId: string; readonly event: RunEvent }>();
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

    announceRun(run) {
      if (hasEnded(run)) drafts.delete(run.id);
      events.fire({ runId: run.id, event: { type: 'run', run } });
      changed.fire(run);
    },

    announceStep(runId, step) {
      if (step.state !== 'running') drafts.get(runId)?.delete(step.index);
      events.fire({ runId, event: { type: 'step', step } });
    },

    announcePlaybook(runId, playbook) {
      events.fire({ runId, event: { type: 'playbook', playbook } });
    },

    text(runId, index, piece) {
      const held = draft(runId, index);
      held.text = (held.text + piece).slice(-heldText);
      events.fire({ runId, event: { type: 'text', index, text: piece } });
    },

    preview(runId, index, items, progress) {
      const event = { type: 'preview' as const, index, items: [...items], progress };
      draft(runId, index).preview = event;
      events.fire({ runId, event });
    },

    async *watch(detail, signal) {
      const pending: RunEvent[] = [];
      let wake: (() => void) | undefined;
      let over = false;
      const stir = () => wake?.();
      const run = detail();
      const subscriptions = [
        events.event(({ runId, event }) => {
          if (runId !== run.id) return;
          hold(pending, event);
          stir();
        }),
        closed.event(() => {
          over = true;
          stir();
        }),
      ];
      signal.addEventListener('abort', stir);
      for (const { index, text, preview } of drafts.get(run.id)?.values() ?? []) {
        if (text !== '') pending.push({ type: 'text', index, text });
        if (preview) pending.push(preview);
      }
      try {
        yield { type: 'snapshot', run };
        if (hasEnded(run)) return;
        for (;;) {
          if (signal.aborted) return;
          const next = pending.shift();
          if (next) {
            yield next;
            if (next.type === 'run' && hasEnded(next.run)) return;
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
const hold = (pending: RunEvent[], event: RunEvent): void => {
  const at = pending.findIndex((other) => sameSubject(other, event));
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

const sameSubject = (one: RunEvent, other: RunEvent): boolean => {
  if (one.type === 'step') return other.type === 'step' && one.step.index === other.step.index;
  if (one.type === 'text') return other.type === 'text' && one.index === other.index;
  if (one.type === 'preview') return other.type === 'preview' && one.index === other.index;
  return one.type === other.type;
};
