import type { z } from 'zod';
import type { Clock } from '../common/index.ts';
import { AppError, CancellationError } from '../contract/index.ts';
import type { GenerateRequest, Inference } from '../inference/index.ts';
import type { Store } from '../storage/index.ts';
import type { Change } from '../workspace/index.ts';
import type { RunBook } from './book.ts';
import { generatePatiently } from './generate.ts';
import { type EntryOf, type JournalEntry, type StepKind, type Touched } from './journal.ts';
import type { Watchers } from './watch.ts';

/** A question to the model. Its answer is journalled under `key`, unique within the step. */
export interface Question {
  readonly key: string;
  readonly request: Omit<GenerateRequest, 'modelId' | 'signal'>;
  /** Shown with the step where it asks more than one question. */
  readonly prompt?: string;
}

/** What a `generate` step works with while it runs. */
export interface Dialogue {
  /** The model's whole answer: from the journal if it has one, else asked now and journalled before this returns. */
  ask(question: Question): Promise<string>;
  /** Shows what the answers so far mean. */
  preview(items: readonly string[], progress: number | null): void;
}

/**
 * What a program is written against. A program is ordinary code that calls these in an order which depends on nothing but its
 * assignment and what these returned; run again over the journal of an interrupted run it takes the same way, gets the recorded
 * answers, skips what was applied, and goes on where the journal ends.
 */
export interface Steps {
  /** Something decided by code. Pure: it is computed again when a run is resumed. */
  rule<T>(title: string, decide: () => { readonly value: T; readonly output: string }): T;
  /** Something that the model writes. `work` may do nothing but ask and compute. `output` replaces the raw answers where it says more. */
  generate<T>(
    title: string,
    prompt: string | null,
    work: (dialogue: Dialogue) => Promise<{ readonly value: T; readonly output: string | null }>,
  ): Promise<T>;
  /** A change to the workspace, in one transaction with its journal entry: it happens once. `value` survives a restart by way of `schema`. */
  apply<T>(
    title: string,
    schema: z.ZodType<T>,
    work: (change: Change) => { readonly value: T; readonly output: string; readonly touched: readonly Touched[] },
  ): T;
}

interface Components {
  readonly book: Pick<RunBook, 'rows' | 'append' | 'appendIn' | 'get'>;
  readonly watchers: Watchers;
  readonly inference: Pick<Inference, 'generate'>;
  readonly store: () => Store;
  readonly clock: Clock;
}

interface Assigned {
  readonly runId: string;
  readonly title: string;
  readonly modelId: string;
  readonly signal: AbortSignal;
}

export const createSteps = (
  { book, watchers, inference, store, clock }: Components,
  { runId, title: runTitle, modelId, signal }: Assigned,
): Steps => {
  const begun = new Map<number, EntryOf<'step'>>();
  const ended = new Map<number, EntryOf<'step-done'>>();
  const answers = new Map<string, string>();
  for (const { entry } of book.rows(runId)) {
    if (entry.type === 'step') begun.set(entry.index, entry);
    if (entry.type === 'step-done') ended.set(entry.index, entry);
    if (entry.type === 'answer') answers.set(`${entry.index} ${entry.key}`, entry.text);
  }
  let next = 0;

  const enter = (kind: StepKind, title: string): number => {
    if (signal.aborted) throw new CancellationError();
    const index = next;
    next += 1;
    const recorded = begun.get(index);
    if (recorded && (recorded.kind !== kind || recorded.title !== title)) {
      throw new AppError(
        'CONFLICT',
        'Jan was changed while this run was under way, so that it cannot go on where it stopped. Undo it and start it again.',
      );
    }
    return index;
  };

  const append = (entries: readonly JournalEntry[]) => watchers.announce(book.append(runId, entries));

  const generate = (index: number, request: Question['request']) =>
    generatePatiently(
      inference,
      {
        ...request,
        modelId,
        signal,
        onText: (piece) => {
          watchers.text(runId, index, piece);
          request.onText?.(piece);
        },
      },
      () => watchers.text(runId, index, '\n\n'),
    );

  return {
    rule(title, decide) {
      const index = enter('rule', title);
      const { value, output } = decide();
      if (!ended.has(index)) {
        append([
          { type: 'step', index, kind: 'rule', title, prompt: null },
          { type: 'step-done', index, output, touched: [] },
        ]);
      }
      return value;
    },

    async generate(title, prompt, work) {
      const index = enter('generate', title);
      if (!begun.has(index)) append([{ type: 'step', index, kind: 'generate', title, prompt }]);
      const { value, output } = await work({
        async ask({ key, request, prompt: shown }) {
          const recorded = answers.get(`${index} ${key}`);
          if (recorded !== undefined) return recorded;
          if (signal.aborted) throw new CancellationError();
          const { text, promptTokens, outputTokens, modelId: answeredBy } = await generate(index, request);
          // An answer that came in although the run was stopped is not taken: what a person stopped does not go on.
          if (signal.aborted) throw new CancellationError();
          append([
            {
              type: 'answer',
              index,
              key,
              prompt: shown ?? null,
              text,
              promptTokens,
              outputTokens,
              modelId: answeredBy,
            },
          ]);
          return text;
        },
        preview: (items, progress) => watchers.preview(runId, index, items, progress),
      });
      if (!ended.has(index)) append([{ type: 'step-done', index, output, touched: [] }]);
      return value;
    },

    apply(title, schema, work) {
      const index = enter('apply', title);
      const recorded = ended.get(index);
      if (recorded) return schema.parse(recorded.value);
      if (book.get(runId).undoneAt !== null) {
        throw new AppError(
          'CONFLICT',
          'What this run had done was undone while it was under way, so it stopped there. Start it again if you want its result.',
        );
      }
      const { value, written } = store().transact({ actor: 'agent', label: runTitle, runId }, (tx) => {
        const { value, output, touched } = work({ store: store(), tx, now: clock.now(), runId });
        const entries: JournalEntry[] = [
          { type: 'step', index, kind: 'apply', title, prompt: null },
          { type: 'step-done', index, output, touched: [...touched], value },
        ];
        return { value, written: book.appendIn(tx, runId, entries) };
      });
      watchers.announce(written.commit());
      return value;
    },
  };
};
