import type { Example } from './examples.ts';
import type { Random } from './random.ts';
export const planExample = (_random: Random): Example => ({ prompt: '<plan> x<answer>', answer: ' y' });
