import type { MessagePortMain } from 'electron';
import { createEngine } from '../../../node-core/inference/host/engine.ts';
import { serve } from '../../../node-core/inference/host/serve.ts';

/** llama.cpp in a utility process: main starts it and hands it the line to the core; it hears nobody else. */
const run = (port: MessagePortMain): void => {
  serve(
    {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on('message', ({ data }) => listener(data));
        port.start();
      },
      onClose: (listener) => port.once('close', listener),
    },
    createEngine(),
  );
};

process.parentPort.once('message', ({ ports: [port] }) => {
  if (!port) throw new Error('The first message to the inference host carries its port.');
  run(port);
});
