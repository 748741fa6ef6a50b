import type { RunDetail } from '../contract/index.ts';
import type { RunBook } from './book.ts';
import type { JournalEntry } from './journal.ts';

/** The same book; `hear` is told what was written, once it is on disk, and how the run stands then. */
export const heard = (book: RunBook, hear: (run: RunDetail, entries: readonly JournalEntry[]) => void): RunBook => {
  const told = (run: RunDetail, entries: readonly JournalEntry[]): RunDetail => {
    hear(run, entries);
    return run;
  };
  return {
    ...book,
    create: (run, first = []) => told(book.create(run, first), [{ type: 'created' }, ...first]),
    append: (id, entries) => told(book.append(id, entries), entries),
    appendIn(tx, id, entries) {
      const written = book.appendIn(tx, id, entries);
      return { commit: () => told(written.commit(), entries) };
    },
  };
};
