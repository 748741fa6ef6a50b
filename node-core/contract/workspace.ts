import { z } from 'zod';

/** Sortable unique id (UUIDv7). */
export const Id = z.string().min(1).max(64);
/** A calendar date, `YYYY-MM-DD`, in the user's own time zone. */
export const CalendarDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as YYYY-MM-DD');
/** Unix time in milliseconds. */
export const Millis = z
  .number()
  .int()
  .nonnegative()
  /** The last moment that a date can name (ECMA-262, 21.4.1.1). */
  .max(8.64e15);

export const Title = z.string().trim().min(1).max(2_000);
export const MarkdownText = z.string().max(4_000_000);
/** Lower-cased, without the `#`. */
export const Tag = z.string().trim().min(1).max(64);

export const TaskStatus = z.enum(['open', 'doing', 'done', 'cancelled']);
/** 1 is the most urgent; 4 is none. */
export const Priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
/** `me`, `agent` (whichever fits), or the id of an agent's profile. */
export const Assignee = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u);

export const Recurrence = z.object({
  /** RFC 5545 RRULE without DTSTART, for example `FREQ=WEEKLY;INTERVAL=2;BYDAY=FR`. */
  rule: z.string().min(1).max(500),
  /** `schedule`: next occurrence after the due date. `completion`: counted from the day it was done. */
  anchor: z.enum(['schedule', 'completion']),
});

/** Where a task came from: a line of a note (1-based), for action items of a transcript. */
export const SourceLink = z.object({ noteId: Id, line: z.number().int().positive(), quote: z.string().max(2_000) });

export const Reminder = z.object({ at: Millis, firedAt: Millis.nullable() });

export const Task = z.object({
  id: Id,
  title: Title,
  notes: MarkdownText,
  projectId: Id.nullable(),
  sectionId: Id.nullable(),
  parentId: Id.nullable(),
  status: TaskStatus,
  priority: Priority,
  /** The day it is to be worked on; `null` is not planned. */
  doDate: CalendarDate.nullable(),
  dueDate: CalendarDate.nullable(),
  /** `HH:MM`, only with a due date. */
  dueTime: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .nullable(),
  reminders: z.array(Reminder),
  tags: z.array(Tag),
  dependsOn: z.array(Id),
  recurrence: Recurrence.nullable(),
  assignee: Assignee,
  /** Free text: the person named in a transcript. */
  owner: z.string().max(200).nullable(),
  source: SourceLink.nullable(),
  /** Order within its list; lower is higher. */
  position: z.number(),
  createdAt: Millis,
  updatedAt: Millis,
  completedAt: Millis.nullable(),
  deletedAt: Millis.nullable(),
  /** The run that made it, until a person edits it (`touched`). */
  runId: Id.nullable(),
  touched: z.boolean(),
});
export type Task = z.infer<typeof Task>;

export const NewTask = Task.pick({ title: true }).extend(
  Task.omit({
    id: true,
    title: true,
    createdAt: true,
    updatedAt: true,
    completedAt: true,
    deletedAt: true,
    runId: true,
    touched: true,
  }).partial().shape,
);
export type NewTask = z.infer<typeof NewTask>;

export const TaskPatch = NewTask.partial();
export type TaskPatch = z.infer<typeof TaskPatch>;

export const Project = z.object({
  id: Id,
  name: Title,
  notes: MarkdownText,
  /** One of the palette's names; the theme file knows the colours. */
  color: z.enum(['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink']),
  view: z.enum(['list', 'board']),
  /** The note that holds the plan or the purpose. */
  noteId: Id.nullable(),
  dueDate: CalendarDate.nullable(),
  position: z.number(),
  createdAt: Millis,
  updatedAt: Millis,
  archivedAt: Millis.nullable(),
  deletedAt: Millis.nullable(),
  runId: Id.nullable(),
});
export type Project = z.infer<typeof Project>;
/** A project with what a list shows beside its name. */
export const ProjectSummary = Project.extend({ openCount: z.number().int(), doneCount: z.number().int() });
export type ProjectSummary = z.infer<typeof ProjectSummary>;

export const NewProject = Project.pick({ name: true }).extend(
  Project.pick({ notes: true, color: true, view: true, noteId: true, dueDate: true, position: true }).partial().shape,
);
export const ProjectPatch = NewProject.partial().extend({ archived: z.boolean().optional() });

export const Section = z.object({
  id: Id,
  projectId: Id,
  name: Title,
  position: z.number(),
  deletedAt: Millis.nullable(),
});
export type Section = z.infer<typeof Section>;

