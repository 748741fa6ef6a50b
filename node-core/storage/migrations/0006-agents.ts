/** Runs of playbooks, what people keep for them, and what tools need. Secrets lie in the encrypted database and leave it for a call only. */
export const agents = `
alter table run add column playbookId text;
create table playbook (id text primary key, text text not null, updatedAt integer not null) strict;
create table profile (id text primary key, data text not null) strict;
create table schedule (
  id text primary key, playbookId text not null, inputs text not null, "trigger" text not null, enabled integer not null,
  nextAt integer, createdAt integer not null
) strict;
create table occurrence (
  scheduleId text not null references schedule (id) on delete cascade, key text not null, at integer not null, runId text,
  missed integer not null, inputs text not null, primary key (scheduleId, key)
) strict;
create table fact (id text primary key, text text not null, source text not null, createdAt integer not null) strict;
create table toolSetting (
  tool text not null, setting text not null, value text not null, primary key (tool, setting)
) strict;
create table mcpServer (
  id text primary key, name text not null unique, transport text not null, approvedHash text, addedAt integer not null
) strict;
`;
