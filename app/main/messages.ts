import { z } from 'zod';

/** What the core host needs to begin; the one argument it is started with. */
export const CoreStart = z.object({
  dataDir: z.string().optional(),
  port: z.number().int().optional(),
  version: z.string(),
  uiDir: z.string(),
  /** The built-in models, where llama.cpp can map them: outside any archive. */
  catalogPath: z.string(),
  /** Whether the system has a key store that the vault may use. */
  keychain: z.boolean(),
});
export type CoreStart = z.infer<typeof CoreStart>;

/** Main to core. A port travels with `window` and `inference-host`. */
export const ToCore = z.discriminatedUnion('type', [
  z.object({ type: z.literal('window') }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('inference-host'), id: z.number(), pid: z.number() }),
  z.object({ type: z.literal('inference-exit'), id: z.number(), code: z.number() }),
  z.object({ type: z.literal('keychain'), id: z.number(), ok: z.boolean(), secret: z.string().optional() }),
]);
export type ToCore = z.infer<typeof ToCore>;

export const FromCore = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('start-inference'), id: z.number() }),
  z.object({ type: z.literal('kill-inference'), id: z.number() }),
  z.object({ type: z.literal('keychain-get'), id: z.number(), name: z.string() }),
  z.object({ type: z.literal('keychain-set'), id: z.number(), name: z.string(), secret: z.string() }),
  z.object({ type: z.literal('keychain-remove'), id: z.number(), name: z.string() }),
]);
export type FromCore = z.infer<typeof FromCore>;
