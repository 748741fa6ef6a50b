import { readFileSync } from 'node:fs';

/** One of somebody's notes, and what it is about, as a person sorted it. */
export interface SortedNote {
  readonly note: { readonly id: string; readonly title: string; readonly text: string; readonly tags: string[] };
  /** Null where it is about several things, or about something that no other is about. */
  readonly theme: string | null;
  /** Is about something that no other is about. */
  readonly single: boolean;
  /** Notes of one name say the same. */
  readonly twin: string | null;
  /** Holds two notes. */
  readonly mixed: boolean;
}

/** `notes/<set>.md`: each note under a line `=== theme dup=name split=theme,theme`. */
export const chaoticNotes = (set: 'designer' | 'bakery' | 'teacher'): SortedNote[] =>
  readFileSync(new URL(`notes/${set}.md`, import.meta.url), 'utf8')
    .split(/^=== /mu)
    .slice(1)
    .map((block, index) => {
      const [head = '', ...lines] = block.split('\n');
      const [theme = '', ...marks] = head.trim().split(' ');
      const text = `${lines.join('\n').trim()}\n`;
      return {
        note: {
          id: `${set} ${index}`,
          title: (text.split('\n')[0] ?? '').replace(/^#+\s*/u, '').slice(0, 80),
          text,
          tags: [],
        },
        theme: theme === 'single' || theme === 'mixed' ? null : theme,
        single: theme === 'single',
        twin: marks.find((mark) => mark.startsWith('dup='))?.slice(4) ?? null,
        mixed: marks.some((mark) => mark.startsWith('split=')),
      };
    });
