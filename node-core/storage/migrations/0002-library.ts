/** Models that were downloaded or are on their way, and what was measured about them. */
export const library = `
create table download (
  id text primary key, state text not null, files text not null, error text, createdAt integer not null
) strict, without rowid;
create table modelDigest (
  repository text not null, file text not null, sha256 text not null, takenAt integer not null, primary key (repository, file)
) strict, without rowid;
create table pinnedModel (modelId text primary key) strict, without rowid;
`;
