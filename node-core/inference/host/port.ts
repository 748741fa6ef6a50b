/** The line to the core. */
export interface HostPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The core is gone: nobody is left to answer. */
  onClose(listener: () => void): void;
}

/** The channel of `child_process.fork`. */
export const openPort = (): HostPort => {
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
