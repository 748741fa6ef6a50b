import { z } from 'zod';
import {
  Answer,
  ForkOrigin,
  Labels,
  Millis,
  Playbook,
  Price,
  Profile,
  Question,
  Run,
  RunResult,
  RunStep,
  ToolCall,
  Version,
} from '../contract/index.ts';

export const Touched = RunStep.shape.touched.element;
export type Touched = z.infer<typeof Touched>;
export type StepKind = RunStep['kind'];

const index = z.number().int().nonnegative();
const fault = z.object({ code: z.string(), message: z.string() });
const call = ToolCall.pick({
  id: true,
  index: true,
  key: true,
  tool: true,
  effect: true,
  arguments: true,
  argumentLabels: true,
  hash: true,
  cost: true,
}).extend({ control: Labels });

/**
 * What a run's journal says, one entry per row and in the order it happened. The state of a run is the fold of its entries and
 * nothing else, so that a run killed after any of them can go on from there. See `docs/agents.md`.
 */
export const JournalEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('created') }),
  /** What is carried out, fixed before anything is read: the playbook, its inputs, and who does its steps. */
  z.object({
    type: z.literal('plan'),
    playbook: Playbook,
    inputs: z.record(z.string(), z.json()),
    inputLabels: z.record(z.string(), Labels),
    profiles: z.array(Profile),
    /** Those of them that are told what is known of the person: what they write is private. */
    informed: z.array(z.string()).exactOptional(),
    /** Models of single steps, by the step's name, where a person chose them. */
    models: z.record(z.string(), z.string()),
    /** Of the models that cost something, by their ids. */
    prices: z.record(z.string(), Price).exactOptional(),
    /** Steps that a person left out in a fork, and what rests on them, with the reason. */
    without: z.record(z.string(), z.string()).exactOptional(),
    /** Of a fork. */
    forkOf: ForkOrigin.exactOptional(),
  }),
  /** A step whose value another run brought. */
  z.object({
    type: z.literal('taken'),
    index,
    id: z.string(),
    kind: RunStep.shape.kind,
    title: z.string(),
    value: z.json(),
    labels: Labels,
    output: z.string().nullable(),
    touched: z.array(Touched),
  }),
  /** A step failed, and this is carried out instead. */
  z.object({ type: z.literal('planned'), playbook: Playbook, reason: z.string() }),
  z.object({ type: z.literal('started') }),
  /** The node came back and took the run up again. */
  z.object({ type: z.literal('resumed') }),
  z.object({
    type: z.literal('step'),
    index,
    kind: RunStep.shape.kind,
    title: z.string(),
    prompt: z.string().nullable(),
    /** Its name in the playbook. */
    id: z.string().exactOptional(),
  }),
  /** A whole answer of the model. `prompt` where the step asks more than one question. */
  z.object({
    type: z.literal('answer'),
    index,
    key: z.string(),
    prompt: z.string().nullable(),
    text: z.string(),
    promptTokens: z.number().int(),
    outputTokens: z.number().int(),
    modelId: z.string(),
    /** Part of `promptTokens`: were still in memory. */
    cachedTokens: z.number().int().exactOptional(),
    startedAt: Millis.exactOptional(),
    /** It ended because it may be no longer. */
    cutOff: z.boolean().exactOptional(),
    cost: z.number().exactOptional(),
  }),
  /** No answer came. */
  z.object({
    type: z.literal('answer-failed'),
    index,
    key: z.string(),
    modelId: z.string(),
    error: fault,
    startedAt: Millis.exactOptional(),
  }),
  /** Before a tool is called; `allowedBy` is the rule or the person that allowed it. */
  call.extend({ type: z.literal('call'), allowedBy: z.string(), repeatable: z.boolean() }),
  /** A call that was not made. */
  call.extend({ type: z.literal('refused'), error: fault }),
  z.object({ type: z.literal('call-done'), index, id: z.string(), result: z.json(), labels: Labels }),
  z.object({ type: z.literal('call-failed'), index, id: z.string(), error: fault }),
  /** Nobody knows whether the call went through, and it must not simply be made again: the node ended during it, or it failed (`error`) after it may have. */
  z.object({ type: z.literal('call-lost'), index, id: z.string(), error: fault.exactOptional() }),
  /** A question to the person. */
  z.object({
    type: z.literal('ask'),
    index,
    id: z.string(),
    about: z.discriminatedUnion('type', [
      z.object({ type: z.literal('approve'), call: call.extend({ repeatable: z.boolean() }), reason: z.string() }),
      z.object({ type: z.literal('outcome'), callId: z.string() }),
      z.object({
        type: z.literal('choose'),
        question: z.string(),
        items: Question.options[2].shape.items,
      }),
    ]),
  }),
  z.object({ type: z.literal('answered'), index, id: z.string(), answer: Answer }),
  /** What the question was about changed, so that no answer to it holds. */
  z.object({ type: z.literal('voided'), index, id: z.string() }),
  /** A version of a text and what the review says of it; `kept` while none is better. */
  Version.extend({ type: z.literal('version') }),
  /** A step that was left out, or given up although it had begun. */
  z.object({
    type: z.literal('skipped'),
    index,
    id: z.string(),
    kind: RunStep.shape.kind,
    title: z.string(),
    reason: z.string(),
  }),
  z.object({ type: z.literal('step-failed'), index, error: fault }),
  /** Nothing goes on until the person says something. */
  z.object({ type: z.literal('waiting') }),
  z.object({
    type: z.literal('step-done'),
    index,
    /** `null` keeps what the model wrote. */
    output: z.string().nullable(),
    touched: z.array(Touched),
    /** What an `apply` step handed to the steps after it. */
    value: z.unknown().optional(),
    labels: Labels.exactOptional(),
  }),
  /** Someone asked for the run to stop; what it changed is taken back before `ended`. */
  z.object({ type: z.literal('cancelling') }),
  z.object({
    type: z.literal('ended'),
    state: z.enum(['done', 'failed', 'cancelled']),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    result: RunResult.nullable(),
  }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;
export type EntryOf<T extends JournalEntry['type']> = Extract<JournalEntry, { type: T }>;

export const JournalRow = z.object({
  at: Millis,
  entry: JournalEntry,
  /** Milliseconds that the run worked since the row before, where `at` does not tell: the machine slept, or its clock was set. */
  worked: Millis.exactOptional(),
});
export type JournalRow = z.infer<typeof JournalRow>;

/** The run without its steps and input: what lists and events carry. */
export const summary = (run: Run): Run => Run.parse(run);
