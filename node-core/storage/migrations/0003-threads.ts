/** Conversations: threads, their messages, stored responses. */
export const threads = `
create table thread (
  id text primary key, title text not null, origin text not null, systemPrompt text not null, modelId text,
  params text not null, metadata text not null, leafId text, createdAt integer not null, updatedAt integer not null,
  deletedAt integer
) strict;
create index threadByUpdate on thread (updatedAt) where deletedAt is null;

create table threadItem (
  docId integer primary key, id text not null unique, threadId text not null references thread (id), seq integer not null,
  parentId text, type text not null, role text not null, text text not null, reasoning text, attachments text not null,
  item text, state text not null, error text, modelId text, place text, usage text, droppedMessages integer not null,
  createdAt integer not null
) strict;
create unique index threadItemBySeq on threadItem (threadId, seq);
create index threadItemWriting on threadItem (id) where state = 'writing';
create virtual table threadSearch using fts5(
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

create table response (
  id text primary key, threadId text, previousId text, status text not null, body text not null, input text not null,
  output text not null, trace text, createdAt integer not null
) strict;
create index responseByCreation on response (createdAt);

create table completion (
  id text primary key, model text not null, metadata text not null, messages text not null, body text not null,
  createdAt integer not null
) strict;
create index completionByCreation on completion (createdAt, id);
`;
