import { tagsOf } from '../workspace/index.ts';
import type { Extraction } from './skills/index.ts';

/** On what a meeting leaves behind. */
export const meetingTag = 'meeting';

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
export const shownDay = (date: string): string => dayFormat.format(new Date(`${date}T00:00:00Z`)).replace(',', '');

/** What people and models wrote, on one line and without meaning to Markdown or HTML. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>~|]/gu, '\\$&');

/** `[[Title]]` where a wiki link can name it, else the title alone. */
export const linkTo = (title: string): string =>
  /^[^[\]|#]{1,500}$/u.test(title) ? `[[${title}]]` : `“${plain(title)}”`;

/** The note beside a transcript. Lines count in the transcript's note. */
export const summaryNote = (
  transcriptTitle: string,
  name: string,
  { decisions, actions, notices }: Extraction,
): string => {
  const line = (number: number) => `(line ${number})`;
  return [
    `# Decisions and actions: ${plain(name)}`,
    `From ${linkTo(transcriptTitle)} #${meetingTag}`,
    '## Decisions',
    decisions.map((decision) => `- ${plain(decision.text)} ${line(decision.line)}`).join('\n') || 'None found.',
    '## Action items',
    actions
      .map(
        ({ owner, title, due, line: at }) =>
          `- ${owner === null ? '' : `**${plain(owner)}**: `}${plain(title)}${due === null ? '' : `, by ${shownDay(due)}`} ${line(at)}`,
      )
      .join('\n') || 'None found.',
    ...(notices.length > 0 ? ['## About this reading', notices.map(({ message }) => `- ${message}`).join('\n')] : []),
  ].join('\n\n');
};

/** The note with those of its tags at the end that its text does not name already. */
export const withTags = (text: string, tags: readonly string[]): string => {
  const named = new Set(tagsOf(text));
  const missing = tags.filter((tag) => !named.has(tag));
  return missing.length === 0 ? text : `${text.trimEnd()}\n\n${missing.map((tag) => `#${tag}`).join(' ')}\n`;
};
