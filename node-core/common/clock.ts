/** Time as the node sees it. A true edge: tests bring their own. */
export interface Clock {
  /** Unix time in milliseconds; may jump, also backwards. */
  now(): number;
  /** Milliseconds since some fixed point; never goes back. */
  monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** The calendar day of an instant in the machine's time zone, as `YYYY-MM-DD`. */
export const localDay = (millis: number): string => {
  const date = new Date(millis);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};
