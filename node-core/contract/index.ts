import {
  type ContractProcedure,
  eventIterator,
  type InferSchemaInput,
  type InferSchemaOutput,
  oc,
} from '@orpc/contract';
import { z } from 'zod';
import { CallDetail, CallFilter, CallNews, CallPage } from './calls.ts';
import { ApiKey, KeyPatch, NewKey, PairingApproval, PairingRequest } from './keys.ts';
import { AddEndpoint, CatalogEntry, Download, InferenceStatus, Machine, Model, Price } from './models.ts';
import {
  Answer,
  Playbook,
  PlaybookEntry,
  PlaybookFault,
  PlaybookParts,
  Profile,
  ProfileEntry,
  ProfileFact,
  Schedule,
  Slug,
  Span,
} from './playbooks.ts';
import { ForkRun, Run, RunDetail, RunEvent, StartRun } from './runs.ts';
import { NodeEvent, NodeInfo, Settings } from './system.ts';
import { McpDefinitions, McpServer, NewMcpServer, ToolInfo } from './tools.ts';
import { Thread, ThreadAttachment, ThreadDetail, ThreadEvent, ThreadMessage, ThreadParams } from './threads.ts';
import { RequestEntry, RequestQuery, UsageReport } from './usage.ts';
import { Passphrase, VaultStatus } from './vault.ts';
import {
  Attachment,
  Assignee,
  CalendarDate,
  HistoryEntry,
  Id,
  MarkdownText,
  Millis,
  NewProject,
  NewTask,
  Note,
  NoteLink,
  NoteSummary,
  NoteVersion,
  Project,
  ProjectPatch,
  ProjectSummary,
  QuickAddInput,
  QuickAddResult,
  SearchHit,
  Section,
  Tag,
  Task,
  TaskPatch,
  TaskQuery,
  Title,
} from './workspace.ts';

export * from './calls.ts';
export * from './errors.ts';
export * from './keys.ts';
export * from './models.ts';
export * from './playbooks.ts';
export * from './runs.ts';
export * from './system.ts';
export * from './threads.ts';
export * from './tools.ts';
export * from './usage.ts';
export * from './vault.ts';
export * from './visible.ts';
export * from './workspace.ts';

const nothing = z.void();
const byId = z.object({ id: Id });
/** After `VAULT_ROLLED_BACK`: open it although it is an older copy, because the person put it there. */
const acceptRollback = z.boolean().optional();

/**
 * Every procedure that the UI, the CLI and `/api` share. While the vault is locked all but `system.info`,
 * `system.events` and `vault.*` answer `VAULT_LOCKED`.
 */
