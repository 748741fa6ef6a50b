import { useEffect } from 'react';
import { create } from 'zustand';

export type PickerKind =
  | 'date'
  | 'project'
  | 'label'
  | 'priority'
  | 'status'
  | 'assignee'
  | 'hand'
  | 'menu'
  | 'section'
  | 'blockers'
  | 'repeat'
  | 'reminder';

/** A small panel beside the row or field it is about. */
export interface Picker {
  readonly kind: PickerKind;
  readonly taskIds: readonly string[];
  readonly anchor: HTMLElement;
  /** Where it opens, of the pointer; else beside the anchor. */
  readonly at?: { readonly x: number; readonly y: number };
  /** Which of the two dates the date picker opens with. */
  readonly field?: 'due' | 'do';
}

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'error';
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface Confirmation {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly run: () => void | Promise<void>;
}

interface UiState {
  readonly railCollapsed: boolean;
  readonly palette: 'closed' | 'commands' | 'search';
  readonly shortcuts: boolean;
  /** The quick-add line over views that have none of their own. */
  readonly quickAdd: boolean;
  readonly selection: ReadonlySet<string>;
  /** The row that keys act on. */
  readonly cursor: string | null;
  readonly picker: Picker | null;
  readonly toasts: readonly Toast[];
  readonly confirmation: Confirmation | null;
  /** Text waiting in the transcript view: pasted into quick add, or dropped on the window. */
  readonly transcriptDraft: string;
  readonly showDone: boolean;
  /** The model that answers in the place that is open, where it need not be the default one. */
  readonly modelHere: string | null;
}

const railKey = 'jan.rail';

export const useUi = create<UiState>()(() => ({
  railCollapsed: localStorage.getItem(railKey) === 'collapsed',
  palette: 'closed',
  shortcuts: false,
  quickAdd: false,
  selection: new Set<string>(),
  cursor: null,
  picker: null,
  toasts: [],
  confirmation: null,
  transcriptDraft: '',
  showDone: false,
  modelHere: null,
}));

const set = useUi.setState;

export const toggleRail = (): void => {
  const railCollapsed = !useUi.getState().railCollapsed;
  localStorage.setItem(railKey, railCollapsed ? 'collapsed' : 'open');
  set({ railCollapsed });
};

export const setCursor = (cursor: string | null): void => {
  if (useUi.getState().cursor !== cursor) set({ cursor });
};
export const setSelection = (ids: Iterable<string>): void => set({ selection: new Set(ids) });
export const clearSelection = (): void => {
  if (useUi.getState().selection.size > 0) set({ selection: new Set() });
};
export const toggleSelected = (id: string): void => {
  const selection = new Set(useUi.getState().selection);
  if (!selection.delete(id)) selection.add(id);
  set({ selection });
};

export const openPicker = (picker: Picker): void => set({ picker });
export const closePicker = (): void => set({ picker: null });

/** For as long as it is shown, the place that is open asks this model. */
export const useModelHere = (id: string | undefined): void =>
  useEffect(() => {
    set({ modelHere: id ?? null });
    return () => set({ modelHere: null });
  }, [id]);

let nextToast = 1;
const shownFor = 6_000;
export const dismissToast = (id: number): void =>
  set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
export const showToast = (toast: Omit<Toast, 'id'>): void => {
  const id = nextToast++;
  set(({ toasts }) => ({ toasts: [...toasts.slice(-2), { ...toast, id }] }));
  setTimeout(() => dismissToast(id), toast.tone === 'error' ? shownFor * 2 : shownFor);
};

export const confirm = (confirmation: Confirmation): void => set({ confirmation });
