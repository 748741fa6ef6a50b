import type { Clock, Disposable } from '../common/index.ts';
import type { ApiKey } from '../contract/index.ts';

export interface Expiry extends Disposable {
  /** There are other keys, or other times. */
  watch(): void;
}

export interface ExpiryComponents {
  readonly entries: () => Iterable<Pick<ApiKey, 'id' | 'expiresAt'>>;
  readonly onExpired: (id: string) => void;
  readonly clock: Clock;
}

/** Timers count the time that passes, expiry goes by the clock: it may be set, or the machine may have slept. */
const longestWait = 60_000;

/** What a key opened ends with it, also where nobody asks for anything just then. */
export const createExpiry = ({ entries, onExpired, clock }: ExpiryComponents): Expiry => {
  let timer: NodeJS.Timeout | undefined;
  let told = clock.now();
  const watch = (): void => {
    clearTimeout(timer);
    let next = Number.POSITIVE_INFINITY;
    for (const { expiresAt } of entries()) if (expiresAt !== null && expiresAt > told) next = Math.min(next, expiresAt);
    if (!Number.isFinite(next)) return;
    timer = setTimeout(tell, Math.max(0, Math.min(next - clock.now() + 1, longestWait))).unref();
  };
  const tell = (): void => {
    const [from, to] = [told, clock.now()];
    told = to;
    const over = [...entries()].filter(({ expiresAt }) => expiresAt !== null && expiresAt > from && expiresAt <= to);
    for (const { id } of over) onExpired(id);
    watch();
  };
  return { watch, dispose: () => clearTimeout(timer) };
};
