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
export const askUntilUsable = async <T>(ask: Dialogue['ask'], question: Question, read: (answer: string) => T | null, wanted: string): Promise<T> => {
  for (const { key, seed, temperature } of attempts) {
    const answer = await ask({ ...question, key: `${question.key}${key}`, request: { ...question.request, seed, temperature } });
    const value = read(answer);
    if (value !== null) return value;
  }
  throw new AppError('PLAN_UNUSABLE', `The model answered twice, but not with ${wanted}. Say it in other words, or choose a larger model under Models.`);
};
