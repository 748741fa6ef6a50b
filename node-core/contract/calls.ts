import { z } from 'zod';
import { Effect, ToolCall } from './playbooks.ts';
import { Id, Millis } from './workspace.ts';

/** Which calls of all runs are meant; what is left out means all. */
export const CallFilter = z.object({
  tool: z.string().max(200).optional(),
  effect: Effect.optional(),
  state: ToolCall.shape.state.optional(),
  /** `person`: by hand, each by itself. `rule`: by the policy. `nobody`: not yet, or never. */
  allowedBy: z.enum(['person', 'rule', 'nobody']).optional(),
  runId: Id.optional(),
  /** Words in the tool's name, the arguments, the result, the fault, where they came from, and the title of the run. */
  text: z.string().max(200).optional(),
});
export type CallFilter = z.infer<typeof CallFilter>;

/** A call as a list shows it. */
export const CallEntry = ToolCall.pick({
  id: true,
  index: true,
  tool: true,
  effect: true,
  state: true,
  allowedBy: true,
  startedAt: true,
  endedAt: true,
}).extend({
  runId: Id,
  runTitle: z.string(),
  /** The beginning of its arguments. */
  given: z.string(),
  /** What went wrong. */
  fault: z.string().nullable(),
});
export type CallEntry = z.infer<typeof CallEntry>;

export const CallPage = z.object({
  /** Newest first. */
  calls: z.array(CallEntry),
  /** Where the next page begins; null at the end. A page may hold few calls, or none, where a filter passed over many. */
  next: z.string().nullable(),
  /** Up to where was looked. */
  reachedAt: Millis.nullable(),
});
export type CallPage = z.infer<typeof CallPage>;

/** News of one call: how it is now, or null where the filter does not mean it any more. */
export const CallNews = z.object({ runId: Id, id: z.string(), call: CallEntry.nullable() });
export type CallNews = z.infer<typeof CallNews>;

/** All that is known of one call. */
export const CallDetail = z.object({
  call: ToolCall,
  run: z.object({ id: Id, title: z.string() }),
  /** Title of the step that made it. */
  step: z.string().nullable(),
});
export type CallDetail = z.infer<typeof CallDetail>;
