/** What keys may do and did: scopes, limits, usage, the request log. */
export const access = `
alter table apiKey add column scopes text not null default '["inference","conversations","models","workspace"]';
alter table apiKey add column expiresAt integer;
alter table apiKey add column limits text not null default '{}';
alter table apiKey add column models text;
alter table apiKey add column revokedAt integer;

create table usage (
  day text not null, keyId text not null, modelId text not null, requests integer not null, errors integer not null,
  promptTokens integer not null, cachedTokens integer not null, outputTokens integer not null,
  primary key (keyId, day, modelId)
) strict, without rowid;
create index usageByDay on usage (day);

create table request (
  seq integer primary key, id text not null, at integer not null, keyId text not null, method text not null, path text not null,
  modelId text, status integer not null, errorCode text, promptTokens integer not null, cachedTokens integer not null,
  outputTokens integer not null, firstTokenMs real, durationMs real not null, stream integer not null
) strict;
create index requestByTime on request (at);
`;
