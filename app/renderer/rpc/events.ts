import type { NodeEvent } from '../../../node-core/contract/index.ts';
import { api, connection } from './client.ts';

const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Hands every event of the core to `listener` until `signal` ends it; subscribes again whenever the line came back. */
export const followEvents = async (listener: (event: NodeEvent) => void, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      const events = await api.system.events(undefined, { signal });
      for await (const event of events) listener(event);
    } catch {
      // The connection's own state tells the person; here there is only the next attempt.
      await pause(connection.state.getState().status === 'signed-out' ? 1_000 : 250, signal);
    }
    await pause(50, signal);
  }
};