export const contract = {
  system: {
    info: oc.output(NodeInfo),
    events: oc.output(eventIterator(NodeEvent)),
    settings: oc.output(Settings),
    updateSettings: oc.input(Settings.partial()).output(Settings),
  },
  vault: {
    status: oc.output(VaultStatus),
    unlock: oc
      .input(
        z.discriminatedUnion('with', [
          z.object({ with: z.literal('stored-key'), acceptRollback }),
          z.object({ with: z.literal('passphrase'), passphrase: z.string(), acceptRollback }),
          z.object({ with: z.literal('recovery'), code: z.string(), acceptRollback }),
        ]),
      )
      .output(VaultStatus),
    lock: oc.output(VaultStatus),
    /** Keeps a key on this machine (keychain, else key file), so that it opens without asking. */
    addStoredKey: oc.output(VaultStatus),
    addPassphrase: oc.input(z.object({ passphrase: Passphrase })).output(VaultStatus),
    changePassphrase: oc.input(z.object({ current: z.string(), next: Passphrase })).output(VaultStatus),
    /** The code is shown once; the slot counts only after `confirmRecovery`. */
    createRecovery: oc.output(z.object({ slotId: Id, code: z.string() })),
    confirmRecovery: oc.input(z.object({ slotId: Id, code: z.string() })).output(VaultStatus),
    removeSlot: oc.input(z.object({ slotId: Id })).output(VaultStatus),
  },
  tasks: {
    list: oc.input(TaskQuery).output(z.array(Task)),
    get: oc.input(byId).output(Task),
    create: oc.input(NewTask).output(Task),
    update: oc.input(z.object({ id: Id, patch: TaskPatch })).output(Task),
    updateMany: oc.input(z.object({ ids: z.array(Id).min(1).max(10_000), patch: TaskPatch })).output(z.array(Task)),
    /** Completing a recurring task answers with the task and its next occurrence. */
    complete: oc.input(byId).output(z.object({ task: Task, next: Task.nullable() })),
    reopen: oc.input(byId).output(Task),
    /** To the trash, subtasks with it. */
    remove: oc.input(z.object({ ids: z.array(Id).min(1).max(10_000) })).output(nothing),
    restore: oc.input(byId).output(Task),
    /** Between two neighbours, `before` above and `after` below; `null` is an end of the list. */
    move: oc
      .input(z.object({ id: Id, before: Id.nullable(), after: Id.nullable(), patch: TaskPatch.optional() }))
      .output(Task),
    counts: oc
      .input(z.object({ today: z.string() }))
      .output(z.object({ inbox: z.number().int(), today: z.number().int(), overdue: z.number().int() })),
  },
  quickAdd: {
    parse: oc.input(QuickAddInput).output(QuickAddResult),
    /**
     * Creates the task (and a project it names that does not exist) as one step of history. `doDate` counts where the line names neither
     * a day to do it nor a due date.
     */
    save: oc
      .input(
        QuickAddInput.extend({
          projectId: Id.optional(),
          assignee: Assignee.optional(),
          doDate: CalendarDate.optional(),
        }),
      )
      .output(Task),
  },
  projects: {
    list: oc.input(z.object({ archived: z.boolean().optional() })).output(z.array(ProjectSummary)),
    get: oc.input(byId).output(Project),
    create: oc.input(NewProject).output(Project),
    update: oc.input(z.object({ id: Id, patch: ProjectPatch })).output(Project),
    remove: oc.input(byId).output(nothing),
    restore: oc.input(byId).output(Project),
    sections: oc.input(byId).output(z.array(Section)),
    createSection: oc.input(z.object({ projectId: Id, name: Title })).output(Section),
    updateSection: oc
      .input(z.object({ id: Id, name: Title.optional(), position: z.number().optional() }))
      .output(Section),
    removeSection: oc.input(byId).output(nothing),
  },
  notes: {
    list: oc
      .input(
        z.object({
          projectId: Id.optional(),
          tag: Tag.optional(),
          trash: z.boolean().optional(),
          /** Only the newest of them. */
          limit: z.number().int().positive().optional(),
        }),
      )
      .output(z.array(NoteSummary)),
    get: oc.input(byId).output(Note),
    create: oc.input(z.object({ text: MarkdownText, projectId: Id.optional() })).output(Note),
    /** Refused with `CONFLICT` (data: the current note) where `revision` is not the stored one. */
    save: oc.input(z.object({ id: Id, text: MarkdownText, revision: z.number().int().positive() })).output(Note),
    update: oc
      .input(
        z.object({ id: Id, patch: z.object({ projectId: Id.nullable().optional(), pinned: z.boolean().optional() }) }),
      )
      .output(Note),
    remove: oc.input(byId).output(nothing),
    restore: oc.input(byId).output(Note),
    versions: oc.input(byId).output(z.array(NoteVersion)),
    version: oc
      .input(z.object({ id: Id, revision: z.number().int().positive() }))
      .output(z.object({ text: MarkdownText })),
    backlinks: oc.input(byId).output(z.array(NoteLink)),
    /** The note a `[[wiki link]]` means: same title, letter case aside. */
    resolveLink: oc.input(z.object({ title: z.string() })).output(NoteSummary.nullable()),
    attachments: oc.input(byId).output(z.array(Attachment)),
    attach: oc
      .input(
        z.object({ noteId: Id, name: z.string().min(1).max(255), mediaType: z.string().max(127), data: z.base64() }),
      )
      .output(Attachment),
    attachment: oc.input(byId).output(z.object({ attachment: Attachment, data: z.base64() })),
    removeAttachment: oc.input(byId).output(nothing),
  },
  tags: { list: oc.output(z.array(z.object({ tag: Tag, count: z.number().int() }))) },
  search: oc
    .input(z.object({ query: z.string().max(1_000), limit: z.number().int().positive().max(100).optional() }))
    .output(z.array(SearchHit)),
  history: {
    list: oc.input(z.object({ limit: z.number().int().positive().max(500).optional() })).output(z.array(HistoryEntry)),
    /** Takes the newest step that is not undone back; `NOTHING_TO_UNDO` if there is none. */
    undo: oc.input(z.object({ id: Id.optional() })).output(HistoryEntry),
    redo: oc.output(HistoryEntry),
  },
  runs: {
    list: oc.input(z.object({ limit: z.number().int().positive().max(500).optional() })).output(z.array(Run)),
    get: oc.input(byId).output(RunDetail),
    start: oc.input(StartRun).output(Run),
    /** The same once more, as a new run of this day: with its inputs as notes and tasks are now, and the plan that it began with. */
    again: oc.input(byId).output(Run),
    cancel: oc.input(byId).output(Run),
    /** Takes everything the run changed back, as one step. */
    undo: oc.input(byId).output(Run),
    watch: oc.input(byId).output(eventIterator(RunEvent)),
    /** What a person says to a question of the run; `CONFLICT` where it is no longer asked, or what it is about changed. */
    answer: oc.input(z.object({ id: Id, questionId: z.string(), answer: Answer })).output(Run),
    /** The run again from its journal alone, without one call: whether it says the same, and where not. */
    replay: oc.input(byId).output(z.object({ identical: z.boolean(), differences: z.array(z.string()) })),
    /** A new run that takes over what came before the step and goes on from there. */
    fork: oc.input(ForkRun.extend({ id: Id })).output(Run),
    trace: oc.input(byId).output(z.array(Span)),
  },
  playbooks: {
    list: oc.output(z.array(PlaybookEntry)),
    get: oc
      .input(z.object({ id: Slug }))
      .output(z.object({ entry: PlaybookEntry, playbook: Playbook, text: z.string() })),
    /** What is wrong with a text, without keeping it. */
    check: oc
      .input(z.object({ text: z.string().max(200_000) }))
      .output(z.object({ entry: PlaybookEntry.nullable(), faults: z.array(PlaybookFault) })),
    /** What steps can name, in the order of their names. */
    parts: oc.output(PlaybookParts),
    /**
     * Keeps an own one, in place of that of the same id; a shipped one stays as it is, and the own one is used. Another text under an
     * old version gets the next one. `basedOn`: when the own one of this id was last changed as far as the writer knows, `null` for none;
     * `CONFLICT` where that is not so any more.
     */
    save: oc
      .input(z.object({ text: z.string().max(200_000), basedOn: Millis.nullable().optional() }))
      .output(PlaybookEntry),
    remove: oc.input(z.object({ id: Slug })).output(nothing),
    /** A playbook for a free goal: the nearest one, adapted. To look at and edit before it starts. */
    compose: oc
      .input(
        z.object({
          goal: z.string().min(1).max(100_000),
          /** What lies beside the goal, as the notes of a task: days, numbers and long texts may come from it, and no line that is searched for. */
          notes: z.string().max(2_000_000).optional(),
          modelId: z.string().optional(),
          /** A person typed it as their goal: only then the steps are fitted to it. Text from elsewhere finds a playbook, and changes none. */
          typed: z.boolean().optional(),
        }),
      )
      .output(
        z.object({
          playbook: Playbook,
          nearest: Slug.nullable(),
          inputs: z.record(z.string(), z.json()),
          /** How its steps were fitted to the goal, and by which words of it. */
          changes: z.array(z.string()),
        }),
      ),
  },
  profiles: {
    list: oc.output(z.array(ProfileEntry)),
    save: oc.input(Profile).output(Profile),
    /** An own one is gone, one that came with Jan is as it came. */
    remove: oc.input(z.object({ id: Slug })).output(nothing),
  },
  schedules: {
    list: oc.output(z.array(Schedule)),
    save: oc
      .input(
        Schedule.pick({ playbookId: true, inputs: true, trigger: true, enabled: true }).extend({ id: Id.optional() }),
      )
      .output(Schedule),
    remove: oc.input(byId).output(nothing),
  },
  facts: {
    list: oc.output(z.array(ProfileFact)),
    save: oc.input(z.object({ id: Id.optional(), text: z.string().min(1).max(500) })).output(ProfileFact),
    remove: oc.input(byId).output(nothing),
  },
  tools: {
    list: oc.output(z.array(ToolInfo)),
    /** A key, an address, an account; `null` takes it away. */
    set: oc
      .input(z.object({ tool: z.string(), setting: z.string(), value: z.string().max(10_000).nullable() }))
      .output(ToolInfo),
    /** Begins a sign-in by a browser at the provider that is set; its address is in the answer, and good for ten minutes. */
    signIn: oc.input(z.object({ tool: z.string() })).output(ToolInfo),
    /** Forgets what the sign-in left. */
    signOut: oc.input(z.object({ tool: z.string() })).output(ToolInfo),
    mcpServers: oc.output(z.array(McpServer)),
    addMcpServer: oc.input(NewMcpServer).output(McpServer),
    /** What is to be approved, and what of it is another than it was. */
    mcpDefinitions: oc.input(byId).output(McpDefinitions),
    /** Approves its tools as they are now; they have changed since where the hash is another. */
    approveMcpServer: oc.input(z.object({ id: Id, hash: z.string() })).output(McpServer),
    removeMcpServer: oc.input(byId).output(nothing),
  },
  /** What tools were called with, by whichever run: for a person alone. */
  calls: {
    list: oc
      .input(
        CallFilter.extend({
          before: z.string().max(100).optional(),
          limit: z.number().int().positive().max(200).optional(),
        }),
      )
      .output(CallPage),
    get: oc.input(z.object({ runId: Id, id: z.string().max(200) })).output(CallDetail),
    /** Names of tools that were ever called. */
    tools: oc.output(z.array(z.string())),
    /** First nothing, so that whoever lists after it misses none; then each call that begins or changes, those that came together as one. */
    watch: oc.input(CallFilter).output(eventIterator(z.array(CallNews))),
    /** Whole calls as JSON Lines, newest first, in pieces. */
    export: oc.input(CallFilter).output(eventIterator(z.string())),
  },
  models: {
    list: oc.output(z.array(Model)),
    /** A GGUF where it lies; its header is checked before it is taken. */
    addFile: oc.input(z.object({ path: z.string().min(1).max(4_096) })).output(Model),
    addEndpoint: oc.input(AddEndpoint).output(Model),
    /** `deleteFile` deletes a file that Jan downloaded; one that was added in place is never touched. */
    remove: oc.input(z.object({ id: z.string(), deleteFile: z.boolean().optional() })).output(nothing),
    load: oc.input(z.object({ id: z.string() })).output(Model),
    unload: oc.input(z.object({ id: z.string() })).output(Model),
    setDefault: oc.input(z.object({ id: z.string() })).output(z.array(Model)),
    /** Measures the thread count again. */
    calibrate: oc.input(z.object({ id: z.string() })).output(Model),
    pin: oc.input(z.object({ id: z.string(), pinned: z.boolean() })).output(Model),
    /** What an endpoint's model costs; `null`: not known, or nothing. */
    setPrice: oc.input(z.object({ id: z.string(), price: Price.nullable() })).output(Model),
    /** `auto`, `off`, or the id of a smaller model with the same vocabulary that guesses ahead. */
    setDraft: oc.input(z.object({ id: z.string(), draftModel: z.string().min(1).max(200) })).output(Model),
    status: oc.output(InferenceStatus),
    machine: oc.output(Machine),
    catalog: oc.output(z.array(CatalogEntry)),
    downloads: oc.output(z.array(Download)),
    /** Starts or goes on with a download. Refused with `LICENSE_NOT_ACCEPTED` unless the person saw the licence. */
    download: oc.input(z.object({ id: z.string(), acceptLicense: z.boolean() })).output(Download),
    pauseDownload: oc.input(z.object({ id: z.string() })).output(Download),
    /** Ends it and deletes what was fetched. */
    cancelDownload: oc.input(z.object({ id: z.string() })).output(nothing),
  },
  threads: {
    /** Those that were last changed first. `trash`: those in the trash instead. */
    list: oc
      .input(
        z.object({
          /** Words of the title or of messages. */
          query: z.string().max(200).optional(),
          trash: z.boolean().optional(),
          limit: z.number().int().positive().max(500).optional(),
        }),
      )
      .output(z.array(Thread)),
    get: oc.input(byId).output(ThreadDetail),
    create: oc
      .input(
        z.object({
          title: z.string().max(200).optional(),
          systemPrompt: z.string().max(100_000).optional(),
          modelId: z.string().nullable().optional(),
        }),
      )
      .output(Thread),
    update: oc
      .input(
        z.object({
          id: Id,
          patch: z.object({
            title: z.string().max(200).optional(),
            systemPrompt: z.string().max(100_000).optional(),
            modelId: z.string().nullable().optional(),
            params: ThreadParams.optional(),
            /** Shows the branch that this message is on, down to its newest end. */
            leafId: Id.optional(),
          }),
        }),
      )
      .output(Thread),
    remove: oc.input(byId).output(nothing),
    restore: oc.input(byId).output(Thread),
    /**
     * Adds a message after `parentId` (default: the leaf; `null` begins anew) and starts the answer, which goes on when the asker leaves.
     * Sending after an earlier message is editing: a new branch.
     */
    send: oc
      .input(
        z.object({
          id: Id,
          text: z.string().min(1).max(2_000_000),
          attachments: z.array(ThreadAttachment).max(20).optional(),
          parentId: Id.nullable().optional(),
        }),
      )
      .output(z.object({ question: ThreadMessage, answer: ThreadMessage })),
    /** Another answer to the same question, beside the old one; `modelId` for this answer alone. */
    regenerate: oc.input(z.object({ messageId: Id, modelId: z.string().optional() })).output(ThreadMessage),
    /** Ends the answer; what was written stays. */
    stop: oc.input(z.object({ messageId: Id })).output(ThreadMessage),
    watch: oc.input(byId).output(eventIterator(ThreadEvent)),
    /** The branch that is shown, or all of it as JSON. */
    export: oc
      .input(z.object({ id: Id, format: z.enum(['markdown', 'json']) }))
      .output(z.object({ name: z.string(), text: z.string() })),
  },
  api: {
    /** One request to `/v1`, as if a program had sent it: the playground's raw request and response. */
    call: oc
      .input(
        z.object({
          method: z.enum(['GET', 'POST', 'DELETE']),
          path: z.string().startsWith('/v1/').max(2_000),
          body: z.string().max(8_000_000).nullable(),
        }),
      )
      .output(
        eventIterator(
          z.discriminatedUnion('type', [
            z.object({
              type: z.literal('head'),
              status: z.number().int(),
              headers: z.record(z.string(), z.string()),
            }),
            z.object({ type: z.literal('body'), text: z.string() }),
          ]),
        ),
      ),
  },
  keys: {
    list: oc.output(z.array(ApiKey)),
    create: oc.input(NewKey).output(z.object({ key: z.string(), entry: ApiKey })),
    update: oc.input(z.object({ id: Id, patch: KeyPatch })).output(ApiKey),
    revoke: oc.input(byId).output(nothing),
  },
  /** Programs that asked for a key (`POST /pair/request`). */
  pairing: {
    list: oc.output(z.array(PairingRequest)),
    approve: oc.input(PairingApproval).output(nothing),
    deny: oc.input(z.object({ code: z.string().min(1).max(20) })).output(nothing),
  },
  usage: {
    /** Both days belong to it. */
    report: oc.input(z.object({ from: CalendarDate, to: CalendarDate })).output(UsageReport),
  },
  requests: {
    /** Newest first. */
    list: oc.input(RequestQuery).output(z.array(RequestEntry)),
    clear: oc.output(nothing),
  },
};
export type Contract = typeof contract;

/** Who asks, and the signal that ends the work when they go away. */
export interface Call {
  readonly signal: AbortSignal;
  readonly actor: 'user' | 'api';
  /** The key that asks, where it is one of another program: what it begins ends with it. */
  readonly keyId?: string;
}

/** The plain functions that a room offers for its part of the contract; transports add nothing to them. */
export type Handlers<T> =
  T extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
    ? (input: InferSchemaOutput<Input>, call: Call) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
    : { readonly [K in keyof T]: Handlers<T[K]> };
export type ContractHandlers = Handlers<Contract>;
