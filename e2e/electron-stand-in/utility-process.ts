import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { ForkOptions } from 'electron';
import { type Carried, createCarrier, type StandInPort } from './ports.ts';

const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Stands in for `UtilityProcess`: a Node process of its own. */
class StandInUtilityProcess extends EventEmitter {
  readonly pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #carrier: ReturnType<typeof createCarrier>;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    const output = options.stdio === 'ignore' ? 'ignore' : 'inherit';
    const child = fork(join(import.meta.dirname, 'utility-entry.ts'), [modulePath, ...args], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', output, output, 'ipc'],
      env: { ...process.env, ...options.env },
    });
    living.add(child);
    this.#child = child;
    this.pid = child.pid;
    this.#carrier = createCarrier((carried) => this.#send(carried), 0);
    child.on('message', (carried: Carried) => {
      if (carried.kind === 'message') this.emit('message', carried.data);
      else this.#carrier.deliver(carried);
    });
    child.once('spawn', () => this.emit('spawn'));
    child.once('exit', (code) => {
      living.delete(child);
      this.#carrier.closeAll();
      this.emit('exit', code ?? 1);
    });
  }

  postMessage(data: unknown, transfer: StandInPort[] = []): void {
    this.#send({ kind: 'message', data, ports: transfer.map((port) => this.#carrier.transfer(port)) });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #send(carried: Carried): void {
    if (this.#child.connected) this.#child.send(carried, () => undefined);
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}): StandInUtilityProcess =>
    new StandInUtilityProcess(modulePath, args, options),
};
