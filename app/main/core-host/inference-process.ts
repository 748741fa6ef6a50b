import type { MessagePortMain } from 'electron';
import { Emitter } from '../../../node-core/common/index.ts';
import type { HostProcess } from '../../../node-core/inference/types.ts';
import type { FromCore } from '../messages.ts';

export interface InferenceProcesses {
  /** A new inference host, which main starts: a utility process can't start one itself. */
  start(): HostProcess;
  onStarted(id: number, pid: number, port: MessagePortMain): void;
  onExited(id: number, code: number): void;
}

interface Host {
  readonly messages: Emitter<unknown>;
  readonly exits: Emitter<{ readonly code: number | null; readonly signal: string | null }>;
  /** What was posted before the port came. */
  waiting: unknown[];
  port: MessagePortMain | undefined;
  pid: number | undefined;
}

export const createInferenceProcesses = (post: (message: FromCore) => void): InferenceProcesses => {
  const hosts = new Map<number, Host>();
  let lastId = 0;
  return {
    start() {
      lastId += 1;
      const id = lastId;
      const host: Host = {
        messages: new Emitter(),
        exits: new Emitter(),
        waiting: [],
        port: undefined,
        pid: undefined,
      };
      hosts.set(id, host);
      post({ type: 'start-inference', id });
      return {
        post(message) {
          if (host.port) host.port.postMessage(message);
          else host.waiting.push(message);
        },
        onMessage: host.messages.event,
        onExit: host.exits.event,
        get pid() {
          return host.pid;
        },
        kill: () => post({ type: 'kill-inference', id }),
      };
    },
    onStarted(id, pid, port) {
      const host = hosts.get(id);
      if (!host) return;
      host.pid = pid;
      host.port = port;
      port.on('message', ({ data }) => host.messages.fire(data));
      port.start();
      for (const message of host.waiting.splice(0)) port.postMessage(message);
    },
    onExited(id, code) {
      const host = hosts.get(id);
      if (!host) return;
      hosts.delete(id);
      host.port?.close();
      host.exits.fire({ code, signal: null });
      host.messages.dispose();
      host.exits.dispose();
    },
  };
};
