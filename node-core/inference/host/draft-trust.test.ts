import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftTrust } from './draft-trust.ts';

/** Milliseconds: a token alone, a batch of 1 + `guesses`, and one guess. */
const ALONE = 10;
const batch = (guesses: number) => ALONE * (1 + guesses / 4);
const GUESS = 0.6;

/** Writes so many tokens, of whose guesses a share holds, as the planner would; the time that took. */
const write = (trust: ReturnType<typeof createDraftTrust>, tokens: number, holds: (index: number) => boolean) => {
  let spent = 0;
  let asked = 0;
  for (let written = 0; written < tokens; ) {
    const pays = trust.mayAsk && trust.confidence > 0.55;
    const tried = !pays && trust.mayTry;
    if (!pays && !tried) {
      trust.pass(ALONE);
      spent += ALONE;
      written += 1;
      continue;
    }
    let held = 0;
    while (held < 3 && holds(written + held)) held += 1;
    const ms = batch(3) + 3 * GUESS;
    trust.settle({ tried, guessed: 3, held, spent: ms, alone: ALONE });
    asked += 1;
    spent += ms;
    written += 1 + held;
  }
  return { spent, asked };
};

describe('trust in a draft model', () => {
  it('comes at once where guesses hold, and is worth their saving', () => {
    const { spent } = write(createDraftTrust(), 400, () => true);
    expect(spent).toBeLessThan((400 * ALONE) / 1.9);
  });

  it('goes where they never hold: what is tried costs no more than a hundredth', () => {
    const trust = createDraftTrust();
    const { spent, asked } = write(trust, 2_000, () => false);
    expect(spent).toBeLessThan(2_000 * ALONE * 1.01);
    // It is looked again all the same.
    expect(asked).toBeGreaterThan(3);
    const later = write(trust, 1_000, () => true);
    expect(later.spent).toBeLessThan((1_000 * ALONE) / 1.5);
  });

  it('loses little, whatever share of the guesses holds', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (share, seed) => {
        let state = seed >>> 0;
        const holds = () => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return state / 2 ** 32 < share;
        };
        expect(write(createDraftTrust(), 3_000, holds).spent).toBeLessThan(3_000 * ALONE * 1.015);
      }),
    );
  });

  it('is not lost for long to one batch that took very long', () => {
    const trust = createDraftTrust();
    trust.settle({ tried: true, guessed: 3, held: 3, spent: 1_000 * ALONE, alone: ALONE });
    const { spent } = write(trust, 6_000, () => true);
    expect(spent).toBeLessThan((6_000 * ALONE) / 1.2);
  });

  it('is not lost to one answer of another kind', () => {
    const trust = createDraftTrust();
    write(trust, 500, () => true);
    write(trust, 100, () => false);
    const { spent } = write(trust, 1_000, () => true);
    expect(spent).toBeLessThan((1_000 * ALONE) / 1.5);
  });
});
