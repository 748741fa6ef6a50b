import { create } from 'zustand';
import type { Playbook, ProfileEntry } from '../../../../node-core/contract/index.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Given {
  readonly taskId: string | null;
  /** Goes into the first line that asks for words. */
  readonly text: string;
  readonly noteId?: string;
  /** Inputs that were named already. */
  readonly inputs?: Readonly<Record<string, Json>>;
}

interface WrittenText {
  readonly text: string;
  /** When the kept one was last changed as it was begun with; `null`: there was none. */
  readonly basedOn: number | null;
}

interface Draft {
  /** What was made of a free goal; kept in the page's memory only. */
  readonly composed: {
    readonly goal: string;
    readonly playbook: Playbook;
    readonly nearest: string | null;
    readonly inputs: Readonly<Record<string, Json>>;
    /** How its steps were fitted to the goal. */
    readonly changes: readonly string[];
  } | null;
  /** The task that is handed over, or the line that a playbook is started with. */
  readonly given: Given | null;
  /** Playbooks as they are being written, by the id they are kept under; `''`: a new one. */
  readonly texts: Readonly<Record<string, WrittenText>>;
  /** What was changed of profiles and is not kept yet. */
  readonly profiles: Readonly<Record<string, Partial<ProfileEntry>>>;
  /** What was filled in and not started yet, by the id of the playbook. */
  readonly forms: Readonly<Record<string, Readonly<Record<string, Json | undefined>>>>;
}

const nothing: Draft = { composed: null, given: null, texts: {}, profiles: {}, forms: {} };

/** What is about to start. */
export const useDraft = create<Draft>()(() => nothing);

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault();
// A browser asks before the page goes with what was written; the desktop's window would only not close.
useDraft.subscribe(({ texts, profiles }) => {
  const isWritten = Object.keys(texts).length + Object.keys(profiles).length > 0;
  if (isWritten && location.protocol !== 'app:') window.addEventListener('beforeunload', askFirst);
  else window.removeEventListener('beforeunload', askFirst);
});

export const forgetAgentDrafts = (): void => useDraft.setState(nothing);

/** What was written is kept, or is not wanted any more. */
export const forgetText = (key: string): void =>
  useDraft.setState(({ texts }) => ({ texts: Object.fromEntries(Object.entries(texts).filter(([id]) => id !== key)) }));

export const forgetProfile = (key: string): void =>
  useDraft.setState(({ profiles }) => ({
    profiles: Object.fromEntries(Object.entries(profiles).filter(([id]) => id !== key)),
  }));
