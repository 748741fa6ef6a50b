/** What is being edited, with the way back and forth. */
export interface EditHistory<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** What the last change was about: the letters of one field are one step. */
  readonly mark: string;
}

const most = 100;

export const begun = <T>(now: T): EditHistory<T> => ({ past: [], now, future: [], mark: '' });

/** With `mark` the changes of one field in a row are taken back together. */
export const changed = <T>(history: EditHistory<T>, now: T, mark = ''): EditHistory<T> => {
  if (now === history.now) return history;
  const goesOn = mark !== '' && mark === history.mark;
  return { past: goesOn ? history.past : [...history.past.slice(1 - most), history.now], now, future: [], mark };
};

export const undone = <T>(history: EditHistory<T>): EditHistory<T> => {
  const before = history.past.at(-1);
  return before === undefined
    ? history
    : { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], mark: '' };
};

export const redone = <T>(history: EditHistory<T>): EditHistory<T> => {
  const [next, ...future] = history.future;
  return next === undefined ? history : { past: [...history.past, history.now], now: next, future, mark: '' };
};
