/** A wall-clock time as the milliseconds it would be in UTC: arithmetic on it knows nothing of clock changes. */
export type Wall = number;

export interface Zone {
  /** In a gap the clock as it was before it counts, in an overlap the first of the two, as RFC 5545 has it. */
  instantOf(wall: Wall): number;
}

export interface NamedZone extends Zone {
  readonly name: string;
  wallOf(instant: number): Wall;
}

const DAY = 86_400_000;

const build = (name: string): NamedZone => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const exactOffset = (instant: number): number => {
    const at: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) at[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000;
  };
  // Asking Intl takes a thousand times as long as the sum: a day without a change of the clock is asked for once.
  const midnights = new Map<number, number>();
  const atMidnight = (day: number): number => {
    const kept = midnights.get(day);
    if (kept !== undefined) return kept;
    const offset = exactOffset(day * DAY);
    if (midnights.size > 20_000) midnights.clear();
    midnights.set(day, offset);
    return offset;
  };
  const wallOf = (instant: number): Wall => {
    const day = Math.floor(instant / DAY);
    const offset = atMidnight(day);
    return instant + (offset === atMidnight(day + 1) ? offset : exactOffset(instant));
  };
  return {
    name,
    wallOf,
    instantOf(wall) {
      const before = wall - (wallOf(wall - DAY) - (wall - DAY));
      const after = wall - (wallOf(wall + DAY) - (wall + DAY));
      const exact = [before, after].filter((instant) => wallOf(instant) === wall);
      return exact.length > 0 ? Math.min(...exact) : before;
    },
  };
};

const known = new Map<string, NamedZone | undefined>();

/** A zone of the IANA database, also by a name that has a prefix (`/example.org/2005/Europe/Berlin`); else undefined. */
export const namedZone = (name: string): NamedZone | undefined => {
  if (known.has(name)) return known.get(name);
  const parts = name.split('/').filter((part) => part !== '');
  let zone: NamedZone | undefined;
  for (const candidate of new Set([name, parts.slice(-2).join('/'), parts.slice(-3).join('/')])) {
    try {
      zone ??= build(candidate);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  if (known.size > 500) known.clear();
  known.set(name, zone);
  return zone;
};

const pad = (value: number) => String(value).padStart(2, '0');

/** `2026-03-29T09:00:00+02:00` */
export const isoIn = (zone: NamedZone, instant: number): string => {
  const wall = zone.wallOf(instant);
  const minutes = Math.round((wall - instant) / 60_000);
  const size = Math.abs(minutes);
  return `${new Date(wall).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
};

/** `2026-03-29` of a wall-clock time. */
export const dayOf = (wall: Wall): string => new Date(wall).toISOString().slice(0, 10);

/** Midnight of a day. */
export const wallOfDay = (day: string): Wall => Date.parse(`${day}T00:00:00Z`);

/** A time as people and models write it: with an offset it is that instant, without one it is meant in `zone`. */
export const instantOfText = (text: string, zone: NamedZone): number =>
  /(Z|[+-]\d\d:?\d\d)$/u.test(text) ? Date.parse(text) : zone.instantOf(Date.parse(`${text}Z`));
