import { AppError } from '../../contract/index.ts';

const MAX_NUMBERS = 1_000_000;
const MAX_OTHERS = 200_000;

/**
 * Whoever checks a body keeps a note of each value that does not fit: of tens of millions in one request the node would run out of memory. Numbers
 * come in lists of tokens, which are long.
 * @throws AppError `PAYLOAD_TOO_LARGE`
 */
export const requireCountable = (body: unknown): void => {
  let numbers = 0;
  let others = 0;
  const open: object[] = typeof body === 'object' && body !== null ? [body] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const values: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    for (const value of values) {
      if (typeof value === 'number') numbers += 1;
      else others += 1;
      if (typeof value === 'object' && value !== null) open.push(value);
      if (numbers > MAX_NUMBERS || others > MAX_OTHERS)
        throw new AppError(
          'PAYLOAD_TOO_LARGE',
          `The request has more than ${MAX_NUMBERS} numbers or ${MAX_OTHERS} other values. Send less at once.`,
        );
    }
  }
};
