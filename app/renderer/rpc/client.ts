import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { useStore } from 'zustand';
import { type ErrorCode, errorCode } from '../../../node-core/contract/errors.ts';
import type { Contract } from '../../../node-core/contract/index.ts';
import { type ConnectionState, createConnection } from './connection.ts';

export const connection = createConnection();

/** Every procedure of the contract. Calls made while the line is down wait for it. */
export const api: ContractRouterClient<Contract> = createORPCClient(connection.link);

export const useConnection = (): ConnectionState => useStore(connection.state);

export interface Fault {
  readonly code: ErrorCode | 'CONNECTION_LOST';
  /** What happened and what to do next. */
  readonly message: string;
  readonly data?: unknown;
}

/** What to tell a person about a call that failed. */
export const toFault = (error: unknown): Fault => {
  const code = errorCode(error);
  if (code && error instanceof Error) {
    return { code, message: error.message, ...('data' in error ? { data: error.data } : {}) };
  }
  if (connection.state.getState().status !== 'open' || (error instanceof Error && error.name === 'AbortError')) {
    return {
      code: 'CONNECTION_LOST',
      message: 'The connection to Jan broke off before it answered. Look whether the change is there, then try again.',
    };
  }
  return {
    code: 'INTERNAL',
    message: error instanceof Error && error.message ? error.message : 'Something went wrong. Try again.',
  };
};
