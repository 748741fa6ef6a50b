import type { Backend, LoadOrder } from './backend.ts';
import { createDraftModel, type DraftModel } from './draft-model.ts';
import { openAddon } from './native.ts';
import type { Stepper } from './step.ts';
import { createStepper } from './stepper.ts';

export interface OpenDraft {
  readonly model: DraftModel;
  dispose(): Promise<void>;
}

/** Loads the draft model of an order beside the model it guesses for; null where there is none, or none that can guess: answers are written without. */
export const openDraft = async (
  backend: Backend,
  { draft, offload, threads }: LoadOrder,
  beside: Stepper,
  signal: AbortSignal,
): Promise<OpenDraft | null> => {
  if (!draft || !beside.canForget) return null;
  const { path, contextLength, batchSize, slidingWindow } = draft;
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const dispose of closing.splice(0).reverse()) await dispose();
  };
  try {
    const opened = await backend.openModel({ path, offload }, () => undefined, signal);
    closing.push(() => opened.dispose());
    const context = await opened.openContext({
      contextLength,
      sequences: 1,
      batchSize,
      threads: threads.prefill,
      flashAttention: 'auto',
      embeddings: false,
    });
    closing.push(() => context.dispose());
    const { bindings } = backend;
    const shape = { contextLength, batchSize, sequences: 1 };
    const parts = { context: context.raw, model: opened.raw, bindings, addon: openAddon(), beside };
    const stepper = createStepper({ ...parts, ...shape });
    closing.push(() => stepper.dispose());
    if (stepper.canForget) {
      const model = createDraftModel({ context: context.raw, model: opened.raw, stepper, ...shape, slidingWindow });
      closing.push(() => model.dispose());
      // The first batch reads the file and makes room; a try that takes as long would tell nothing.
      const all = { threads: threads.decode, quick: true, spare: 0, isWanted: () => true };
      await model.guess([0, 0], { ...all, count: 3 });
      return { model, dispose: close };
    }
  } catch {
    // A damaged file, too little memory, a cancelled load: who asked for the large model has it.
  }
  await close();
  return null;
};
