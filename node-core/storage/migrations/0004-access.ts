/** What keys may do and did: scopes, limits, usage, the request log. */
export const access = `
select 1;
`;
