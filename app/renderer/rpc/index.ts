export { api, connection, type Fault, toFault, useConnection } from './client.ts';
export type { ConnectionState } from './connection.ts';
export { followEvents } from './events.ts';
export { queryClient } from './query-client.ts';
