/** Conversations: threads, their messages, stored responses. */
export const threads = `
select 1;
`;
