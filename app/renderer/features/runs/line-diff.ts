export interface DiffLine {
  readonly kind: 'same' | 'out' | 'in';
  readonly text: string;
}

/** Beyond this many pairs of lines the two are shown whole, one after the other. */
const mostPairs = 250_000;

/** Which lines go and which come, by the longest common subsequence. */
export const diffLines = (before: string, after: string): readonly DiffLine[] => {
  const a = before === '' ? [] : before.split('\n');
  const b = after === '' ? [] : after.split('\n');
  const gone = a.map((text): DiffLine => ({ kind: 'out', text }));
  const come = b.map((text): DiffLine => ({ kind: 'in', text }));
  if (a.length * b.length > mostPairs) return [...gone, ...come];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const lengthAt = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        a[i] === b[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) lines.push({ kind: 'out', text: a[i++] ?? '' });
    else lines.push({ kind: 'in', text: b[j++] ?? '' });
  }
  return [...lines, ...gone.slice(i), ...come.slice(j)];
};

/** Lines that are shown around each change. */
const around = 3;

/** A stretch of lines; `folded` where it is far from what changes. */
export interface DiffPart {
  readonly folded: boolean;
  readonly lines: readonly DiffLine[];
}

/** What changes with the lines about it, and the stretches between; all of it in one where nothing changes or little would be folded. */
export const diffParts = (lines: readonly DiffLine[]): readonly DiffPart[] => {
  const changed = lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : [at]));
  if (changed.length === 0) return [{ folded: false, lines }];
  const near = new Set(changed.flatMap((at) => Array.from({ length: 2 * around + 1 }, (_, by) => at - around + by)));
  const parts: { folded: boolean; lines: DiffLine[] }[] = [];
  for (const [at, line] of lines.entries()) {
    const folded = !near.has(at);
    const last = parts.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else parts.push({ folded, lines: [line] });
  }
  // A fold takes a line itself.
  return parts.map((part) => (part.lines.length > 1 ? part : { ...part, folded: false }));
};
