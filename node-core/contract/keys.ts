import { z } from 'zod';
import { Id, Millis } from './workspace.ts';

/**
 * What a key of another program may do: `inference` answers, embeddings and tokens; `conversations` what is stored of them (threads,
 * responses, files); `models` adding, loading and removing models; `workspace` tasks, notes and runs.
 */
export const KeyScope = z.enum(['inference', 'conversations', 'models', 'workspace']);
export type KeyScope = z.infer<typeof KeyScope>;

const Limit = z.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable();
/** `null` is no limit. Tokens are those of prompts and of answers; days and months are the node's own calendar. */
export const KeyLimits = z.object({
  requestsPerMinute: Limit,
  tokensPerDay: Limit,
  tokensPerMonth: Limit,
  tokensInAll: Limit,
});
export type KeyLimits = z.infer<typeof KeyLimits>;

const KeyName = z.string().trim().min(1).max(100);
export const KeyScopes = z
  .array(KeyScope)
  .min(1)
  .max(KeyScope.options.length)
  .transform((scopes) => [...new Set(scopes)]);
const KeyModels = z.array(z.string().min(1).max(200)).min(1).max(100).nullable();

/** An API key: only a keyed hash is kept; the key itself is shown once. */
export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** First characters, to tell keys apart. */
  prefix: z.string(),
  createdAt: Millis,
  lastUsedAt: Millis.nullable(),
  /** The key in `endpoint.json`, made anew at every start. */
  endpoint: z.boolean(),
  scopes: z.array(KeyScope),
  expiresAt: Millis.nullable(),
  limits: KeyLimits,
  /** Ids of the models it may use; `null` is all. */
  models: z.array(z.string()).nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const NewKey = z.object({
  name: KeyName,
  /** Default: all. */
  scopes: KeyScopes.optional(),
  expiresAt: Millis.nullable().optional(),
  limits: KeyLimits.partial().optional(),
  models: KeyModels.optional(),
});

export const KeyPatch = NewKey.partial();

/** A program that asks for a key and waits for a person to say yes. */
export const PairingRequest = z.object({
  /** Shown by the program too, so that a person can tell whose request it is. */
  code: z.string(),
  /** As the program gave it. What steers how text is drawn could make it look like another. */
  name: KeyName.regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]*$/u,
    'only characters that can be seen',
  ),
  scopes: z.array(KeyScope),
  requestedAt: Millis,
  expiresAt: Millis,
});
export type PairingRequest = z.infer<typeof PairingRequest>;

/** What a person grants; never more than was asked for. */
export const PairingApproval = z.object({
  code: z.string().min(1).max(20),
  scopes: KeyScopes.optional(),
  expiresAt: Millis.nullable().optional(),
  limits: KeyLimits.partial().optional(),
});
