import { AppError, errorCode, toWireError } from '../../contract/errors.ts';
import type { FromHost, ToHost } from '../protocol.ts';
import type { Engine } from './engine.ts';
import type { HostPort } from './port.ts';

type Work = Exclude<ToHost, { type: 'cancel' | 'ping' | 'shutdown' }>;

/**
 * The core is who started this process, and it types what it sends by the schema of the same name. The schema itself stays with the core, which
 * reads what a process says that native code can corrupt; here it would cost a fifth of the memory and half of the start.
 */
const isOrder = (message: unknown): message is ToHost =>
  typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string';

/** Orders of the core in, results out. Loads and unloads follow one another; answers run side by side. */
export const serve = (port: HostPort, engine: Engine): void => {
  const running = new Map<number, () => void>();
  let changing: Promise<unknown> = Promise.resolve();
  const post = (message: FromHost) => port.post(message);

  const change = <T>(work: () => Promise<T>): Promise<T> => {
    const next = changing.then(work);
    changing = next.catch(() => undefined);
    return next;
  };

  const perform = async (order: Work, aborted: AbortSignal): Promise<unknown> => {
    switch (order.type) {
      case 'load':
        return change(() => engine.load(order, (value) => post({ type: 'progress', id: order.id, value }), aborted));
      case 'unload':
        return change(() => engine.unload(order.model));
      case 'generate': {
        const answer = await engine.generate(order, (part) => post({ type: 'part', id: order.id, part }));
        if (aborted.aborted) answer.cancel();
        else running.set(order.id, () => answer.cancel());
        return answer.done;
      }
      case 'count':
        return { tokens: engine.count(order) };
      case 'tokenize':
        return { tokens: engine.tokenize(order) };
      case 'detokenize':
        return { text: engine.detokenize(order) };
      case 'embed':
        return engine.embed(order, aborted, (value) => post({ type: 'progress', id: order.id, value }));
      case 'calibrate':
        return engine.calibrate(order.model);
      case 'threads':
        return engine.setThreads(order.model, order.threads);
      case 'devices':
        return engine.devices(order.gpu);
      case 'states':
        return engine.setStates(order.store);
    }
  };

  const handle = async (order: Work): Promise<void> => {
    const abort = new AbortController();
    running.set(order.id, () => abort.abort());
    try {
      const result = await perform(order, abort.signal);
      post({ type: 'done', id: order.id, result: result ?? null });
    } catch (error) {
      const isKnown = errorCode(error) !== undefined && !(error instanceof AppError && error.cause !== undefined);
      // What is stopped on the way fails in its own manner, which is no fault.
      if (!isKnown && !abort.signal.aborted) {
        const cause = error instanceof AppError ? error.cause : error;
        // What went wrong with an answer may quote the question.
        const text =
          cause instanceof Error && (order.type === 'load' || order.type === 'unload') ? `: ${cause.message}` : '';
        post({
          type: 'fault',
          message: `${order.type}: ${cause instanceof Error ? cause.name : typeof cause}${text}`.slice(0, 500),
        });
      }
      post({ type: 'failed', id: order.id, error: toWireError(error) });
    } finally {
      running.delete(order.id);
    }
  };

  const shutdown = (): void => {
    for (const cancel of running.values()) cancel();
    // Unloading before the exit keeps llama.cpp's own destructors off memory that is still in use.
    void change(() => engine.unloadAll()).finally(() => process.exit(0));
  };

  port.onMessage((message) => {
    if (!isOrder(message)) throw new Error('The core sent what is no order.');
    const order = message;
    if (order.type === 'cancel') running.get(order.target)?.();
    else if (order.type === 'ping') post({ type: 'pong' });
    else if (order.type === 'shutdown') shutdown();
    else void handle(order);
  });
  port.onClose(() => process.exit(0));
  post({ type: 'hello' });
};
