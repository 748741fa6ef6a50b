import { z } from 'zod';
import { PairingRequest } from './keys.ts';
import { Download, InferenceStatus, Model } from './models.ts';
import { Run } from './runs.ts';
import { Thread } from './threads.ts';
import { VaultStatus } from './vault.ts';
import { Id } from './workspace.ts';

export const NodeInfo = z.object({
  version: z.string(),
  /** `desktop`, or `server` without a window of its own. */
  host: z.enum(['desktop', 'server']),
  url: z.string(),
  dataDir: z.string(),
  /** Whether the OS keychain can hold a slot here. */
  keychain: z.boolean(),
});
export type NodeInfo = z.infer<typeof NodeInfo>;

/** Kept in the vault; everything but the look needs it open. */
export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  noteFont: z.enum(['sans', 'serif']),
  weekStart: z.enum(['monday', 'sunday']),
  /** Model that new runs use. */
  defaultModelId: z.string(),
  /** Minutes without input until the vault locks; 0 is never. Only with a passphrase slot. */
  autoLockMinutes: z.number().int().min(0).max(1_440),
  /** Whether models of other computers may be used at all. Off until a person switches it on. */
  allowRemote: z.boolean(),
  /** Answers where the chosen local model fails; only with `allowRemote`. */
  fallbackModelId: z.string().nullable(),
  /** Whether requests to `/v1` are noted, without their content. */
  requestLog: z.boolean(),
  /** Whether agents learn a person's preferences and use what they learned. */
  learnFacts: z.boolean(),
  /** Address of an OpenTelemetry collector (OTLP over HTTP) that is told of runs; `null`: none is. */
  traceEndpoint: z
    .url({ protocol: /^https?$/u })
    .max(2_048)
    .refine((url) => !/^\w+:\/\/[^/?#]*@/u.test(url), 'has to be an address without a name and password')
    .nullable(),
  /** Whether it is also sent what was asked, written and given to tools. Off again whenever the address changes. */
  traceContent: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const EntityKind = z.enum(['task', 'project', 'section', 'note', 'attachment']);
export type EntityKind = z.infer<typeof EntityKind>;

/** State announced to every connected client; a client refetches what an event names. */
export const NodeEvent = z.discriminatedUnion('type', [
  /** First on every subscription, so that a client that reconnects knows to refetch. */
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('workspace'), entities: z.array(z.object({ kind: EntityKind, id: Id })) }),
  z.object({ type: z.literal('run'), run: Run }),
  z.object({ type: z.literal('model'), model: Model }),
  z.object({ type: z.literal('models') }),
  z.object({ type: z.literal('download'), download: Download }),
  /** `id: null`: the list. */
  z.object({ type: z.literal('thread'), id: Id.nullable(), thread: Thread.nullable() }),
  z.object({ type: z.literal('inference'), status: InferenceStatus }),
  z.object({ type: z.literal('vault'), status: VaultStatus }),
  z.object({ type: z.literal('settings'), settings: Settings }),
  /** Programs that wait for a person to let them in. */
  z.object({ type: z.literal('pairing'), requests: z.array(PairingRequest) }),
  z.object({ type: z.literal('keys') }),
  z.object({ type: z.literal('reminder'), taskId: Id, title: z.string() }),
]);
export type NodeEvent = z.infer<typeof NodeEvent>;
