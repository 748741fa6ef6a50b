/**
 * Runs of playbooks, what people keep for them, and what tools need. Secrets lie in the encrypted database and leave it for a call only.
 * The journal's columns of calls are computed from its entries, and the indexes on them are how calls of all runs are found.
 */
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
  missed text, inputs text not null, primary key (scheduleId, key)
) strict;
create table fact (id text primary key, text text not null, source text not null, createdAt integer not null) strict;
create table toolSetting (
  tool text not null, setting text not null, value text not null, primary key (tool, setting)
) strict;
create table mcpServer (
  id text primary key, name text not null unique, transport text not null, approvedHash text, addedAt integer not null
) strict;
alter table journal add column callId text generated always as (
  case type
    when 'ask' then json_extract(data, '$.about.call.id')
    when 'call' then json_extract(data, '$.id')
    when 'refused' then json_extract(data, '$.id')
    when 'call-done' then json_extract(data, '$.id')
    when 'call-failed' then json_extract(data, '$.id')
    when 'call-lost' then json_extract(data, '$.id')
  end
) virtual;
alter table journal add column tool text generated always as (
  case type
    when 'ask' then json_extract(data, '$.about.call.tool')
    when 'call' then json_extract(data, '$.tool')
    when 'refused' then json_extract(data, '$.tool')
  end
) virtual;
alter table journal add column effect text generated always as (
  case type
    when 'ask' then json_extract(data, '$.about.call.effect')
    when 'call' then json_extract(data, '$.effect')
    when 'refused' then json_extract(data, '$.effect')
  end
) virtual;
alter table journal add column allowedBy text generated always as (case type when 'call' then json_extract(data, '$.allowedBy') end) virtual;
create index journalCall on journal (at, runId, seq, callId, tool, effect) where tool is not null;
create index journalTool on journal (tool, at, runId, seq, callId) where tool is not null;
create index journalOfCall on journal (runId, callId, seq, type, allowedBy) where callId is not null;
`;
