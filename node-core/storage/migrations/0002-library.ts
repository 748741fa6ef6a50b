/** Models that were downloaded or are on their way, and what was measured about them. */
export const library = `
select 1;
`;
