/** Files that programs put here through `/v1/files`; their contents are sealed blobs of the same id. */
export const files = `
create table apiFile (
  id text primary key, name text not null, purpose text not null, size integer not null, createdAt integer not null
) strict;
create index apiFileByCreation on apiFile (createdAt);
`;