/** The Markdown text is the document, byte for byte; title, tags and links are derived from it. */
export const Note = z.object({
  id: Id,
  /** The first heading, else the first line that is not empty, else `Untitled`. */
  title: z.string(),
  text: MarkdownText,
  tags: z.array(Tag),
  projectId: Id.nullable(),
  pinned: z.boolean(),
  createdAt: Millis,
  updatedAt: Millis,
  deletedAt: Millis.nullable(),
  runId: Id.nullable(),
  /** Rises by one with every saved change; send it back with `save` to notice a conflict. */
  revision: z.number().int().positive(),
});
export type Note = z.infer<typeof Note>;
export const NoteSummary = Note.omit({ text: true }).extend({ excerpt: z.string() });
export type NoteSummary = z.infer<typeof NoteSummary>;
export const NoteVersion = z.object({
  noteId: Id,
  revision: z.number().int().positive(),
  savedAt: Millis,
  size: z.number().int(),
  runId: Id.nullable(),
});
export type NoteVersion = z.infer<typeof NoteVersion>;
export const NoteLink = z.object({
  noteId: Id,
  title: z.string(),
  line: z.number().int().positive(),
  excerpt: z.string(),
});
export type NoteLink = z.infer<typeof NoteLink>;

export const Attachment = z.object({
  id: Id,
  noteId: Id,
  name: z.string().min(1).max(255),
  mediaType: z.string().max(127),
  size: z.number().int().nonnegative(),
  createdAt: Millis,
});
export type Attachment = z.infer<typeof Attachment>;

/** Which tasks a view shows. Days are the user's calendar days. */
export const TaskQuery = z.discriminatedUnion('view', [
  z.object({ view: z.literal('inbox') }),
  z.object({ view: z.literal('today'), today: CalendarDate }),
  z.object({ view: z.literal('upcoming'), today: CalendarDate }),
  /** With a limit only the first of them, to draw a long project at once. */
  z.object({
    view: z.literal('project'),
    projectId: Id,
    includeDone: z.boolean().optional(),
    limit: z.number().int().positive().optional(),
  }),
  z.object({ view: z.literal('tag'), tag: Tag }),
  z.object({ view: z.literal('run'), runId: Id }),
  z.object({ view: z.literal('done'), limit: z.number().int().positive().max(1_000).optional() }),
  z.object({ view: z.literal('trash') }),
  z.object({ view: z.literal('all') }),
]);
export type TaskQuery = z.infer<typeof TaskQuery>;

export const ChipKind = z.enum([
  'due',
  'do',
  'recurrence',
  'tag',
  'project',
  'priority',
  'reminder',
  'assignee',
  /** `/pitch-prep` at the beginning, and what else of the line one of its inputs takes. */
  'playbook',
  'input',
]);
/** A part of the quick-add line that was understood: characters `[start, end)` of the text (UTF-16). */
export const Chip = z.object({
  kind: ChipKind,
  /** What the chip shows: `Fri 26 Jun`, `#marketing`, `every 2 weeks`. */
  label: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
});
export type Chip = z.infer<typeof Chip>;
export const QuickAddInput = z.object({
  text: z.string().max(1_100_000),
  /** The user's clock: an ISO date-time with offset, so that "tomorrow" is theirs. Default: the node's own. */
  now: z.iso.datetime({ offset: true }).optional(),
  /** `start` offsets of chips turned back into text. */
  ignore: z.array(z.number().int().nonnegative()).optional(),
});
/** A draft names its project by `projectName` where it does not exist yet. */
export const QuickAddResult = z.object({
  chips: z.array(Chip),
  draft: NewTask.extend({ title: z.string(), projectName: z.string().optional() }),
  /** The line begins with the name of a playbook: it starts one, and is no task. `missing`: titles of inputs that it needs besides. */
  playbook: z
    .object({
      id: z.string(),
      name: z.string(),
      inputs: z.record(z.string(), z.json()),
      missing: z.array(z.string()),
    })
    .optional(),
});
export type QuickAddResult = z.infer<typeof QuickAddResult>;

export const SearchHit = z.object({
  kind: z.enum(['task', 'note', 'project', 'chat']),
  id: Id,
  title: z.string(),
  /** Of a chat: the message that holds the words; left out where only its title does. */
  messageId: Id.optional(),
  /** Plain text; matches lie between U+0002 and U+0003. */
  excerpt: z.string(),
  score: z.number(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** One undoable step as a person sees it; an agent's run is one step. */
export const HistoryEntry = z.object({
  id: Id,
  at: Millis,
  actor: z.enum(['user', 'agent', 'api']),
  runId: Id.nullable(),
  /** `Add task "Buy milk"`. */
  label: z.string(),
  undone: z.boolean(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
