import { EventEmitter } from 'node:events';

/** Stands in for `MessagePortMain`: delivers later and in order, holds back until it is started. */
export class StandInPort extends EventEmitter {
  partner: StandInPort | undefined;
  #started = false;
  #closed = false;
  readonly #held: unknown[] = [];

  postMessage(data: unknown): void {
    const { partner } = this;
    if (this.#closed || !partner) return;
    const copy: unknown = structuredClone(data);
    setImmediate(() => partner.#receive(copy));
  }

  start(): void {
    this.#started = true;
    for (const data of this.#held.splice(0)) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { partner } = this;
    setImmediate(() => {
      partner?.close();
      this.emit('close');
    });
  }

  #receive(data: unknown): void {
    if (this.#closed) return;
    if (this.#started) this.emit('message', { data, ports: [] });
    else this.#held.push(data);
  }
}

export class StandInChannel {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();
  constructor() {
    this.port1.partner = this.port2;
    this.port2.partner = this.port1;
  }
}

/** What crosses the pipe between two processes, or between a process and the page. */
export type Carried =
  | { kind: 'message'; data: unknown; ports: number[] }
  | { kind: 'port'; id: number; data: unknown }
  | { kind: 'port-closed'; id: number };

/** Carries ports over something that can only carry values. */
export const createCarrier = (send: (carried: Carried) => void, firstId: number) => {
  const ports = new Map<number, StandInPort>();
  let nextId = firstId;
  const keep = (id: number, port: StandInPort): void => {
    ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => send({ kind: 'port', id, data }));
    port.once('close', () => {
      if (ports.delete(id)) send({ kind: 'port-closed', id });
    });
    port.start();
  };
  return {
    /** Takes a port that leaves this process; the far end makes its own under the id. */
    transfer(port: StandInPort): number {
      nextId += 2;
      keep(nextId, port);
      return nextId;
    },
    /** Makes the port that arrived under the id. */
    arrive(id: number): StandInPort {
      const { port1, port2 } = new StandInChannel();
      keep(id, port1);
      return port2;
    },
    deliver(carried: Exclude<Carried, { kind: 'message' }>): void {
      const port = ports.get(carried.id);
      if (carried.kind === 'port') port?.postMessage(carried.data);
      else if (ports.delete(carried.id)) port?.close();
    },
    closeAll(): void {
      for (const port of ports.values()) port.close();
      ports.clear();
    },
  };
};
