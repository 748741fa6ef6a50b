/** Narrower than the formats where that costs nothing: times in UTC, random UUIDs. The rules stand in every dialect. */
export const formats: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'clock "Z"',
  'date-time': 'date "T" clock "Z"',
  uuid: 'uuid',
};
const date = String.raw`(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))`;
const hour = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const second = String.raw`:[0-5]\d(?:\.\d+)?`;
const uuid = (version: string, rest: string) =>
  `^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}${rest})$`;

/** Patterns that zod writes for its own formats. Its time has no zone. Zod itself is too large for the process that holds the models. */
export const knownPatterns: ReadonlyMap<unknown, string> = new Map([
  [`^${date}$`, 'date'],
  [`^${hour}(?:${second})?$`, 'clock'],
  [`^${date}T(?:${hour}${second}(?:Z))$`, 'date "T" clock "Z"'],
  [`^${date}T(?:${hour}${second}(?:Z|([+-]${hour})))$`, 'date "T" clock "Z"'],
  [uuid('[1-8]', '|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff'), 'uuid'],
  [uuid('4', ''), 'uuid'],
]);
