import { z } from 'zod';
import { Id, Millis } from './workspace.ts';

export const VaultState = z.enum(['missing', 'locked', 'open', 'damaged']);
export const SlotKind = z.enum(['keychain', 'key-file', 'passphrase', 'recovery']);
export const Slot = z.object({
  id: Id,
  kind: SlotKind,
  createdAt: Millis,
  /** A recovery code counts only once it was typed back. */ confirmed: z.boolean(),
});
export type Slot = z.infer<typeof Slot>;

export const VaultStatus = z.object({
  state: VaultState,
  slots: z.array(Slot),
  /** Set where `state` is `damaged`, or an unlock at start failed. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type VaultStatus = z.infer<typeof VaultStatus>;

export const Passphrase = z.string().min(8, 'at least 8 characters').max(1_024);
