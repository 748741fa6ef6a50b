import { AppError, type StartRun } from '../contract/index.ts';

/** A goal is read up to 600 characters, and the person is told; past this it is surely not one. */
const longestGoal = 100_000;
const shownTitle = 200;

/** @throws AppError `GOAL_EMPTY`, `INPUT_NOT_TEXT`, `INPUT_TOO_LONG` */
export const checked = (input: StartRun): { readonly input: StartRun; readonly title: string } => {
  if (input.skill === 'plan') {
    if (!hasWords(input.goal))
      throw new AppError('GOAL_EMPTY', 'There is no goal to plan. Write in a few words what you want to reach.');
    if (input.goal.length > longestGoal)
      throw tooLong(
        'goal',
        input.goal.length,
        longestGoal,
        'Say what you want to reach in one or two sentences; keep the rest in a note.',
      );
    refuseBinary(input.goal, 'goal');
    return { input, title: firstLine(input.goal) };
  }
  if (input.skill === 'playbook') return { input, title: input.playbookId };
  refuseBinary(input.transcript, 'transcript');
  if (!hasWords(input.transcript))
    throw new AppError('BAD_REQUEST', 'The transcript is empty. Paste what was said, or give a text file.');
  return { input, title: firstLine(input.name ?? '') || firstLine(input.transcript) };
};

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const firstLine = (text: string): string => {
  const line =
    text
      .split('\n')
      .find((candidate) => hasWords(candidate))
      ?.trim() ?? '';
  return line.length > shownTitle ? `${line.slice(0, shownTitle - 1).trimEnd()}…` : line;
};

const tooLong = (what: string, length: number, limit: number, advice: string): AppError =>
  new AppError(
    'INPUT_TOO_LONG',
    `The ${what} has ${length.toLocaleString('en')} characters; at most ${limit.toLocaleString('en')} are read. ${advice}`,
  );

/** Bytes read as UTF-8 show as U+0000 or as replacement characters; a stray one occurs in honest text. */
const refuseBinary = (text: string, what: string): void => {
  const strange = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/gu)?.length ?? 0;
  if (text.includes('\u0000') || (strange > 2 && strange > text.length / 200)) {
    throw new AppError(
      'INPUT_NOT_TEXT',
      `The ${what} is not text. Give plain text: open the file in a program that reads it and copy the words.`,
    );
  }
};
