import type { AnyContractRouter } from '@orpc/contract';
import { isContractProcedure, ORPCError, ValidationError } from '@orpc/contract';
import { type AnyRouter, implement } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { logFault, type Logger } from '../common/index.ts';
import { AppError, type Call, type ContractHandlers, contract, errorStatus, toWireError } from '../contract/index.ts';
import type { KeyHolder } from './keys.ts';
import { eventWithoutPlaces, withoutPlaces } from './rpc-places.ts';
import { mayHear, requireRpcScope } from './rpc-scopes.ts';

/** Who is at the other end of a connection. */
export interface RpcContext {
  /** What they may do by now. @throws AppError `UNAUTHORIZED`, `KEY_EXPIRED` */
  readonly holder: () => KeyHolder;
}

/** One connection, whatever carries it. `send` settles when there is room for the next message. */
export interface RpcChannel {
  send(data: string | ArrayBufferLike | Uint8Array): Promise<void> | void;
  onMessage(listener: (data: string | ArrayBufferLike | Uint8Array) => void): void;
  onClose(listener: () => void): void;
  /** The other end sent what is not the protocol. */
  refuse(): void;
}

export interface Rpc {
  attach(channel: RpcChannel, context: RpcContext): void;
}

export interface RpcComponents {
  readonly handlers: ContractHandlers;
  /** Called before every procedure that needs the vault; throws while it is not open. */
  readonly requireOpen: () => void;
  /** Called at every call a person makes, for the automatic lock. */
  readonly onActivity: () => void;
  readonly logger: Logger;
}

const worksWhileLocked = (path: readonly string[]): boolean =>
  path[0] === 'vault' || (path[0] === 'system' && (path[1] === 'info' || path[1] === 'events'));

export const createRpc = ({ handlers, requireOpen, onActivity, logger }: RpcComponents): Rpc => {
  const router = bind(contract, handlers, []);
  const handler = new StandardRPCHandler<RpcContext>(router, {
    clientInterceptors: [
      async ({ next, path, context }) => {
        try {
          const holder = context.holder();
          if (holder.actor === 'user' && path.join('.') !== 'system.events') onActivity();
          requireRpcScope(holder, path);
          if (!worksWhileLocked(path)) requireOpen();
          const output = await next();
          if (!isAsyncIterable(output)) return withoutPlaces(holder, path, output);
          const told = path.join('.') === 'system.events' ? onlyFor(context, output) : output;
          return withWireErrors(told, (error) => toRpcError(error, path, logger));
        } catch (error) {
          throw toRpcError(error, path, logger);
        }
      },
    ],
  });
  return {
    attach(channel, context) {
      const peer = new ServerPeer((message) => channel.send(message));
      const answer = createServerPeerHandleRequestFn(handler, { context });
      channel.onMessage((data) => {
        peer.message(data, answer).catch(() => channel.refuse());
      });
      channel.onClose(() => peer.close());
    },
  };
};

type PlainHandler = (input: unknown, call: Call) => unknown;
const isPlainHandler = (value: unknown): value is PlainHandler => typeof value === 'function';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Walks the contract and puts the plain function of the same path behind each procedure. */
const bind = (node: AnyContractRouter, handlers: unknown, path: readonly string[]): AnyRouter => {
  if (isContractProcedure(node)) {
    if (!isPlainHandler(handlers)) throw new Error(`No handler for ${path.join('.')}.`);
    return implement(node)
      .$context<RpcContext>()
      .handler(({ input, context, signal = new AbortController().signal }) => {
        const { actor, keyId } = context.holder();
        return handlers(input, { actor, signal, ...(actor === 'user' ? {} : { keyId }) });
      });
  }
  return Object.fromEntries(
    Object.entries(node).map(([name, child]) => [
      name,
      bind(child, isRecord(handlers) ? handlers[name] : undefined, [...path, name]),
    ]),
  );
};

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  isRecord(value) && Symbol.asyncIterator in value;

async function* onlyFor({ holder }: RpcContext, events: AsyncIterable<unknown>): AsyncGenerator<unknown, void> {
  for await (const event of events) {
    const who = holder();
    if (mayHear(who, event)) yield eventWithoutPlaces(who, event);
  }
}

async function* withWireErrors(
  source: AsyncIterable<unknown>,
  convert: (error: unknown) => Error,
): AsyncGenerator<unknown, void> {
  try {
    yield* source;
  } catch (error) {
    throw convert(error);
  }
}

/** The one place where an error becomes what the other end reads. */
const toRpcError = (error: unknown, path: readonly string[], logger: Logger): ORPCError<string, unknown> => {
  const known = error instanceof ORPCError && error.code === 'BAD_REQUEST' ? inputError(error) : error;
  const wire = toWireError(known);
  if (wire.code === 'INTERNAL') logFault(logger, `${path.join('.')} failed`, error);
  return new ORPCError<string, unknown>(wire.code, {
    status: errorStatus[wire.code],
    message: wire.message,
    data: wire.data,
  });
};

const inputError = (error: ORPCError<string, unknown>): AppError => {
  const issue = error.cause instanceof ValidationError ? error.cause.issues[0] : undefined;
  const where = issue?.path?.map((part) => (typeof part === 'object' ? part.key : part)).join('.') || 'input';
  return new AppError('BAD_REQUEST', `"${where}" is not usable: ${issue?.message ?? 'not what this call takes'}.`, {
    data: { field: where },
  });
};
