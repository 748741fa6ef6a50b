/** Bytes of a file from `from` up to, but not including, `to`. */
export type Range = readonly [from: number, to: number];

/** With `added`; sorted, apart from one another, none empty. */
export const addRange = (ranges: readonly Range[], added: Range): Range[] => {
  let [from, to] = added;
  if (to <= from) return [...ranges];
  const apart: Range[] = [];
  for (const range of ranges) {
    if (range[1] < from || range[0] > to) apart.push(range);
    else [from, to] = [Math.min(from, range[0]), Math.max(to, range[1])];
  }
  return [...apart, [from, to] as const].toSorted((a, b) => a[0] - b[0]);
};

/** Without `removed`. */
export const removeRange = (ranges: readonly Range[], [start, end]: Range): Range[] =>
  ranges.flatMap((range): Range[] => {
    const [from, to] = range;
    if (end <= start || to <= start || from >= end) return [range];
    const rest: Range[] = [
      [from, start],
      [end, to],
    ];
    return rest.filter(([left, right]) => left < right);
  });

export const bytesIn = (ranges: readonly Range[]): number => ranges.reduce((sum, [from, to]) => sum + to - from, 0);

/** The first bytes from `from` up to `to` that are in none of the ranges, at most `size` of them; `null` where none are left. */
export const nextGap = (ranges: readonly Range[], [from, to]: Range, size: number): Range | null => {
  let at = from;
  for (const range of ranges) {
    if (range[1] <= at) continue;
    if (range[0] > at) return at < to ? [at, Math.min(range[0], to, at + size)] : null;
    at = range[1];
  }
  return at < to ? [at, Math.min(to, at + size)] : null;
};

/** What of the ranges lies before `end`. */
export const clipRanges = (ranges: readonly Range[], end: number): Range[] =>
  ranges.flatMap(([from, to]): Range[] => (from < end ? [[from, Math.min(to, end)]] : []));
