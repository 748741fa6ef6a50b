/** Tokens of the built-in model's vocabulary that carry structure. Each is one token; text never contains them (see `plainWord`). */
const numbered = (letter: string): string[] => Array.from({ length: 9 }, (_, index) => `<${letter}${index + 1}>`);

export const token = {
  extract: '<extract>',
  plan: '<plan>',
  answer: '<answer>',
  none: '<no>',
  decision: '<dec>',
  action: '<act>',
  reference: '<ref>',
  due: '<by>',
  me: '<me>',
  all: '<all>',
  nobody: '<who>',
  context: '<.>',
  topic: '<t>',
  detail: '<u>',
  after: '<after>',
  days: '<days>',
} as const;

export const unitMarkers = ['<a>', '<b>', '<c>', '<d>', '<e>', '<f>', '<g>', '<h>'] as const;
export const speakerTokens = numbered('s');
export const nameTokens = numbered('n');
export const dateTokens = numbered('d');

export const structureTokens: readonly string[] = [
  ...Object.values(token),
  ...unitMarkers,
  ...speakerTokens,
  ...nameTokens,
  ...dateTokens,
];

/** Makes a word safe to stand in a prompt: no character that could form a structure token, and no endless words. */
export function plainWord(word: string): string {
  return word.replace(/[<>\\"]/g, '').slice(0, 24);
}
