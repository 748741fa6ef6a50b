import { create } from 'zustand';
import type { Thread } from '../../../../node-core/contract/index.ts';

export interface DraftFile {
  readonly name: string;
  readonly text: string;
}

/** What is being written but not sent. Only in memory: what a person writes is on no disk in the clear. */
export interface Draft {
  readonly text: string;
  readonly files: readonly DraftFile[];
}

/** Of a chat that is not there yet. */
type NewThread = Pick<Thread, 'modelId' | 'systemPrompt' | 'params'>;

interface Drafts {
  readonly byThread: Readonly<Record<string, Draft>>;
  readonly next: NewThread;
}

const empty: Draft = { text: '', files: [] };
const plain: NewThread = { modelId: null, systemPrompt: '', params: {} };

/** Key of the chat that begins with its first message. */
export const newThreadKey = 'new';

export const useDrafts = create<Drafts>()(() => ({ byThread: {}, next: plain }));
export const useDraft = (key: string): Draft => useDrafts((state) => state.byThread[key] ?? empty);
export const draftOf = (key: string): Draft => useDrafts.getState().byThread[key] ?? empty;

export const writeDraft = (key: string, patch: Partial<Draft>): void =>
  useDrafts.setState(({ byThread }) => ({
    byThread: { ...byThread, [key]: { ...(byThread[key] ?? empty), ...patch } },
  }));

export const dropDraft = (key: string): void =>
  useDrafts.setState(({ byThread }) => ({
    byThread: Object.fromEntries(Object.entries(byThread).filter(([other]) => other !== key)),
  }));

/** What left a draft stands before what is in it now. */
export const putBack = (key: string, { text, files }: Draft): void => {
  const now = draftOf(key);
  writeDraft(key, {
    text: [text, now.text].filter((part) => part.trim() !== '').join('\n\n'),
    files: [...files, ...now.files],
  });
};

export const planThread = (patch: Partial<NewThread>): void =>
  useDrafts.setState(({ next }) => ({ next: { ...next, ...patch } }));
export const dropPlan = (): void => useDrafts.setState({ next: plain });

/** The vault was locked: what was being written leaves the page with the keys. */
export const forgetDrafts = (): void => useDrafts.setState({ byThread: {}, next: plain });
