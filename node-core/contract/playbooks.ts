import { z } from 'zod';
import { CalendarDate, Id, Millis } from './workspace.ts';

/** Names of steps and inputs, as expressions refer to them. */
export const Slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u, 'lower-case letters, digits and hyphens');

/** What a tool may do to the world. Allowed is only what a playbook names, and what a person approved. */
export const Effect = z.enum(['read', 'write-local', 'send-out', 'spend']);
export type Effect = z.infer<typeof Effect>;

/** Where a value comes from: labels only ever add up, through steps, journal and memory (`agents/labels.ts`). */
export const Labels = z.object({
  /** Of a web page, an e-mail, a file from elsewhere, or of a model that read one. It can fill slots and never adds steps. */
  untrusted: z.boolean(),
  /**
   * Holds what the person keeps here: notes, tasks, mail, long texts; or may, since a model that read others wrote it. A goal that was
   * typed is meant to be searched for.
   */
  private: z.boolean(),
  /** A model wrote or chose it. */
  model: z.boolean(),
  /** Addresses, notes, messages: what a person is shown as the origin. */
  sources: z.array(z.string().max(2_000)).max(200),
});
export type Labels = z.infer<typeof Labels>;

/** `{{ inputs.goal }}`, `{{ steps.outline.sections }}`, `{{ item.title }}`, `{{ today }}`; alone in a string it keeps its type. */
const Template = z.json();
const Arguments = z.record(z.string(), Template);

const step = z.object({
  id: Slug,
  title: z.string().min(1).max(120),
  /** Steps that have to be done before, beside those that its expressions refer to. */
  needs: z.array(Slug).max(30),
  /** An expression of a list: the step is done for each `item` of it, in parallel; its value is the list of theirs. */
  each: z.string().max(400).optional(),
  /** At most so many of them. */
  limit: z.number().int().min(1).max(200),
  /** An expression: the step is left out where it is empty, false or missing. */
  when: z.string().max(400).optional(),
  /** Left out instead of failing the run; its value is null then, and what depends on it says so. */
  optional: z.boolean(),
});

/** What a check of code says about a text or a list, before any model is asked. */
export const CheckSpec = z.object({
  check: Slug,
  with: Arguments,
});

export const PlaybookStep = z.discriminatedUnion('kind', [
  /** One decision of the model: text, or JSON under the grammar of a schema. */
  step.extend({
    kind: z.literal('ask'),
    /** Which profile answers; default: the playbook's. */
    profile: Slug.optional(),
    system: z.string().max(8_000).optional(),
    prompt: z.string().min(1).max(20_000),
    /** JSON schema of the answer; without one the answer is text. */
    answer: z.record(z.string(), z.json()).optional(),
    maxTokens: z.number().int().min(1).max(16_000),
    /**
     * What the built-in model is asked instead, which reads two forms of its own only: a goal to plan (`steps` with `title`, `dependsOn`
     * and `days`), or a transcript to judge (`decisions` with `text` and `quote`, `actions` with `task`, `owner`, `due` and `quote`).
     */
    builtin: z
      .object({ form: z.enum(['plan', 'transcript']), text: z.string().max(400), date: z.string().max(400).optional() })
      .optional(),
    /** What every answer has to pass; a fault goes back to the model, twice at most. */
    checks: z.array(CheckSpec).max(20),
  }),
  step.extend({ kind: z.literal('tool'), tool: z.string().max(100), with: Arguments }),
  /** Decided by code: pure. */
  step.extend({ kind: z.literal('rule'), rule: Slug, with: Arguments }),
  /** A change to the workspace, in one transaction with its journal entry. */
  step.extend({ kind: z.literal('change'), change: Slug, with: Arguments }),
  /** Reflection: checks, then the rubric's questions one by one; below the threshold `of` is asked again with the critique. The best version is its value. */
  step.extend({
    kind: z.literal('review'),
    of: Slug,
    checks: z.array(CheckSpec).max(20),
    rubric: z
      .array(z.object({ id: Slug, question: z.string().min(1).max(500), weight: z.number().positive() }))
      .max(20),
    /** Share of the rubric's weight that has to be met. */
    threshold: z.number().min(0).max(1),
    revisions: z.number().int().min(0).max(2),
    profile: Slug.optional(),
  }),
  /** A list of proposals that a person takes or leaves one by one; its value is what was taken. */
  step.extend({ kind: z.literal('choose'), items: z.string().max(400), question: z.string().min(1).max(300) }),
]);
export type PlaybookStep = z.infer<typeof PlaybookStep>;

export const PlaybookInput = z.object({
  id: Slug,
  title: z.string().min(1).max(120),
  hint: z.string().max(300),
  type: z.enum(['text', 'long-text', 'date', 'number', 'note', 'notes', 'task', 'choice']),
  choices: z.array(z.string().max(120)).max(50),
  required: z.boolean(),
});
export type PlaybookInput = z.infer<typeof PlaybookInput>;

