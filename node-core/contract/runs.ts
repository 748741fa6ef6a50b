import { z } from 'zod';
import { Budget, Playbook, PlaybookResult, Question, Spent, StartPlaybook, ToolCall, Version } from './playbooks.ts';
import { CalendarDate, Id, MarkdownText, Millis } from './workspace.ts';

export const RunSkill = z.enum(['plan', 'extract', 'playbook']);
/** `waiting`: for what a person says. */
export const RunState = z.enum(['queued', 'running', 'waiting', 'done', 'failed', 'cancelled']);
export const StepState = z.enum(['running', 'waiting', 'done', 'skipped', 'failed', 'cancelled']);

/** Where the answer is computed. Never ambiguous in the UI. */
export const Place = z.enum(['this-machine', 'local-endpoint', 'remote']);

/** One row of a run as a person sees it. */
export const RunStep = z.object({
  index: z.number().int().nonnegative(),
  /** Its name in the playbook; null in the two skills that are none. */
  id: z.string().nullable(),
  /** `generate`: a model call. `apply`: a change to the workspace. `rule`: decided by code. */
  kind: z.enum(['generate', 'apply', 'rule', 'tool', 'review', 'choose']),
  title: z.string(),
  state: StepState,
  startedAt: Millis,
  endedAt: Millis.nullable(),
  model: z.string().nullable(),
  prompt: z.string().nullable(),
  output: z.string().nullable(),
  promptTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  /** Tasks, projects and notes that the step made or changed. */
  touched: z.array(z.object({ kind: z.enum(['task', 'note', 'project']), id: Id, title: z.string() })),
});
export type RunStep = z.infer<typeof RunStep>;

export const PlanResult = z.object({
  skill: z.literal('plan'),
  projectId: Id,
  projectName: z.string(),
  noteId: Id,
  noteTitle: z.string(),
  taskIds: z.array(Id),
});
export type PlanResult = z.infer<typeof PlanResult>;
export const ExtractResult = z.object({
  skill: z.literal('extract'),
  /** The note that keeps the transcript, byte for byte; `line` counts in it. */
  noteId: Id,
  noteTitle: z.string(),
  /** The note "Decisions and actions". */
  summaryId: Id,
  summaryTitle: z.string(),
  decisions: z.array(z.object({ text: z.string(), line: z.number().int().positive() })),
  actions: z.array(
    z.object({
      taskId: Id,
      title: z.string(),
      owner: z.string().nullable(),
      due: CalendarDate.nullable(),
      line: z.number().int().positive(),
    }),
  ),
});
export type ExtractResult = z.infer<typeof ExtractResult>;
export const RunResult = z.discriminatedUnion('skill', [PlanResult, ExtractResult, PlaybookResult]);
export type RunResult = z.infer<typeof RunResult>;

export const Run = z.object({
  id: Id,
  skill: RunSkill,
  /** What the list shows: the goal, or the transcript's name. */
  title: z.string(),
  playbookId: z.string().nullable(),
  state: RunState,
  /** The task it was handed over from, if any. */
  taskId: Id.nullable(),
  modelId: z.string(),
  place: Place,
  createdAt: Millis,
  startedAt: Millis.nullable(),
  endedAt: Millis.nullable(),
  promptTokens: z.number().int(),
  outputTokens: z.number().int(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  result: RunResult.nullable(),
  undoneAt: Millis.nullable(),
});
export type Run = z.infer<typeof Run>;

export const ForkOrigin = z.object({ runId: Id, step: z.string() });

/** What a run of a playbook shows beside its steps. */
export const PlaybookRun = z.object({
  /** As it is carried out: edited before the start, or planned anew since. */
  playbook: Playbook,
  inputs: z.record(z.string(), z.json()),
  budget: Budget,
  spent: Spent,
  calls: z.array(ToolCall),
  /** What it waits for. */
  questions: z.array(Question),
  versions: z.array(Version),
  /** Of a fork: the run that it took over from, and the step that it began at. */
  forkOf: ForkOrigin.exactOptional(),
});
export type PlaybookRun = z.infer<typeof PlaybookRun>;

export const RunDetail = Run.extend({ input: z.string(), steps: z.array(RunStep), playbook: PlaybookRun.nullable() });
export type RunDetail = z.infer<typeof RunDetail>;

export const StartRun = z.discriminatedUnion('skill', [
  z.object({
    skill: z.literal('plan'),
    goal: z.string(),
    /** The user's calendar day; dates in the goal are relative to it. Default: the node's own day. */
    today: CalendarDate.optional(),
    /** The task to hand over: it is completed into the project that the plan makes. */
    taskId: Id.optional(),
    modelId: z.string().optional(),
  }),
  z.object({
    skill: z.literal('extract'),
    transcript: MarkdownText,
    /** Name of the note that keeps the transcript. */
    name: z.string().max(200).optional(),
    /** The day of the meeting; default: a date in its header, else today. */
    date: CalendarDate.optional(),
    modelId: z.string().optional(),
  }),
  StartPlaybook,
]);
export type StartRun = z.infer<typeof StartRun>;

/** What has changed of a playbook's run: fields whole where they did, of calls (in place of those of their id, or at the end) and versions only those that did. */
const PlaybookChange = z.object({
  playbook: Playbook.exactOptional(),
  spent: Spent.exactOptional(),
  questions: z.array(Question).exactOptional(),
  calls: z.array(ToolCall).exactOptional(),
  versions: z.array(z.object({ at: z.number().int().nonnegative(), version: Version })).exactOptional(),
});

/** A new run that takes over what came before a step of an ended one, and goes on from there. */
export const ForkRun = z.object({
  step: z.string(),
  /** The step with another prompt, another model, or other arguments; those that are not named stay. */
  prompt: z.string().optional(),
  modelId: z.string().optional(),
  with: z.record(z.string(), z.json()).optional(),
  /** Steps that it goes on without; what can't be done without these is left out too. */
  without: z.array(z.string()).max(60).optional(),
});

/** What a watcher of one run receives: first the whole state, then what changes; `changedRun` puts it together. */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), run: RunDetail }),
  z.object({ type: z.literal('run'), run: Run }),
  z.object({ type: z.literal('step'), step: RunStep }),
  /** What the prompt and the output of a step got at their ends. */
  RunStep.pick({ index: true, model: true, promptTokens: true, outputTokens: true }).extend({
    type: z.literal('more'),
    prompt: z.string(),
    output: z.string(),
  }),
  z.object({ type: z.literal('playbook'), playbook: PlaybookChange }),
  /** Text of the running step as the model writes it; not journalled. */
  z.object({ type: z.literal('text'), index: z.number().int(), text: z.string() }),
  /** What the text so far means: plan steps decided, lines judged. */
  z.object({
    type: z.literal('preview'),
    index: z.number().int(),
    items: z.array(z.string()),
    progress: z.number().min(0).max(1).nullable(),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
