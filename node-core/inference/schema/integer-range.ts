const range = (low: string, high: string): string => (low === high ? `"${low}"` : `[${low}-${high}]`);

/** Digit strings of one length between two of that length. */
const sameLength = (low: string, high: string): string => {
  if (low === '') return '""';
  const [lowHead, highHead] = [low.charAt(0), high.charAt(0)];
  const rest = low.length - 1;
  if (rest === 0) return range(lowHead, highHead);
  const [lowTail, highTail] = [low.slice(1), high.slice(1)];
  if (lowHead === highHead) return `"${lowHead}" (${sameLength(lowTail, highTail)})`;
  const zeros = '0'.repeat(rest);
  const nines = '9'.repeat(rest);
  const parts: string[] = [];
  let first = Number(lowHead);
  let last = Number(highHead);
  if (lowTail !== zeros) {
    parts.push(`"${lowHead}" (${sameLength(lowTail, nines)})`);
    first += 1;
  }
  const tail = highTail === nines ? null : `"${highHead}" (${sameLength(zeros, highTail)})`;
  if (tail !== null) last -= 1;
  if (first <= last) parts.push(`${range(String(first), String(last))} [0-9]{${rest}}`);
  if (tail !== null) parts.push(tail);
  return parts.join(' | ');
};

/** Whole numbers from `low` to `high`, neither negative, without leading zeros. */
const natural = (low: number, high: number): string => {
  const parts: string[] = [];
  const from = String(low);
  const to = Number.isFinite(high) ? String(high) : '9'.repeat(Math.max(16, from.length));
  for (let length = from.length; length <= to.length; length += 1) {
    const least = length === from.length ? from : `1${'0'.repeat(length - 1)}`;
    const most = length === to.length ? to : '9'.repeat(length);
    parts.push(sameLength(least, most));
  }
  return parts.join(' | ');
};

/** A GBNF rule body for the integers from `low` to `high`, both included; either may be infinite, which ends at 16 digits. */
export const integerRange = (low: number, high: number): string => {
  const parts: string[] = [];
  if (low < 0) parts.push(`"-" (${natural(Math.max(1, -Math.min(high, -1)), -low)})`);
  if (high >= 0) parts.push(natural(Math.max(0, low), high));
  return parts.join(' | ');
};
