import { z } from 'zod';
import { Place } from './runs.ts';
import { Id, Millis } from './workspace.ts';

/** How an answer is asked for; what is left out is the model's own default. */
export const ThreadParams = z.object({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  maxTokens: z.number().int().positive().optional(),
});
export type ThreadParams = z.infer<typeof ThreadParams>;

/** A conversation. Its messages form a tree: editing or regenerating adds a branch and loses nothing. */
export const Thread = z.object({
  id: Id,
  title: z.string(),
  /** `api`: made through `/v1/conversations` or a stored response. */
  origin: z.enum(['user', 'api']),
  systemPrompt: z.string(),
  /** `null`: the default model. */
  modelId: z.string().nullable(),
  params: ThreadParams,
  /** The last message of the branch that is shown. */
  leafId: Id.nullable(),
  createdAt: Millis,
  updatedAt: Millis,
  deletedAt: Millis.nullable(),
});
export type Thread = z.infer<typeof Thread>;

/** Text that goes with a message; the file itself is not kept. */
export const ThreadAttachment = z.object({ name: z.string().min(1).max(255), text: z.string().max(2_000_000) });

export const ThreadMessage = z.object({
  id: Id,
  threadId: Id,
  parentId: Id.nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  reasoning: z.string().nullable(),
  attachments: z.array(ThreadAttachment),
  state: z.enum(['writing', 'done', 'stopped', 'failed']),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Of an answer. */
  modelId: z.string().nullable(),
  place: Place.nullable(),
  usage: z
    .object({
      promptTokens: z.number().int(),
      cachedTokens: z.number().int(),
      outputTokens: z.number().int(),
      firstTokenMs: z.number(),
      /** Tokens per second. */
      speed: z.number().nullable(),
    })
    .nullable(),
  /** Messages from the beginning of the branch that did not fit beside this answer, so that the model did not see them. */
  droppedMessages: z.number().int().nonnegative().optional(),
  createdAt: Millis,
});
export type ThreadMessage = z.infer<typeof ThreadMessage>;

/** All messages of all branches, parents before children. */
export const ThreadDetail = Thread.extend({ messages: z.array(ThreadMessage) });
export type ThreadDetail = z.infer<typeof ThreadDetail>;

/** What a watcher of one thread receives: first the whole state, then what changes. */
export const ThreadEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), thread: ThreadDetail }),
  z.object({ type: z.literal('thread'), thread: Thread }),
  /** A new message, or an old one in a new state. */
  z.object({ type: z.literal('message'), message: ThreadMessage }),
  z.object({ type: z.literal('text'), id: Id, text: z.string() }),
  z.object({ type: z.literal('reasoning'), id: Id, text: z.string() }),
  /** What an answer that has no text yet waits for. */
  z.object({
    type: z.literal('progress'),
    id: Id,
    phase: z.enum(['queued', 'loading', 'reading']),
    value: z.number().min(0).max(1),
  }),
]);
export type ThreadEvent = z.infer<typeof ThreadEvent>;
