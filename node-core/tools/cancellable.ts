import { CancellationError } from '../contract/index.ts';

/** What a promise comes to, without waiting for it once nobody wants it. @throws CancellationError then */
export const cancellable = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  const cancel = () => reject(new CancellationError());
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([cancelled, promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};
