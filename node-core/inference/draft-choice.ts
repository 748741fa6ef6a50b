import { AppError } from '../contract/index.ts';
import type { Entry } from './entries.ts';
import type { GgufInfo } from './gguf/inspect.ts';
import { vocabularyOf } from './gguf/vocabulary.ts';
import { memoryNeeded } from './load-plan.ts';
import type { LoadPlan } from './residency.ts';

/** A model that can guess ahead for another. */
export interface Draft {
  readonly entry: Entry;
  readonly info: GgufInfo;
}

/** Which one does, or why none does although it was chosen. */
export interface DraftPick {
  readonly draft: Draft | null;
  readonly note: string | null;
}

export interface DraftChoice {
  /** All that could, the smallest first. */
  candidates(of: Entry, info: GgufInfo): readonly Draft[];
  /** `choice`: `auto`, `off`, or a model's id. */
  pick(of: Entry, info: GgufInfo, choice: string): DraftPick;
  /** @throws AppError `BAD_REQUEST` where this model can't guess for the other, `MODEL_NOT_FOUND` */
  require(of: Entry, info: GgufInfo, choice: string): void;
}

export interface DraftChoiceComponents {
  readonly all: () => readonly Entry[];
  readonly find: (id: string) => Entry;
  /** Null where there is no file, or none that can be used. */
  readonly headerOf: (entry: Entry) => GgufInfo | null;
}

/** Chosen by itself, it is so much smaller: what it guesses wrong then costs little. */
const SMALLER = 4;
/** It need not see all that the large model sees. */
const MAX_CONTEXT = 4_096;
const BATCH = 128;

/** How to load it beside the model it guesses for. */
export const draftPlan = ({ entry, info }: Draft, contextLength: number) => {
  const shape = {
    contextLength: Math.min(contextLength, info.contextLength, MAX_CONTEXT),
    sequences: 1,
    batchSize: BATCH,
    flashAttention: true,
  };
  const { path } = entry.row;
  const { slidingWindow } = info;
  if (path === null) throw new Error('An endpoint is not loaded.');
  const draft: NonNullable<LoadPlan['draft']> = {
    id: entry.row.id,
    order: { path, contextLength: shape.contextLength, batchSize: BATCH, slidingWindow },
  };
  return { draft, memory: memoryNeeded(info, shape) };
};

export const createDraftChoice = ({ all, find, headerOf }: DraftChoiceComponents): DraftChoice => {
  const known = new Map<string, string>();
  const vocabulary = ({ row }: Entry, { size, modifiedAt }: GgufInfo): string | null => {
    const key = `${row.path} ${size} ${modifiedAt}`;
    try {
      const name = known.get(key) ?? vocabularyOf(row.path ?? '');
      known.set(key, name);
      return name;
    } catch {
      // Gone, or another file, since its header was read: loading it says so.
      return null;
    }
  };

  const fault = (of: Entry, info: GgufInfo, entry: Entry, other: GgufInfo | null): string | null => {
    const { name } = entry.row;
    if (other === null) return `The file of "${name}", which was chosen to guess ahead, is gone or damaged.`;
    if (other.kind !== 'chat' || other.size >= info.size)
      return `"${name}" can't guess ahead here: that takes a smaller model that writes text.`;
    const own = other.vocabularySize === info.vocabularySize ? vocabulary(of, info) : null;
    return own !== null && own === vocabulary(entry, other)
      ? null
      : `"${name}" can't guess ahead here: its vocabulary is another one. Choose a smaller model of the same family.`;
  };

  const candidates = (of: Entry, info: GgufInfo): readonly Draft[] =>
    all()
      .flatMap((entry): readonly Draft[] => {
        const other = entry.row.path === null || entry.row.id === of.row.id ? null : headerOf(entry);
        return other && fault(of, info, entry, other) === null ? [{ entry, info: other }] : [];
      })
      .toSorted((left, right) => left.info.size - right.info.size);

  const auto = (of: Entry, info: GgufInfo): Draft | null => {
    const [smallest] = candidates(of, info);
    return smallest && smallest.info.size * SMALLER <= info.size ? smallest : null;
  };

  return {
    candidates,
    pick(of, info, choice) {
      if (choice === 'off' || info.kind !== 'chat') return { draft: null, note: null };
      if (choice === 'auto') return { draft: auto(of, info), note: null };
      const entry = all().find(({ row }) => row.id === choice);
      if (!entry)
        return { draft: null, note: `"${choice}", which was chosen to guess ahead, is no longer in the list.` };
      const other = headerOf(entry);
      const note = fault(of, info, entry, other);
      return { draft: other && note === null ? { entry, info: other } : null, note };
    },
    require(of, info, choice) {
      if (choice === 'auto' || choice === 'off') return;
      const entry = find(choice);
      const message = fault(of, info, entry, headerOf(entry));
      if (message !== null) throw new AppError('BAD_REQUEST', message);
    },
  };
};
