import type { Client, StreamableHTTPClientTransport, Transport } from '@modelcontextprotocol/client';
import { AppError, type McpTransport } from '../../contract/index.ts';
import { guardedFetch, isTooLarge } from './guarded-fetch.ts';
import type { SignIn } from './sign-in.ts';
import { createStdioTransport } from './stdio-transport.ts';

const CONNECT_MS = 30_000;
const PROBE_MS = 5_000;

export interface Address {
  readonly name: string;
  readonly transport: McpTransport;
  /** For a server that is reached without a token, and may want one. */
  readonly signIn: SignIn | null;
}

export interface SessionEvents {
  readonly onDidEnd: () => void;
  readonly onDidChangeTools: () => void;
  readonly onDidSignIn: () => void;
}

export interface Greeted {
  readonly client: Client;
  /** Whether it sent more than is read since this was asked last. */
  readonly hadTooMuch: () => boolean;
  close(): Promise<void>;
}

/**
 * Connects, by whichever version of the protocol both know.
 * @throws AppError with what a person can do: `TOOL_FAILED`, `TOOL_NOT_READY` where they have to sign in first
 */
export const greet = async (
  { name, transport: address, signIn }: Address,
  events: SessionEvents,
  maxBytes: number,
): Promise<Greeted> => {
  // Few nodes have servers, and the start of none waits for this.
  const mcp = await import('@modelcontextprotocol/client');

  const reach = (): { transport: Transport; http?: StreamableHTTPClientTransport; said: () => string } => {
    if (address.type === 'stdio') {
      const child = createStdioTransport(address, {
        maxBytes,
        read: mcp.deserializeMessage,
        write: mcp.serializeMessage,
      });
      return { transport: child, said: child.said };
    }
    const http = new mcp.StreamableHTTPClientTransport(new URL(address.url), {
      fetch: guardedFetch(new URL(address.url), maxBytes),
      ...(signIn ? { authProvider: signIn.provider } : {}),
      requestInit: { headers: address.token === null ? {} : { authorization: `Bearer ${address.token}` } },
      reconnectionOptions: {
        maxRetries: 2,
        initialReconnectionDelay: 1_000,
        maxReconnectionDelay: 30_000,
        reconnectionDelayGrowFactor: 2,
      },
    });
    return { transport: http, http, said: () => '' };
  };

  const attempt = async (mode: 'auto' | 'legacy'): Promise<Greeted> => {
    const { transport, http, said } = reach();
    const client = new mcp.Client(
      { name: 'jan-node', version: '1' },
      {
        versionNegotiation: { mode, probe: { timeoutMs: PROBE_MS } },
        // Servers of 2026-07-28 tell only who subscribed, which this does.
        listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: events.onDidChangeTools } },
      },
    );
    let isClosed = false;
    let tooMuch = false;
    const close = async () => {
      isClosed = true;
      await client.close().catch(() => undefined);
      await transport.close();
    };
    client.onerror = (error) => {
      tooMuch ||= isTooLarge(error);
    };
    // Older ones that tell without having said that they would.
    client.setNotificationHandler('notifications/tools/list_changed', events.onDidChangeTools);
    try {
      await client.connect(transport, { timeout: CONNECT_MS });
    } catch (error) {
      await close();
      const page = http ? (signIn?.wait(http, events.onDidSignIn) ?? null) : null;
      if (page !== null)
        throw new AppError('TOOL_NOT_READY', `Sign in to the MCP server "${name}": open ${page} in your browser.`);
      throw explained(name, address, error, said());
    }
    signIn?.stop();
    client.onclose = () => {
      if (!isClosed) events.onDidEnd();
    };
    return {
      client,
      close,
      hadTooMuch() {
        const had = tooMuch;
        tooMuch = false;
        return had;
      },
    };
  };

  try {
    await signIn?.listen();
    return await attempt('auto');
  } catch (error) {
    // An older server may end where it is asked what it does not know: it is greeted again, as it knows it.
    if (error instanceof AppError && error.cause instanceof mcp.SdkError) return attempt('legacy');
    throw error;
  }
};

const explained = (name: string, address: McpTransport, error: unknown, said: string): AppError => {
  const failed = (what: string) => new AppError('TOOL_FAILED', `The MCP server "${name}" ${what}`, { cause: error });
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (address.type === 'stdio')
    return code === 'ENOENT'
      ? failed(`could not be started: there is no program "${address.command}". Give its full path, or install it.`)
      : failed(`did not come up. Start its command in a terminal to see why.${said === '' ? '' : ` It said: ${said}`}`);
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (code === 401 || status === 401 || (error instanceof Error && error.name === 'UnauthorizedError'))
    return failed('wants a token, or another one than it was given. Remove it and add it again with a token.');
  return failed('could not be reached. Check its address, and whether it runs.');
};
