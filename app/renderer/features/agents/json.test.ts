import { expect, it } from 'vitest';
import { isJson } from './json.ts';

it('knows what JSON can say', () => {
  for (const value of [null, '', 0, true, [], {}, [{ a: [1, null] }]]) expect(isJson(value)).toBe(true);
  for (const value of [undefined, Number.NaN, new Date(), new Map(), [undefined], { a: () => 1 }])
    expect(isJson(value)).toBe(false);
});
