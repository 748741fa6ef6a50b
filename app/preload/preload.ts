import { ipcRenderer } from 'electron';

/** Page and preload share this one word in both directions; the page learns of no other channel. */
const channel = 'jan:port';

ipcRenderer.on(channel, (event) => {
  const [port] = event.ports;
  if (port) window.postMessage(channel, location.origin, [port]);
});

// The page says that it listens: a port handed over before would be lost.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'jan:ready') ipcRenderer.send(channel);
});
