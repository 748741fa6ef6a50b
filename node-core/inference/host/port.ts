/** The line to the core. */
export interface HostPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The core is gone: nobody is left to answer. */
  onClose(listener: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const isParentPort = (value: unknown): value is ParentPort =>
  typeof value === 'object' &&
  value !== null &&
  'postMessage' in value &&
  typeof value.postMessage === 'function' &&
  'on' in value &&
  typeof value.on === 'function';

/** The channel of `child_process.fork`, or of Electron's utility process. */
export const openPort = (): HostPort => {
  const parent: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(parent)) {
    return {
      post: (message) => parent.postMessage(message),
      onMessage: (listener) => parent.on('message', ({ data }) => listener(data)),
      // Electron ends a utility process with the process that made it.
      onClose: () => undefined,
    };
  }
  if (!process.send) throw new Error('The inference host is started by Jan itself and has no use alone.');
  const send = process.send.bind(process);
  return {
    post: (message) => {
      // A core that is gone is noticed by `disconnect`; what was meant for it has no other reader.
      if (process.connected) send(message, undefined, {}, () => undefined);
    },
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.once('disconnect', listener),
  };
};
