import type { ColumnType, Generated } from 'kysely';
import type { EntityKind, Project } from '../contract/index.ts';

/** A column that holds JSON text. */
export type Json = string;
/** 0 or 1. */
export type Flag = number;

interface TaskTable {
  id: string;
  title: string;
  notes: string;
  projectId: string | null;
  sectionId: string | null;
  parentId: string | null;
  status: 'open' | 'doing' | 'done' | 'cancelled';
  priority: number;
  doDate: string | null;
  dueDate: string | null;
  dueTime: string | null;
  reminders: Json;
  tags: Json;
  dependsOn: Json;
  recurrence: Json | null;
  assignee: string;
  owner: string | null;
  source: Json | null;
  position: number;
  createdAt: number;
  updatedAt: number;
  completedAt: number | null;
  deletedAt: number | null;
  runId: string | null;
  touched: Flag;
}

interface ProjectTable {
  id: string;
  name: string;
  notes: string;
  color: Project['color'];
  view: Project['view'];
  noteId: string | null;
  dueDate: string | null;
  position: number;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  deletedAt: number | null;
  runId: string | null;
}

interface SectionTable {
  id: string;
  projectId: string;
  name: string;
  position: number;
  deletedAt: number | null;
}

interface NoteTable {
  id: string;
  title: string;
  text: string;
  tags: Json;
  projectId: string | null;
  pinned: Flag;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
  runId: string | null;
  revision: number;
}

/** Every text a note ever had, by revision; written by the store whenever a note's text changes. */
interface NoteVersionTable {
  noteId: string;
  revision: number;
  savedAt: number;
  size: number;
  text: string;
  runId: string | null;
}

interface AttachmentTable {
  id: string;
  noteId: string;
  name: string;
  mediaType: string;
  size: number;
  createdAt: number;
}

/** Derived: the tags of tasks and notes that are not in the trash. */
interface TagTable {
  tag: string;
  kind: 'task' | 'note';
  entityId: string;
}

/** Derived: `[[wiki links]]` of notes that are not in the trash; `target` is {@link linkTarget} of the linked title. */
interface LinkTable {
  noteId: string;
  line: number;
  target: string;
}

/** Derived: which row of `search` holds an entity. */
interface SearchDocTable {
  docId: Generated<number>;
  kind: 'task' | 'note' | 'project';
  entityId: string;
}

/** FTS5 over everything that is not in the trash; `rowid` is `searchDoc.docId`. */
interface SearchTable {
  rowid: number;
  kind: 'task' | 'note' | 'project';
  id: string;
  title: string;
  body: string;
  rank: ColumnType<number, never, never>;
}

export interface OperationTable {
  seq: number;
  id: string;
  at: number;
  actor: 'user' | 'agent' | 'api';
  runId: string | null;
  label: string;
  kind: 'do' | 'undo' | 'redo';
  /** JSON array of `Change`. */
  changes: Json;
  /** For `undo` and `redo`: JSON array of the operations it takes back. */
  targets: Json;
  prevHash: string;
  hash: string;
  /** The operation that took this one back; the only column that ever changes. */
  undoneBy: string | null;
}

interface RunTable {
  id: string;
  skill: 'plan' | 'extract' | 'playbook';
  title: string;
  input: string;
  /** JSON: what was asked beside the text (day, model, name). */
  options: Json;
  state: 'queued' | 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';
  taskId: string | null;
  modelId: string;
  place: 'this-machine' | 'local-endpoint' | 'remote';
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  promptTokens: number;
  outputTokens: number;
  error: Json | null;
  result: Json | null;
  undoneAt: number | null;
  playbookId: string | null;
}

interface PlaybookTable {
  id: string;
  /** YAML, as it was written. */
  text: string;
  updatedAt: number;
}

interface ProfileTable {
  id: string;
  data: Json;
}

interface ScheduleTable {
  id: string;
  playbookId: string;
  inputs: Json;
  trigger: Json;
  enabled: Flag;
  nextAt: number | null;
  createdAt: number;
}

interface OccurrenceTable {
  scheduleId: string;
  /** Of one occurrence: it fires once. */
  key: string;
  at: number;
  /** Of the run that it started, or is to start; null where it was missed or passed over. */
  runId: string | null;
  /** Why it was missed. */
  missed: string | null;
  /** What the run gets beside the inputs of the schedule. */
  inputs: Json;
}

interface FactTable {
  id: string;
  text: string;
  source: Json;
  createdAt: number;
}

interface ToolSettingTable {
  tool: string;
  setting: string;
  value: string;
}

interface McpServerTable {
  id: string;
  name: string;
  transport: Json;
  approvedHash: string | null;
  addedAt: number;
}

interface RunStepTable {
  runId: string;
  index: number;
  kind: 'generate' | 'apply' | 'rule';
  title: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  startedAt: number;
  endedAt: number | null;
  model: string | null;
  prompt: string | null;
  output: string | null;
  promptTokens: number | null;
  outputTokens: number | null;
  touched: Json;
}

/** What a run did, in order; rows are only ever added. */
interface JournalTable {
  runId: string;
  seq: number;
  at: number;
  type: string;
  data: Json;
  /** Computed from `data` by the database, from here on: of entries about a call of a tool. */
  callId: ColumnType<string | null, never, never>;
  tool: ColumnType<string | null, never, never>;
  effect: ColumnType<string | null, never, never>;
  allowedBy: ColumnType<string | null, never, never>;
}