/** Reserved before each call and never exceeded. */
export const Budget = z.object({
  tokens: z.number().int().positive().max(10_000_000),
  seconds: z.number().int().positive().max(604_800),
  /** Calls of tools and questions to models. */
  calls: z.number().int().positive().max(10_000),
  /** In the currency of whoever charges; 0: nothing that costs. */
  cost: z.number().nonnegative(),
});
export type Budget = z.infer<typeof Budget>;

/** A playbook as it is carried out; a file `*.playbook.yaml` may leave out what has a default. */
export const Playbook = z.object({
  /** Version of this format. */
  playbook: z.literal(1),
  id: Slug,
  version: z.number().int().positive(),
  name: z.string().min(1).max(120),
  description: z.string().max(1_000),
  /** Words by which a goal finds it. */
  examples: z.array(z.string().max(300)).max(20),
  inputs: z.array(PlaybookInput).max(20),
  /** Tools that its steps may call; anything else is refused. */
  tools: z.array(z.string().max(100)).max(40),
  /** Hosts that its tools may reach: `example.org`, `*.example.org`, `*`. */
  egress: z.array(z.string().max(253)).max(100),
  profile: Slug,
  budget: Budget,
  steps: z.array(PlaybookStep).min(1).max(60),
  /** What a person gets: an expression per line of the result. */
  result: z.array(z.object({ title: z.string().max(120), value: z.string().max(400) })).max(20),
});
export type Playbook = z.infer<typeof Playbook>;

/** Something wrong with a playbook, where it stands. */
export const PlaybookFault = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  line: z.number().int().positive().nullable(),
});
export type PlaybookFault = z.infer<typeof PlaybookFault>;

export const PlaybookEntry = z.object({
  id: Slug,
  name: z.string(),
  description: z.string(),
  version: z.number().int(),
  origin: z.enum(['shipped', 'own']),
  inputs: z.array(PlaybookInput),
  tools: z.array(z.string()),
  /** Steps as a graph: who waits for whom. */
  graph: z.array(z.object({ id: Slug, title: z.string(), kind: z.string(), needs: z.array(Slug) })),
  updatedAt: Millis.nullable(),
});
export type PlaybookEntry = z.infer<typeof PlaybookEntry>;

/** What a step can name as tool, rule, change or check: with the JSON schema of its arguments, for who writes a playbook. */
export const PlaybookPart = z.object({
  name: z.string(),
  /** What it does, where it says so. */
  description: z.string(),
  input: z.record(z.string(), z.json()),
});
export type PlaybookPart = z.infer<typeof PlaybookPart>;
export const PlaybookParts = z.object({
  tools: z.array(PlaybookPart),
  rules: z.array(PlaybookPart),
  changes: z.array(PlaybookPart),
  checks: z.array(PlaybookPart),
});
export type PlaybookParts = z.infer<typeof PlaybookParts>;

/** Who does a step: which model, what it is told, and what it may use. */
export const Profile = z.object({
  id: Slug,
  name: z.string().min(1).max(60),
  /** `null`: the default model. */
  modelId: z.string().nullable(),
  system: z.string().max(8_000),
  temperature: z.number().min(0).max(2),
  /** Of the tools that its playbook names it may use these; none: all of them. */
  tools: z.array(z.string().max(100)).max(40),
});
export type Profile = z.infer<typeof Profile>;
/** `changed`: came with Jan and was changed since. */
export const ProfileEntry = Profile.extend({ origin: z.enum(['shipped', 'changed', 'own']) });
export type ProfileEntry = z.infer<typeof ProfileEntry>;

/** What a run was allowed and what it used. */
export const Spent = z.object({
  tokens: z.number().int(),
  seconds: z.number(),
  calls: z.number().int(),
  cost: z.number(),
});
export type Spent = z.infer<typeof Spent>;

/** One call of a tool, as the inspector shows it. */
export const ToolCall = z.object({
  id: z.string(),
  /** Of the step. */
  index: z.number().int().nonnegative(),
  /** Which of the step's calls: `0`, `1`, … of an `each`. */
  key: z.string(),
  tool: z.string(),
  effect: Effect,
  arguments: z.json(),
  /** Where each argument came from, by its name. */
  argumentLabels: z.record(z.string(), Labels),
  /** SHA-256 of the tool's definition and the arguments, in hexadecimal: what an approval is bound to. */
  hash: z.string(),
  /** What it costs at most, of a tool that spends. */
  cost: z.number().nonnegative().exactOptional(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'refused', 'unknown']),
  /** By which rule or by whom it was allowed; null while nobody has. */
  allowedBy: z.string().nullable(),
  /** Of one that is long, in the detail and the events of its run, the beginning as text; `calls.get` has it whole. */
  result: z.json().nullable(),
  /** So many characters of the result are left out. */
  resultCut: z.number().int().positive().exactOptional(),
  resultLabels: Labels.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  startedAt: Millis,
  endedAt: Millis.nullable(),
});
export type ToolCall = z.infer<typeof ToolCall>;

