import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError } from '../../../node-core/contract/errors.ts';
import { lenient } from './lenient.ts';

/** What the person should know about the line to the core. */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  | { readonly status: 'waiting'; readonly attempt: number; readonly retryAt: number }
  /** `used`: the address to sign in with was used before, or is too old. */
  | { readonly status: 'signed-out'; readonly reason: 'missing' | 'refused' | 'used' };

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

/** Takes `#key=…` or `#code=…` out of the address, so that it stays in no history, bookmark or screenshot. */
const takeFromAddress = (name: 'key' | 'code'): string | undefined => {
  const taken = new RegExp(`^#${name}=([^&]+)`).exec(location.hash)?.[1];
  if (taken) history.replaceState(null, '', `${location.pathname}${location.search}#/inbox`);
  return taken;
};

const post = (path: string, init: RequestInit): Promise<Response> =>
  fetch(new URL(path, location.href), { method: 'POST', ...init });

/** The code of the address opens one session; its key is this browser's own. */
const exchangeCode = async (code: string): Promise<'accepted' | 'refused'> => {
  try {
    const answer = await post('/pair/exchange', { body: JSON.stringify({ code }) });
    const body: unknown = await answer.json();
    if (!answer.ok || typeof body !== 'object' || body === null || !('api_key' in body)) return 'refused';
    localStorage.setItem(keyName, String(body.api_key));
    return 'accepted';
  } catch {
    return 'refused';
  }
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
    const link = new SocketLink({ websocket: lenient(dialled) });
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

  /** Begins with what the address says, if it says something. */
  const enter = async (): Promise<void> => {
    const code = takeFromAddress('code');
    const key = takeFromAddress('key');
    if (key) localStorage.setItem(keyName, key);
    if (code && (await exchangeCode(code)) === 'refused' && !localStorage.getItem(keyName)) {
      state.setState({ status: 'signed-out', reason: 'used' }, true);
      return;
    }
    attempt = 0;
    dial();
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
      window.addEventListener('message', (event) => {
        const port = event.ports[0];
        if (event.source === window && event.data === 'jan:port' && port) takePort(port);
      });
      window.addEventListener('hashchange', () => {
        if (/^#(key|code)=/.test(location.hash)) void enter();
      });
      window.addEventListener('online', () => {
        if (state.getState().status === 'waiting') dial();
      });
      // The preload may have run before this listener was there: it answers with the port.
      window.postMessage('jan:ready', location.origin);
      void enter();
    },
    signIn(key) {
      localStorage.setItem(keyName, key.trim());
      attempt = 0;
      dial();
    },
    signOut() {
      const key = localStorage.getItem(keyName);
      // The session ends with it, if it is one; the page forgets it in any case.
      if (key) post('/pair/sign-out', { headers: { authorization: `Bearer ${key}` } }).catch(() => undefined);
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
