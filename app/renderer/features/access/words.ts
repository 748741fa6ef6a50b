import type { ApiKey, KeyScope } from '../../../../node-core/contract/index.ts';
import { formatCount, formatMoment } from '../../days.ts';

export const scopes: readonly KeyScope[] = ['inference', 'conversations', 'models', 'workspace'];

export const scopeWords: Readonly<Record<KeyScope, { readonly name: string; readonly text: string }>> = {
  inference: { name: 'Ask models', text: 'Answers, embeddings and counting tokens' },
  conversations: { name: 'Stored conversations', text: 'Read, add and delete chats, responses and files' },
  models: { name: 'Manage models', text: 'Add, load and remove them' },
  workspace: { name: 'Tasks and notes', text: 'Read and change them, and start runs' },
};

export const scopeList = (granted: readonly KeyScope[]): string =>
  granted.length === scopes.length ? 'Everything' : granted.map((scope) => scopeWords[scope].name).join(', ');

/** What a key is held to, in a few words each. */
export const limitList = ({ limits, models, expiresAt }: ApiKey, now: number): string[] => [
  ...(expiresAt === null
    ? []
    : [expiresAt <= now ? `expired ${formatMoment(expiresAt)}` : `until ${formatMoment(expiresAt)}`]),
  ...(limits.requestsPerMinute === null ? [] : [`${formatCount(limits.requestsPerMinute)} requests a minute`]),
  ...(limits.tokensPerDay === null ? [] : [`${formatCount(limits.tokensPerDay)} tokens a day`]),
  ...(limits.tokensPerMonth === null ? [] : [`${formatCount(limits.tokensPerMonth)} tokens a month`]),
  ...(limits.tokensInAll === null ? [] : [`${formatCount(limits.tokensInAll)} tokens in all`]),
  ...(models === null ? [] : [models.length === 1 ? `only ${models[0] ?? ''}` : `${models.length} models`]),
];

/** `1,234`, `12.3k`, `4.5M`: for places where there is no room for all of it. */
export const formatShort = (value: number): string => {
  if (value < 10_000) return formatCount(value);
  if (value < 999_500) return `${(value / 1_000).toFixed(value < 99_500 ? 1 : 0).replace(/\.0$/, '')}k`;
  return `${(value / 1_000_000).toFixed(value < 99_500_000 ? 1 : 0).replace(/\.0$/, '')}M`;
};
