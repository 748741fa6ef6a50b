import { readFileSync } from 'node:fs';

/** What a person takes out of a line: the task or decision by some of its words. */
export interface Expected {
  readonly kind: 'action' | 'decision';
  readonly line: number;
  readonly owner: string | null;
  readonly due: string | null;
  readonly words: readonly string[];
}

export const meetingNames = ['chatty', 'bullets', 'timestamps', 'berlin', 'nameless', 'kitchen', 'studio'] as const;

/** `meetings/<name>.md`, held on 4 May 2026: behind a line `§A owner | due | words` or `§D words`. */
export const annotatedMeeting = (name: (typeof meetingNames)[number]): { text: string; expected: Expected[] } => {
  const expected: Expected[] = [];
  const lines = readFileSync(new URL(`meetings/${name}.md`, import.meta.url), 'utf8')
    .split('\n')
    .map((written, index) => {
      const [, said, kind, mark = ''] = /^(.*?) §([AD]) (.*)$/u.exec(written) ?? [];
      if (said === undefined) return written;
      const parts = mark.split('|').map((part) => part.trim());
      const [owner = '', due = ''] = kind === 'A' ? parts : [];
      expected.push({
        kind: kind === 'A' ? 'action' : 'decision',
        line: index + 1,
        owner: owner || null,
        due: due || null,
        words: (parts.at(-1) ?? '').split(' '),
      });
      return said;
    });
  return { text: lines.join('\n'), expected };
};
