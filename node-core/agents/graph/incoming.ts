import type { EntryOf, JournalEntry } from '../journal.ts';

/** What reaches a run from outside: answers, ends of calls, what a person says. Everything else follows from these. */
export type Incoming = EntryOf<
  'answer' | 'answer-failed' | 'call-done' | 'call-failed' | 'call-lost' | 'answered' | 'voided'
>;

/** Under which it is waited for; null for what does not come from outside. */
export const idOf = (entry: JournalEntry): string | null => {
  switch (entry.type) {
    case 'answer':
    case 'answer-failed':
      return answerId(entry.index, entry.key);
    case 'call-done':
    case 'call-failed':
    case 'call-lost':
      return callId(entry.id);
    case 'answered':
    case 'voided':
      return questionId(entry.id);
    default:
      return null;
  }
};
export const answerId = (index: number, key: string): string => `answer ${index} ${key}`;
export const callId = (id: string): string => `call ${id}`;
export const questionId = (id: string): string => `question ${id}`;

export const isIncoming = (entry: JournalEntry): entry is Incoming => idOf(entry) !== null;