interface ModelTable {
  id: string;
  name: string;
  source: 'builtin' | 'file' | 'download' | 'endpoint';
  description: string;
  license: string | null;
  path: string | null;
  url: string | null;
  /** The model's name at its endpoint. */
  remoteName: string | null;
  apiKey: string | null;
  size: number | null;
  contextLength: number | null;
  addedAt: number;
}

/** Thread counts measured for one model on one machine. */
interface CalibrationTable {
  modelId: string;
  machine: string;
  decodeThreads: number;
  prefillThreads: number;
  decodeSpeed: number;
  prefillSpeed: number;
  measuredAt: number;
}

/** A model on its way here. */
interface DownloadTable {
  id: string;
  state: 'queued' | 'paused' | 'failed';
  /** What is on disk of each file. */
  files: Json;
  error: Json | null;
  createdAt: number;
}

/** Digests of files that were downloaded once: the same file must have the same digest ever after. */
interface ModelDigestTable {
  repository: string;
  file: string;
  sha256: string;
  takenAt: number;
}

/** Models that stay in memory when another one needs room. */
interface PinnedModelTable {
  modelId: string;
}

interface SettingTable {
  key: string;
  value: Json;
}

interface ApiKeyTable {
  id: string;
  name: string;
  prefix: string;
  hash: string;
  createdAt: number;
  lastUsedAt: number | null;
  endpoint: Flag;
  /** JSON array of `KeyScope`. */
  scopes: Json;
  expiresAt: number | null;
  /** JSON: the limits that are set. */
  limits: Json;
  /** JSON array of ids; `null` is all. */
  models: Json | null;
  /** A revoked key keeps its row, without its hash, so that what it used keeps a name. */
  revokedAt: number | null;
}

/** What one key asked of one model (empty: none was reached) on one day. */
interface UsageTable {
  day: string;
  keyId: string;
  modelId: string;
  requests: number;
  errors: number;
  promptTokens: number;
  cachedTokens: number;
  outputTokens: number;
}

/** The newest requests to `/v1`, without their content. */
interface RequestTable {
  seq: Generated<number>;
  id: string;
  at: number;
  keyId: string;
  method: string;
  path: string;
  modelId: string | null;
  status: number;
  errorCode: string | null;
  promptTokens: number;
  cachedTokens: number;
  outputTokens: number;
  firstTokenMs: number | null;
  durationMs: number;
  stream: Flag;
}

interface ThreadTable {
  id: string;
  title: string;
  origin: 'user' | 'api';
  systemPrompt: string;
  modelId: string | null;
  params: Json;
  /** What a program noted about it, as JSON object of strings. */
  metadata: Json;
  leafId: string | null;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}

/** A node of a thread's tree: a message, or another item that a program put there. */
interface ThreadItemTable {
  docId: Generated<number>;
  id: string;
  threadId: string;
  /** Order within the thread; parents come before children. */
  seq: number;
  parentId: string | null;
  /** `message`, or a type of item of `/v1/conversations`. */
  type: string;
  role: 'user' | 'assistant' | 'system' | 'developer' | 'none';
  text: string;
  reasoning: string | null;
  attachments: Json;
  /** As a program sent it, where the columns do not say it all. */
  item: Json | null;
  state: 'writing' | 'done' | 'stopped' | 'failed';
  error: Json | null;
  modelId: string | null;
  place: 'this-machine' | 'local-endpoint' | 'remote' | null;
  usage: Json | null;
  droppedMessages: number;
  createdAt: number;
}

/** FTS5 over messages, without their text; `rowid` is `threadItem.docId`. */
interface ThreadSearchTable {
  rowid: number;
  text: string;
}

/** A response of `/v1/responses` that was to be stored. */
interface ResponseTable {
  id: string;
  threadId: string | null;
  previousId: string | null;
  status: string;
  /** The response without its output. */
  body: Json;
  input: Json;
  output: Json;
  /** JSON: the pieces it was written in, where its stream may be taken up again. */
  trace: Json | null;
  createdAt: number;
}

/** A chat completion that was to be stored. */
interface CompletionTable {
  id: string;
  model: string;
  metadata: Json;
  messages: Json;
  body: Json;
  createdAt: number;
}

interface ApiFileTable {
  id: string;
  name: string;
  purpose: string;
  size: number;
  createdAt: number;
}

/** The tables of `jan.db`, as Kysely sees them. Column names are the fields' own. */
export interface Schema {
  task: TaskTable;
  project: ProjectTable;
  section: SectionTable;
  note: NoteTable;
  noteVersion: NoteVersionTable;
  attachment: AttachmentTable;
  tag: TagTable;
  link: LinkTable;
  searchDoc: SearchDocTable;
  search: SearchTable;
  operation: OperationTable;
  run: RunTable;
  runStep: RunStepTable;
  journal: JournalTable;
  model: ModelTable;
  calibration: CalibrationTable;
  download: DownloadTable;
  modelDigest: ModelDigestTable;
  pinnedModel: PinnedModelTable;
  setting: SettingTable;
  apiKey: ApiKeyTable;
  usage: UsageTable;
  request: RequestTable;
  thread: ThreadTable;
  threadItem: ThreadItemTable;
  threadSearch: ThreadSearchTable;
  response: ResponseTable;
  completion: CompletionTable;
  apiFile: ApiFileTable;
  playbook: PlaybookTable;
  profile: ProfileTable;
  schedule: ScheduleTable;
  occurrence: OccurrenceTable;
  fact: FactTable;
  toolSetting: ToolSettingTable;
  mcpServer: McpServerTable;
}

export type EntityRow<K extends EntityKind> = Schema[K];
