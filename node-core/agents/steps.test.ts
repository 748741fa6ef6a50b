import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../common/index.ts';
import { AppError } from '../contract/index.ts';
import type { GenerateRequest, GenerateResult } from '../inference/index.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { plainResult } from '../testing/plain-result.ts';
import { createRunBook, type RunBook } from './book.ts';
import { createSteps, type Steps } from './steps.ts';
import { createWatchers } from './watch.ts';

type Answer = (request: GenerateRequest) => Promise<string>;

let opened: ReturnType<typeof openTestStore>;
let book: RunBook;
let asked: string[];
const store = () => opened.store;

beforeEach(() => {
  opened = openTestStore();
  asked = [];
  book = createRunBook({ store, clock: systemClock });
  book.create({
    id: 'run-1',
    title: 'Plan a picnic',
    modelId: 'model',
    place: 'this-machine',
    assignment: { input: { skill: 'plan', goal: 'Plan a picnic' }, today: '2026-06-01', builtin: false, task: null },
  });
});
afterEach(() => opened.dispose());

const steps = (answer: Answer, signal = new AbortController().signal): Steps => {
  const generate = async (request: GenerateRequest): Promise<GenerateResult> => {
    asked.push('prompt' in request.input ? request.input.prompt : '');
    const text = await answer(request);
    return plainResult(text, { promptTokens: 3 });
  };
  return createSteps(
    { book, watchers: createWatchers(), inference: { generate }, store, clock: systemClock },
    { runId: 'run-1', title: 'Plan a picnic', modelId: 'model', signal },
  );
};

const question = (key: string) => ({ key, request: { input: { prompt: `ask ${key}` }, maxTokens: 10 } });

const program = async (run: Steps): Promise<string> => {
  const place = await run.generate('Choose', null, async ({ ask }) => {
    const answers = [await ask(question('a')), await ask(question('b'))];
    return { value: answers.join(' '), output: null };
  });
  const loud = run.rule('Shout', () => ({ value: place.toUpperCase(), output: place }));
  return run.apply('Write down', z.string(), ({ tx }) => {
    tx.put('section', { id: `section-${asked.length}`, projectId: 'p', name: loud, position: 1, deletedAt: null });
    return { value: loud, output: loud, touched: [] };
  });
};

const sections = () => store().all(store().qb.selectFrom('section').selectAll());

describe('steps', () => {
  it('journals what a program does, and does nothing of it again', async () => {
    const first = await program(steps(async ({ input }) => ('prompt' in input ? input.prompt.slice(4) : '')));
    expect(first).toBe('A B');
    const before = book.rows('run-1');
    const again = await program(
      steps(async () => {
        throw new Error('a recorded answer was asked for again');
      }),
    );
    expect(again).toBe('A B');
    expect(book.rows('run-1')).toEqual(before);
    expect(sections()).toHaveLength(1);
    expect(asked).toEqual(['ask a', 'ask b']);
    const run = book.get('run-1');
    expect(run.steps.map(({ kind, title, state }) => [kind, title, state])).toEqual([
      ['generate', 'Choose', 'done'],
      ['rule', 'Shout', 'done'],
      ['apply', 'Write down', 'done'],
    ]);
    expect(run.steps[0]).toMatchObject({ output: 'a\n\nb', promptTokens: 6, outputTokens: 4 });
    expect(run).toMatchObject({ promptTokens: 6, outputTokens: 4 });
  });

  it('goes on with the question that has no answer', async () => {
    const interrupted = steps(async ({ input }) => {
      if ('prompt' in input && input.prompt === 'ask b') throw new AppError('ENDPOINT_FAILED', 'The endpoint is gone.');
      return 'first';
    });
    await expect(program(interrupted)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(await program(steps(async () => 'second'))).toBe('FIRST SECOND');
    expect(asked).toEqual(['ask a', 'ask b', 'ask b']);
  });

  it('keeps neither change nor entry of a step whose work throws', async () => {
    const run = steps(async () => '');
    const fail = () =>
      run.apply('Write down', z.string(), ({ tx }) => {
        tx.put('section', { id: 's', projectId: 'p', name: 'half', position: 1, deletedAt: null });
        throw new Error('half way');
      });
    expect(fail).toThrow('half way');
    expect(sections()).toEqual([]);
    expect(book.rows('run-1').map(({ entry }) => entry.type)).toEqual(['created']);
  });

  it('asks once more after a crash of the model, and then gives up', async () => {
    let crashes = 1;
    const answer: Answer = async () => {
      if (crashes-- > 0) throw new AppError('INFERENCE_CRASHED', 'The model process ended.');
      return 'x';
    };
    expect(
      await steps(answer).generate('Choose', null, async ({ ask }) => ({
        value: await ask(question('a')),
        output: null,
      })),
    ).toBe('x');
    crashes = 2;
    const twice = steps(answer).generate('Choose', null, async ({ ask }) => ({
      value: await ask(question('other')),
      output: null,
    }));
    await expect(twice).rejects.toMatchObject({ code: 'INFERENCE_CRASHED' });
  });

  it('does not take an answer that came in after the run was stopped', async () => {
    const stop = new AbortController();
    const run = steps(async () => {
      stop.abort();
      return 'late';
    }, stop.signal);
    await expect(program(run)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(book.rows('run-1').map(({ entry }) => entry.type)).toEqual(['created', 'step']);
  });

  it('refuses to go on with a program that takes another way than the journal', async () => {
    await program(steps(async () => 'x'));
    expect(() => steps(async () => '').rule('Choose', () => ({ value: 1, output: '' }))).toThrow(
      expect.objectContaining({ code: 'CONFLICT' }),
    );
  });
});
