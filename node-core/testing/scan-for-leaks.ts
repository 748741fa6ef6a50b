import { inflateRawSync, inflateSync, gunzipSync } from 'node:zlib';

const startsOf = (file: Buffer, marks: readonly Buffer[]): number[] => {
  const starts: number[] = [];
  for (const mark of marks) for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + 1)) starts.push(at);
  return starts;
};

const attempt = (inflate: (data: Buffer) => Buffer, data: Buffer): Buffer[] => {
  try {
    return [inflate(data)];
  } catch {
    return [];
  }
};

const ZLIB = [0x01, 0x5e, 0x9c, 0xda].map((level) => Buffer.of(0x78, level));
const GZIP = [Buffer.of(0x1f, 0x8b, 0x08)];
const partial = { finishFlush: 2 };

/** The file as it is, and whatever in it unpacks. */
const readings = (file: Buffer): Buffer[] => [
  file,
  ...startsOf(file, ZLIB).flatMap((at) => attempt((data) => inflateSync(data, partial), file.subarray(at))),
  ...startsOf(file, GZIP).flatMap((at) => attempt((data) => gunzipSync(data, partial), file.subarray(at))),
  ...attempt((data) => inflateRawSync(data, partial), file),
];

/** Long enough to be rare, short enough that phrases which begin alike share it. */
const PREFIX = 6;

/** Phrases that stand in any of the files: as UTF-8, UTF-16, Base64 or hex, plain or compressed. */
export const findLeaks = (files: ReadonlyMap<string, Buffer>, phrases: readonly string[]): string[] => {
  const needles = phrases.flatMap((phrase) => {
    const bytes = Buffer.from(phrase);
    const shifted = [0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(4, -4),
    );
    const forms = [
      bytes,
      Buffer.from(phrase, 'utf16le'),
      ...[bytes.toString('hex'), ...shifted].map((text) => Buffer.from(text)),
    ];
    return forms.map((needle) => ({ phrase, needle }));
  });
  const byPrefix = Map.groupBy(needles, ({ needle }) => needle.toString('latin1', 0, PREFIX));
  return [...files].flatMap(([name, file]) =>
    readings(file).flatMap((reading) =>
      [...byPrefix].flatMap(([prefix, candidates]) =>
        startsOf(reading, [Buffer.from(prefix, 'latin1')]).flatMap((at) =>
          candidates
            .filter(({ needle }) => reading.subarray(at, at + needle.length).equals(needle))
            .map(({ phrase }) => `${name}: ${phrase}`),
        ),
      ),
    ),
  );
};
