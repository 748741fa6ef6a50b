/** Whether a draft model's guesses pay: how many held lately, and what was won or lost by asking for them. */
export interface DraftTrust {
  /** Share of guesses that hold, one by one. */
  readonly confidence: number;
  /** Whether it may be asked although it is not known to pay. */
  readonly mayTry: boolean;
  /** Whether it may be asked where it is expected to pay. */
  readonly mayAsk: boolean;
  /** A batch without its guesses took so long. */
  pass(ms: number): void;
  settle(outcome: {
    /** Whether it was only tried. */
    readonly tried: boolean;
    readonly guessed: number;
    readonly held: number;
    /** Milliseconds, the guesses themselves included. */
    readonly spent: number;
    /** Milliseconds for a token without guesses. */
    readonly alone: number;
  }): void;
}

/** What a guess says about the next loses this much of its weight with every later one. */
const FADE = 0.96;
/** A try starts afresh: what was seen long ago says little about now. */
const REMEMBERED = 0.1;
const TRY = 3;
/** Tries may cost this part of the time. */
const STAKE = 0.005;
/** Tokens whose time may be lost although guesses were expected to pay. */
const MOST_LOST = 8;
/** More is not charged: a batch that other programs held up would keep it silent for long. */
const MOST_OWED = 12;
/** So much of what was won may be lost again before it counts as lost. */
const MOST_SAVED = 64;

export const createDraftTrust = (): DraftTrust => {
  let held = 0;
  let seen = 0;
  /** Milliseconds won and not lost again; below 0 it has to be earned back. */
  let purse = 0;
  let limit = 0;
  let trying = 0;

  return {
    get confidence() {
      // A little less than was seen: what is asked for in vain costs more than what is not asked for.
      return (held + 0.5) / (seen + 2);
    },
    get mayTry() {
      return trying > 0 || purse >= 0;
    },
    get mayAsk() {
      return purse >= -limit;
    },
    pass(ms) {
      purse += ms * STAKE;
    },
    settle({ tried, guessed, held: holding, spent, alone }) {
      if (tried && trying === 0) {
        held *= REMEMBERED;
        seen *= REMEMBERED;
        trying = TRY;
      }
      for (let index = 0; index < Math.min(guessed, holding + 1); index += 1) {
        seen = seen * FADE + 1;
        held = held * FADE + (index < holding ? 1 : 0);
      }
      // Where not even the first guess holds, the next will not either.
      trying = tried && holding > 0 ? trying - 1 : 0;
      limit = alone * MOST_LOST;
      const next = purse + (holding + 1) * alone - spent;
      purse = Math.max(-alone * MOST_OWED, Math.min(next, alone * MOST_SAVED));
    },
  };
};
