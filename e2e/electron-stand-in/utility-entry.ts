import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { type Carried, createCarrier } from './ports.ts';

// The far end of the stand-in's `utilityProcess.fork`: gives the built entry the `process.parentPort` that it has in Electron.
const [, , modulePath = '', ...args] = process.argv;
process.argv = [process.argv[0] ?? '', modulePath, ...args];

const send = (carried: Carried): void => {
  if (process.connected) process.send?.(carried, undefined, {}, () => undefined);
};
const carrier = createCarrier(send, 1);
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown) => send({ kind: 'message', data, ports: [] }),
});
const early: Carried[] = [];
const deliver = (carried: Carried): void => {
  if (carried.kind !== 'message') carrier.deliver(carried);
  else parentPort.emit('message', { data: carried.data, ports: carried.ports.map((id) => carrier.arrive(id)) });
};
const unheard = (carried: Carried): boolean => carried.kind === 'message' && parentPort.listenerCount('message') === 0;
parentPort.on('newListener', (event) => {
  if (event !== 'message') return;
  setImmediate(() => {
    for (let next = early[0]; next && !unheard(next); next = early[0]) {
      early.shift();
      deliver(next);
    }
  });
});
const receive = (carried: Carried): void => {
  if (early.length > 0 || unheard(carried)) early.push(carried);
  else deliver(carried);
};
process.on('message', (carried: Carried) => receive(carried));
process.once('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: parentPort });
await import(pathToFileURL(modulePath).href);
