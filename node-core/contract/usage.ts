import { z } from 'zod';
import { CalendarDate, Id, Millis } from './workspace.ts';

/** What one key asked of one model on one day. */
export const UsageRow = z.object({
  day: CalendarDate,
  /** `endpoint` is the key in `endpoint.json`, `app` the chats and runs in Jan itself. */
  keyId: Id,
  /** `null` where no model was reached. */
  modelId: z.string().nullable(),
  requests: z.number().int(),
  errors: z.number().int(),
  promptTokens: z.number().int(),
  /** Part of `promptTokens`. */
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
});
export type UsageRow = z.infer<typeof UsageRow>;

export const UsageReport = z.object({
  rows: z.array(UsageRow),
  /** Of every key that the rows name, revoked ones included. */
  keys: z.array(z.object({ id: Id, name: z.string(), revoked: z.boolean() })),
});
export type UsageReport = z.infer<typeof UsageReport>;

/** One request to `/v1`, without a word of what was asked or answered. */
export const RequestEntry = z.object({
  id: Id,
  at: Millis,
  keyId: Id,
  keyName: z.string(),
  method: z.string(),
  /** The address's pattern: `/v1/models/:id`. */
  path: z.string(),
  modelId: z.string().nullable(),
  status: z.number().int(),
  errorCode: z.string().nullable(),
  promptTokens: z.number().int(),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
  firstTokenMs: z.number().nullable(),
  durationMs: z.number(),
  stream: z.boolean(),
});
export type RequestEntry = z.infer<typeof RequestEntry>;

export const RequestQuery = z.object({
  keyId: Id.optional(),
  modelId: z.string().max(200).optional(),
  /** Only those that failed, or only those that did not. */
  outcome: z.enum(['ok', 'failed']).optional(),
  limit: z.number().int().positive().max(1_000).optional(),
});
