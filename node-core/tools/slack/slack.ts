import { z } from 'zod';
import { AppError } from '../../contract/index.ts';
import {
  callService,
  missingToken,
  readAnswer,
  refusedToken,
  type PlainService,
  type ServiceRequest,
  serviceOrigins,
  serviceSettings,
} from '../rest.ts';
import { OutcomeUnknown } from '../outcome.ts';
import { defineTool, type ToolContext } from '../types.ts';
import { visible, visibleLine } from '../visible.ts';

const Refusal = z.object({ ok: z.literal(false), error: z.string(), needed: z.string().optional() });

const service: PlainService = {
  title: 'Slack',
  address: 'https://slack.com/api/',
  headers: (token) => ({ authorization: `Bearer ${token}` }),
  fault: (body) => Refusal.safeParse(body).data?.error,
};

/** Of which Slack says itself that some of it may have been done (https://api.slack.com/methods/chat.postMessage#errors). */
const UNSURE_FAULTS = ['fatal_error', 'internal_error'];
const TOKEN_FAULTS = ['token_expired', 'token_revoked', 'invalid_auth', 'not_authed', 'account_inactive'];

/** Slack says what went wrong in an answer that went well. */
const ask = async <T>(context: ToolContext, request: ServiceRequest, schema: z.ZodType<T>): Promise<T> => {
  const answer = await callService(service, context, request);
  const refusal = Refusal.safeParse(answer).data;
  if (!refusal) return readAnswer(service, schema, answer, request.method);
  if (TOKEN_FAULTS.includes(refusal.error)) throw refusedToken(service);
  if (refusal.error === 'missing_scope')
    throw new AppError(
      'TOOL_FAILED',
      `The token of Slack lacks the scope ${visibleLine(refusal.needed ?? '', 100)}. Make one that has it.`,
    );
  if (refusal.error === 'not_in_channel' || refusal.error === 'channel_not_found')
    throw new AppError('TOOL_FAILED', 'Slack has no such channel, or the app is not in it. Invite it there.');
  if (UNSURE_FAULTS.includes(refusal.error)) throw new OutcomeUnknown(`Slack answers "${refusal.error}".`);
  throw new AppError('TOOL_FAILED', `Slack answers "${visibleLine(refusal.error, 100)}". Check what was asked for.`);
};

const shared = {
  outside: true,
  labels: { untrusted: true, private: true },
  settings: serviceSettings(
    service,
    'Of your Slack app: with chat:write to send; a user token with search:read to search.',
  ),
  missing: missingToken(service),
  origins: serviceOrigins,
} as const;

const PER_PAGE = 100;
const Found = z.object({
  messages: z.object({
    matches: z.array(
      z.object({
        channel: z.object({ id: z.string(), name: z.string().optional() }),
        username: z.string().nullish(),
        user: z.string().nullish(),
        text: z.string(),
        ts: z.string(),
        permalink: z.string().default(''),
      }),
    ),
    paging: z.object({ pages: z.number() }),
  }),
});

const SearchInput = z.object({
  query: z.string().min(1).max(500),
  limit: z.number().int().min(1).max(300).default(20),
});
const SearchOutput = z.object({
  messages: z.array(
    z.object({ channel: z.string(), from: z.string(), text: z.string(), at: z.string(), url: z.string() }),
  ),
});

export const searchSlack = defineTool({
  ...shared,
  name: 'slack.search',
  title: 'Search Slack',
  description: 'Messages of the channels that the person can read, by words, the newest first.',
  effect: 'read',
  repeatable: true,
  input: SearchInput,
  output: SearchOutput,
  sources: (_, { messages }) =>
    [...new Set(messages.map(({ url, channel }) => url || `Slack #${channel}`))].slice(0, 50),
  async call({ query, limit }, context) {
    const messages: z.infer<typeof SearchOutput>['messages'] = [];
    for (let page = 1, pages = 1; page <= pages && messages.length < limit; page += 1) {
      const { messages: found } = await ask(
        context,
        { path: 'search.messages', query: { query, count: Math.min(PER_PAGE, limit), page, sort: 'timestamp' } },
        Found,
      );
      pages = found.paging.pages;
      if (found.matches.length === 0) break;
      for (const { channel, username, user, text, ts, permalink } of found.matches)
        messages.push({
          channel: visibleLine(channel.name ?? channel.id, 100),
          from: visibleLine(username || user || '', 100),
          text: visible(text).slice(0, 4_000),
          at: new Date(Number(ts) * 1_000).toISOString(),
          url: permalink,
        });
    }
    return { messages: messages.slice(0, limit) };
  },
});

const SendInput = z.object({
  /** `#general`, or the id of a channel or person. */
  channel: z.string().regex(/^#?[\p{L}\p{N}._-]{1,80}$/u, 'a channel as in #general'),
  text: z.string().min(1).max(4_000),
  /** The time of the message that it answers. */
  thread: z
    .string()
    .regex(/^\d{1,12}\.\d{1,9}$/u)
    .optional(),
});

export const sendSlack = defineTool({
  ...shared,
  name: 'slack.send',
  title: 'Send to Slack',
  description: 'Posts a message to a channel. A person sees it first, word by word.',
  effect: 'send-out',
  repeatable: false,
  input: SendInput,
  output: z.object({ channel: z.string(), ts: z.string() }),
  sources: () => [],
  call: ({ channel, text, thread }, context) =>
    ask(
      context,
      {
        method: 'POST',
        path: 'chat.postMessage',
        body: {
          channel,
          // What a person approved is what stands there: no calls to everyone, and no page is opened for a preview.
          text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
          unfurl_links: false,
          unfurl_media: false,
          ...(thread === undefined ? {} : { thread_ts: thread }),
        },
      },
      z.object({ channel: z.string(), ts: z.string() }),
    ),
});
