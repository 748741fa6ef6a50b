/** Tables of the first release. Never edited once released: a change is a new migration. */
export const first = `
create table task (
  id text primary key, title text not null, notes text not null, projectId text, sectionId text, parentId text,
  status text not null, priority integer not null, doDate text, dueDate text, dueTime text,
  reminders text not null, tags text not null, dependsOn text not null, recurrence text, assignee text not null,
  owner text, source text, position real not null, createdAt integer not null, updatedAt integer not null,
  completedAt integer, deletedAt integer, runId text, touched integer not null
) strict, without rowid;
create index taskByProject on task (projectId, position) where deletedAt is null;
create index taskByParent on task (parentId) where parentId is not null;
create index taskByDue on task (dueDate) where dueDate is not null and deletedAt is null;
create index taskByDo on task (doDate) where doDate is not null and deletedAt is null;
create index taskByRun on task (runId) where runId is not null;
create index taskDone on task (completedAt) where completedAt is not null and deletedAt is null;
create index taskReminded on task (id) where reminders <> '[]' and deletedAt is null;
create index taskDepending on task (id) where dependsOn <> '[]';
create index taskSourced on task (id) where source is not null;
create index taskDeleted on task (deletedAt) where deletedAt is not null;

create table project (
  id text primary key, name text not null, notes text not null, color text not null, view text not null, noteId text,
  dueDate text, position real not null, createdAt integer not null, updatedAt integer not null, archivedAt integer,
  deletedAt integer, runId text
) strict, without rowid;

create table section (
  id text primary key, projectId text not null, name text not null, position real not null, deletedAt integer
) strict, without rowid;
create index sectionByProject on section (projectId, position);

create table note (
  id text primary key, title text not null, text text not null, tags text not null, projectId text,
  pinned integer not null, createdAt integer not null, updatedAt integer not null, deletedAt integer, runId text,
  revision integer not null
) strict;
create index noteByTitle on note (title collate nocase);
create index noteByProject on note (projectId) where projectId is not null;
create index noteByUpdate on note (updatedAt) where deletedAt is null;

create table noteVersion (
  noteId text not null, revision integer not null, savedAt integer not null, size integer not null, text text not null,
  runId text, primary key (noteId, revision)
) strict;

create table attachment (
  id text primary key, noteId text not null, name text not null, mediaType text not null, size integer not null,
  createdAt integer not null
) strict, without rowid;
create index attachmentByNote on attachment (noteId);

create table tag (tag text not null, kind text not null, entityId text not null, primary key (tag, kind, entityId)) strict, without rowid;
create index tagByEntity on tag (kind, entityId);

create table link (noteId text not null, line integer not null, target text not null, primary key (noteId, line, target)) strict, without rowid;
create index linkByTarget on link (target);

create table searchDoc (docId integer primary key, kind text not null, entityId text not null, unique (kind, entityId)) strict;
create virtual table search using fts5 (
  kind unindexed, id unindexed, title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
insert into search (search, rank) values ('rank', 'bm25(0, 0, 8.0, 1.0)');

create table operation (
  seq integer primary key, id text not null unique, at integer not null, actor text not null, runId text, label text not null,
  kind text not null, changes text not null, targets text not null, prevHash text not null, hash text not null, undoneBy text
) strict;
create index operationByRun on operation (runId, seq) where runId is not null;

create table run (
  id text primary key, skill text not null, title text not null, input text not null, options text not null,
  state text not null, taskId text, modelId text not null, place text not null, createdAt integer not null,
  startedAt integer, endedAt integer, promptTokens integer not null, outputTokens integer not null, error text,
  result text, undoneAt integer
) strict;
create index runByCreation on run (createdAt);

create table runStep (
  runId text not null references run (id), "index" integer not null, kind text not null, title text not null,
  state text not null, startedAt integer not null, endedAt integer, model text, prompt text, output text,
  promptTokens integer, outputTokens integer, touched text not null, primary key (runId, "index")
) strict;

create table journal (
  runId text not null references run (id), seq integer not null, at integer not null, type text not null,
  data text not null, primary key (runId, seq)
) strict;
create trigger journalIsAppendOnly before update on journal begin select raise(abort, 'the journal is only added to'); end;
create trigger journalIsKept before delete on journal begin select raise(abort, 'the journal is only added to'); end;

create table model (
  id text primary key, name text not null, source text not null, description text not null, license text, path text,
  url text, remoteName text, apiKey text, size integer, contextLength integer, addedAt integer not null
) strict;
create table calibration (
  modelId text not null, machine text not null, decodeThreads integer not null, prefillThreads integer not null,
  decodeSpeed real not null, prefillSpeed real not null, measuredAt integer not null, primary key (modelId, machine)
) strict;
create table setting (key text primary key, value text not null) strict;
create table apiKey (
  id text primary key, name text not null, prefix text not null, hash text not null unique, createdAt integer not null,
  lastUsedAt integer, endpoint integer not null
) strict;
`;