/** What a run waits for a person to say. */
export const Question = z.discriminatedUnion('type', [
  /** The exact arguments, and why it needs leave. */
  z.object({ type: z.literal('approve'), id: z.string(), call: ToolCall, reason: z.string() }),
  /** A call with an unknown outcome: the node died while it was under way, or it failed (`error`) after it may have gone through. */
  z.object({ type: z.literal('outcome'), id: z.string(), call: ToolCall }),
  z.object({
    type: z.literal('choose'),
    id: z.string(),
    index: z.number().int(),
    question: z.string(),
    items: z.array(
      z.object({ title: z.string(), detail: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
  }),
]);
export type Question = z.infer<typeof Question>;

export const Answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('approve'), allow: z.boolean() }),
  /** `again`: it had no effect, call it once more. */
  z.object({ type: z.literal('outcome'), happened: z.enum(['yes', 'again', 'skip']) }),
  z.object({ type: z.literal('choose'), taken: z.array(z.number().int().nonnegative()) }),
]);
export type Answer = z.infer<typeof Answer>;

/** A version of a text that was reviewed. */
export const Version = z.object({
  index: z.number().int(),
  /** Which of the texts, where the step that wrote them was done for each item of a list. */
  item: z.number().int().nonnegative().exactOptional(),
  text: z.string(),
  score: z.number().min(0).max(1),
  faults: z.array(z.string()),
  rubric: z.array(z.object({ id: z.string(), met: z.boolean(), reason: z.string() })),
  kept: z.boolean(),
});
export type Version = z.infer<typeof Version>;

/** When a playbook runs by itself. */
export const Trigger = z.discriminatedUnion('on', [
  /** Five fields, in the time zone of the schedule. */
  z.object({ on: z.literal('time'), cron: z.string().max(100), timeZone: z.string().max(60) }),
  z.object({ on: z.literal('task-created'), tag: z.string().max(60).nullable() }),
  z.object({ on: z.literal('task-tagged'), tag: z.string().max(60) }),
  z.object({ on: z.literal('task-due') }),
  z.object({ on: z.literal('note-saved'), tag: z.string().max(60).nullable() }),
  z.object({ on: z.literal('file-dropped'), folder: z.string().max(4_096) }),
]);
/** Why an occurrence started no run. */
export const Missed = z.enum(['late', 'too-many', 'not-text', 'too-large', 'not-begun']);
export type Missed = z.infer<typeof Missed>;
export const Schedule = z.object({
  id: Id,
  playbookId: Slug,
  inputs: z.record(z.string(), z.json()),
  trigger: Trigger,
  enabled: z.boolean(),
  nextAt: Millis.nullable(),
  /** The latest occurrences, newest first: each fired once, or missed; one with neither a run nor a reason waits for its turn. */
  occurrences: z.array(z.object({ at: Millis, runId: Id.nullable(), missed: Missed.nullable() })),
  /** So many wait until earlier runs of the schedule have ended. */
  waiting: z.number().int().nonnegative(),
  /** Of the last seven days, so many were missed since too many waited. */
  crowdedOut: z.number().int().nonnegative(),
  /** The folder that it watches does not answer, as that of a drive that is away; it is looked at again when it does. */
  unanswered: z.boolean(),
});
export type Schedule = z.infer<typeof Schedule>;

/** Something learned about the person, and from where. */
export const ProfileFact = z.object({
  id: Id,
  text: z.string().min(1).max(500),
  source: z.object({ kind: z.enum(['task', 'person']), id: Id.nullable(), title: z.string() }),
  createdAt: Millis,
});
export type ProfileFact = z.infer<typeof ProfileFact>;

/** One span of a trace, with the attributes of the GenAI conventions. */
export const Span = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  startedAt: Millis,
  endedAt: Millis.nullable(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  error: z.string().nullable(),
});
export type Span = z.infer<typeof Span>;

export const PlaybookResult = z.object({
  skill: z.literal('playbook'),
  playbookId: Slug,
  lines: z.array(z.object({ title: z.string(), value: z.json() })),
  /** What could not be done, or not well, said to the person. */
  notices: z.array(z.string()),
  projectIds: z.array(Id),
  noteIds: z.array(Id),
  taskIds: z.array(Id),
});
export type PlaybookResult = z.infer<typeof PlaybookResult>;

export const StartPlaybook = z.object({
  skill: z.literal('playbook'),
  playbookId: Slug,
  inputs: z.record(z.string(), z.json()),
  /** Inputs whose text others wrote: a file that was dropped. */
  untrusted: z.array(Slug).optional(),
  /** Inputs whose text is that of a task or a note: it is no goal that somebody typed. */
  kept: z.array(Slug).optional(),
  /** As it was edited before the start; default: the playbook's own. */
  edited: Playbook.optional(),
  /** Models of single steps, by the step's id, in place of their profile's. */
  models: z.record(Slug, z.string()).optional(),
  today: CalendarDate.optional(),
  taskId: Id.optional(),
  modelId: z.string().optional(),
});
