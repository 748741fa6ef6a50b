import type { Thread, ThreadDetail, ThreadMessage } from '../contract/index.ts';

const fence = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}\n${text}\n${mark}`;
};

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

const section = (message: ThreadMessage): string =>
  [
    message.role === 'user' ? '## You' : `## ${message.modelId ?? 'Jan'}`,
    ...(message.reasoning === null ? [] : [quoted(message.reasoning)]),
    message.text,
    ...message.attachments.map(({ name, text }) => `Attachment ${JSON.stringify(name)}:\n\n${fence(text)}`),
    ...(message.error === null ? [] : [`_${message.error.message}_`]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const branchOf = ({ messages, leafId }: ThreadDetail): ThreadMessage[] => {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: ThreadMessage[] = [];
  for (let at = leafId === null ? undefined : byId.get(leafId); at; )
    at = (branch.unshift(at), at.parentId === null ? undefined : byId.get(at.parentId));
  return branch;
};

/** Without what file systems refuse or read in their own way. */
const fileName = ({ title }: Thread): string =>
  title
    .replaceAll(/[\p{C}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '')
    .slice(0, 80)
    .toWellFormed()
    .trim() || 'Conversation';

export const exported = (thread: ThreadDetail, format: 'markdown' | 'json'): { name: string; text: string } => {
  if (format === 'json') return { name: `${fileName(thread)}.json`, text: `${JSON.stringify(thread, null, 2)}\n` };
  const parts = [
    `# ${thread.title || 'Conversation'}`,
    ...(thread.systemPrompt === '' ? [] : [`## System prompt\n\n${thread.systemPrompt}`]),
    ...branchOf(thread).map(section),
  ];
  return { name: `${fileName(thread)}.md`, text: `${parts.join('\n\n')}\n` };
};
