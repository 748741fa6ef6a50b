import { z } from 'zod';

/** Narrower than the formats where that costs nothing: times in UTC, random UUIDs. The rules stand in every dialect. */
export const formats: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'clock "Z"',
  'date-time': 'date "T" clock "Z"',
  uuid: 'uuid',
};
/** Patterns that zod writes for its own formats. Its time has no zone. */
export const knownPatterns: ReadonlyMap<unknown, string> = new Map([
  [z.regexes.date.source, 'date'],
  [z.regexes.time({}).source, 'clock'],
  [z.regexes.datetime({}).source, 'date "T" clock "Z"'],
  [z.regexes.datetime({ offset: true }).source, 'date "T" clock "Z"'],
  [z.regexes.uuid().source, 'uuid'],
  [z.regexes.uuid(4).source, 'uuid'],
]);
