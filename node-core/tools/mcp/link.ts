import { AppError, type McpServer } from '../../contract/index.ts';
import { cancellable } from '../cancellable.ts';
import { hashOf, type RemoteTool } from './definitions.ts';
import type { Address } from './greet.ts';
import { type McpAnswer, type McpSession, openSession } from './session.ts';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 5 * 60_000;
/** Who held so long begins anew with short waits. */
const STEADY_MS = 60_000;

export interface LinkOptions extends Address {
  readonly approvedHash: string | null;
  /** Its tools as they were approved: known before it is connected, so that what was said of them holds over a restart. */
  readonly approvedTools: readonly RemoteTool[];
  readonly firstRetryMs?: number;
  readonly callMs?: number;
}

/** A server that is kept connected, and what it says of its tools compared with what a person approved. */
export interface Link {
  readonly name: string;
  readonly state: () => McpServer['state'];
  readonly error: () => string | null;
  readonly tools: () => readonly RemoteTool[];
  /** Of the tools as they are now; null before it was ever connected. */
  readonly hash: () => string | null;
  readonly approvedHash: () => string | null;
  approve(hash: string): void;
  /** Why its tools can't be called; null where they can, or will be once it is connected. */
  refusal(): string | null;
  /** Waits for a connection that is being made. @throws AppError `TOOL_NOT_READY`, `TOOL_FAILED`, `CancellationError` */
  call(tool: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<McpAnswer>;
  /** The first try, one way or the other. */
  readonly tried: Promise<void>;
  stop(): Promise<void>;
}

export const openLink = ({
  name,
  transport,
  signIn,
  approvedHash: approved,
  approvedTools,
  firstRetryMs = FIRST_RETRY_MS,
  callMs,
}: LinkOptions): Link => {
  let session: McpSession | undefined;
  let connecting: Promise<void> | undefined;
  let tools = approvedTools;
  let hash = approvedTools.length === 0 ? null : hashOf(approvedTools);
  let approvedHash = approved;
  let error: string | null = null;
  let failures = 0;
  let connectedAt = 0;
  let retry: NodeJS.Timeout | undefined;
  let isStopped = false;
  /** What it offers is being asked for again. */
  let looking: Promise<void> | undefined;

  const again = () => {
    if (isStopped || retry) return;
    if (connectedAt > 0 && performance.now() - connectedAt > STEADY_MS) failures = 0;
    retry = setTimeout(
      () => {
        retry = undefined;
        void connect();
      },
      Math.min(firstRetryMs * 2 ** failures, LAST_RETRY_MS),
    ).unref();
    failures += 1;
  };

  const look = async (at: McpSession): Promise<void> => {
    tools = await at.tools();
    hash = hashOf(tools);
  };

  const failed = (cause: unknown) => {
    error = cause instanceof AppError ? cause.message : `The MCP server "${name}" could not be connected.`;
    // Where a person has to sign in, another try would only ask them anew.
    if (!(cause instanceof AppError && cause.code === 'TOOL_NOT_READY')) again();
  };

  const attempt = async (): Promise<void> => {
    let mine: McpSession | undefined;
    let isStale = false;
    let isLooking = false;
    const isMine = () => mine !== undefined && session === mine && !isStopped;
    /** One look at a time, however often a server says that it changed. */
    const lookAgain = (at: McpSession): void => {
      if (!isStale || isLooking || !isMine()) return;
      isStale = false;
      isLooking = true;
      looking = look(at).then(
        () => {
          isLooking = false;
          looking = undefined;
          lookAgain(at);
        },
        (cause: unknown) => {
          looking = undefined;
          if (!isMine()) return;
          // What it offers is not known any more, so nothing of it is.
          hash = null;
          session = undefined;
          failed(cause);
          void at.close();
        },
      );
    };
    try {
      const opened = await openSession(
        { name, transport, signIn },
        {
          onDidEnd: () => {
            if (!isMine()) return;
            session = undefined;
            failed(new AppError('TOOL_FAILED', `The MCP server "${name}" has ended. Jan starts it again by itself.`));
          },
          onDidSignIn: () => {
            if (!isStopped) void connect();
          },
          onDidChangeTools: () => {
            isStale = true;
            if (mine && isMine()) lookAgain(mine);
          },
        },
        callMs,
      );
      mine = opened;
      if (isStopped) return await opened.close();
      try {
        await look(opened);
      } catch (cause) {
        await opened.close();
        throw cause;
      }
      session = opened;
      error = null;
      connectedAt = performance.now();
      lookAgain(opened);
    } catch (cause) {
      if (!isStopped) failed(cause);
    }
  };

  const connect = (): Promise<void> => {
    clearTimeout(retry);
    retry = undefined;
    connecting ??= attempt().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };

  const state = (): McpServer['state'] => {
    if (!session) return error === null || connecting ? 'connecting' : 'failed';
    if (approvedHash === null) return 'unapproved';
    return hash === approvedHash ? 'ready' : 'changed';
  };

  const refusal = (): string | null => {
    if (approvedHash === null)
      return `Look at the tools of the MCP server "${name}" under Agents, Tools, and approve them first.`;
    if (hash !== null && hash !== approvedHash)
      return `The MCP server "${name}" has changed what it says of its tools. Look at them under Agents, Tools, and approve them again.`;
    if (session || connecting) return null;
    return error ?? `The MCP server "${name}" is not connected.`;
  };

  const tried = connect();
  return {
    name,
    state,
    error: () => error,
    tools: () => tools,
    hash: () => hash,
    approvedHash: () => approvedHash,
    approve(given) {
      approvedHash = given;
    },
    tried,
    refusal,
    async call(tool, args, signal) {
      // Who has to sign in is not asked anew by each call.
      if (!session && (retry || connecting)) await cancellable(connect(), signal);
      // It said that its tools changed: first what of them did.
      if (looking) await cancellable(looking, signal);
      const why = refusal();
      if (why !== null || !session) throw new AppError('TOOL_NOT_READY', why ?? `The MCP server "${name}" has ended.`);
      return session.call(tool, args, signal);
    },
    async stop() {
      isStopped = true;
      clearTimeout(retry);
      signIn?.stop();
      const open = session;
      session = undefined;
      await open?.close();
      await connecting;
    },
  };
};
