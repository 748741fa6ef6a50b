import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError } from '../../../node-core/contract/errors.ts';

/** What the person should know about the line to the core. */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  | { readonly status: 'waiting'; readonly attempt: number; readonly retryAt: number }
  | { readonly status: 'signed-out'; readonly reason: 'missing' | 'refused' };

export interface Connection {
  readonly state: StoreApi<ConnectionState>;
  readonly link: ClientLink<ClientContext>;
  start(): void;
  signIn(key: string): void;
  signOut(): void;
  retryNow(): void;
}

const keyName = 'jan.key';
const firstDelay = 250;
const longestDelay = 8_000;

/** Takes `#key=…` out of the address, so that it stays in no history, bookmark or screenshot. */
const takeKeyFromAddress = (): void => {
  const match = /^#key=([^&]+)/.exec(location.hash);
  const key = match?.[1];
  if (!key) return;
  localStorage.setItem(keyName, key);
  history.replaceState(null, '', `${location.pathname}${location.search}#/inbox`);
};

const probe = async (key: string): Promise<'accepted' | 'refused' | 'unreachable'> => {
  try {
    const answer = await fetch(new URL('/v1/models', location.href), { headers: { authorization: `Bearer ${key}` } });
    return answer.status === 401 || answer.status === 403 ? 'refused' : 'accepted';
  } catch {
    return 'unreachable';
  }
};

/**
 * One line to the core: the MessagePort that the desktop's preload hands over, else a WebSocket that is opened
 * again, with a growing pause, whenever it falls.
 */
export const createConnection = (): Connection => {
  const state = createStore<ConnectionState>(() => ({ status: 'connecting' }));
  const isDesktop = location.protocol === 'app:';
  let current: ClientLink<ClientContext> | undefined;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let hasPort = false;

  const open = (link: ClientLink<ClientContext>): void => {
    attempt = 0;
    current = link;
    state.setState({ status: 'open' }, true);
  };

  const wait = (): void => {
    current = undefined;
    const delay = Math.min(longestDelay, firstDelay * 2 ** attempt) * (0.8 + Math.random() * 0.4);
    attempt += 1;
    state.setState({ status: 'waiting', attempt, retryAt: Date.now() + delay }, true);
    clearTimeout(timer);
    timer = setTimeout(dial, delay);
  };

  const leave = (): void => {
    const left = socket;
    socket = undefined;
    current = undefined;
    left?.close();
  };

  const dial = (): void => {
    clearTimeout(timer);
    if (hasPort || isDesktop) return;
    const key = localStorage.getItem(keyName);
    if (!key) {
      state.setState({ status: 'signed-out', reason: 'missing' }, true);
      return;
    }
    if (attempt === 0) state.setState({ status: 'connecting' }, true);
    leave();
    const url = new URL('/rpc', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const dialled = new WebSocket(url, ['jan.rpc', `bearer.${key}`]);
    socket = dialled;
    let wasOpen = false;
    const link = new SocketLink({ websocket: dialled });
    dialled.addEventListener('open', () => {
      wasOpen = true;
      if (socket === dialled) open(link);
    });
    dialled.addEventListener('close', () => {
      if (socket !== dialled) return;
      socket = undefined;
      current = undefined;
      if (wasOpen) {
        wait();
        return;
      }
      // A refused upgrade and a core that is away look alike to a WebSocket; a plain request tells them apart.
      void probe(key).then((answer) => {
        if (socket || hasPort || localStorage.getItem(keyName) !== key) return;
        if (answer === 'refused') state.setState({ status: 'signed-out', reason: 'refused' }, true);
        else wait();
      });
    });
  };

  const takePort = (port: MessagePort): void => {
    hasPort = true;
    clearTimeout(timer);
    leave();
    const link = new PortLink({ port });
    port.addEventListener('close', () => {
      if (current !== link) return;
      current = undefined;
      state.setState({ status: 'waiting', attempt: 1, retryAt: Date.now() + 1_000 }, true);
    });
    port.start();
    open(link);
  };

  const ready = (signal: AbortSignal | undefined): Promise<ClientLink<ClientContext>> => {
    if (current) return Promise.resolve(current);
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        if (current) {
          stop();
          resolve(current);
        } else if (state.getState().status === 'signed-out') {
          stop();
          reject(new AppError('UNAUTHORIZED', 'Sign in with an API key to go on.'));
        }
      };
      const onAbort = (): void => {
        stop();
        reject(new DOMException('Cancelled.', 'AbortError'));
      };
      const unsubscribe = state.subscribe(settle);
      const stop = (): void => {
        unsubscribe();
        signal?.removeEventListener('abort', onAbort);
      };
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
      else settle();
    });
  };

  return {
    state,
    link: {
      async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>) {
        const link = await ready(options.signal);
        return link.call(path, input, options);
      },
    },
    start() {
      takeKeyFromAddress();
      window.addEventListener('message', (event) => {
        const port = event.ports[0];
        if (event.source === window && event.data === 'jan:port' && port) takePort(port);
      });
      window.addEventListener('hashchange', () => {
        if (!location.hash.startsWith('#key=')) return;
        takeKeyFromAddress();
        attempt = 0;
        dial();
      });
      window.addEventListener('online', () => {
        if (state.getState().status === 'waiting') dial();
      });
      // The preload may have run before this listener was there: it answers with the port.
      window.postMessage('jan:ready', location.origin);
      dial();
    },
    signIn(key) {
      localStorage.setItem(keyName, key.trim());
      attempt = 0;
      dial();
    },
    signOut() {
      localStorage.removeItem(keyName);
      leave();
      state.setState({ status: 'signed-out', reason: 'missing' }, true);
    },
    retryNow() {
      if (state.getState().status !== 'waiting') return;
      dial();
    },
  };
};
