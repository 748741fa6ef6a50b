import { create } from 'zustand';
import type { Playbook } from '../../../../node-core/contract/index.ts';

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
}

/** What is about to start. */
export const useDraft = create<Draft>()(() => ({ composed: null, given: null, texts: {} }));

export const forgetAgentDrafts = (): void => useDraft.setState({ composed: null, given: null, texts: {} });

/** What was written is kept, or is not wanted any more. */
export const forgetText = (key: string): void =>
  useDraft.setState(({ texts }) => ({ texts: Object.fromEntries(Object.entries(texts).filter(([id]) => id !== key)) }));
