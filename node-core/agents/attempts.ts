import { z } from 'zod';
import { AppError } from '../contract/index.ts';
import type { Dialogue, Question } from './steps.ts';

/** The first try is what the model thinks likeliest. Where that can't be used, another sample may. */
const attempts = [
  { key: '', seed: 1, temperature: 0 },
  { key: ' again', seed: 2, temperature: 0.7 },
];

/**
 * Asks until the answer can be read, twice at most.
 * @throws AppError `PLAN_UNUSABLE`
 */
export const askUntilUsable = async <T>(
  ask: Dialogue['ask'],
  question: Question,
  read: (answer: string) => T | null,
  wanted: string,
): Promise<T> => {
  for (const { key, seed, temperature } of attempts) {
    const answer = await ask({
      ...question,
      key: `${question.key}${key}`,
      request: { ...question.request, seed, temperature, unchecked: true },
    });
    const value = read(answer);
    if (value !== null) return value;
  }
  throw new AppError(
    'PLAN_UNUSABLE',
    `The model answered twice, but not with ${wanted}. Say it in other words, or choose a larger model under Models.`,
  );
};

/** Reads an answer under a JSON schema; `null` where it is not JSON or not to the schema: not every endpoint holds a model to it. */
export const fromJson =
  <T>(read: (json: unknown) => T) =>
  (answer: string): T | null => {
    try {
      return read(JSON.parse(answer));
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
      throw error;
    }
  };
