import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  AppError,
  type Answer,
  type ContractHandlers,
  type Question,
  type Run,
  type RunDetail,
} from '../../contract/index.ts';
import type { Toolbox } from '../../tools/index.ts';
import type { RunBook } from '../book.ts';
import { summary } from '../journal.ts';
import type { Watchers } from '../watch.ts';
import { hashNow } from './call.ts';
import type { Incoming } from './incoming.ts';
import type { Tape } from './tape.ts';

/** Milliseconds that an answer waits for a run which is about to go on. */
const comingMs = 5_000;

/** What people say to runs, and the runs that are under way to hear it. */
export interface Answers {
  begun(runId: string, tape: Tape): void;
  ended(runId: string): void;
  readonly answer: ContractHandlers['runs']['answer'];
}

export const createAnswers = ({
  book,
  watchers,
  tools,
  resume,
}: {
  readonly book: Pick<RunBook, 'get' | 'rows' | 'append'>;
  readonly watchers: Pick<Watchers, 'announce' | 'onDidChangeRun'>;
  readonly tools: Toolbox;
  /** Takes a run up that may go on. */
  readonly resume: (run: Run) => void;
}): Answers => {
  const tapes = new Map<string, Tape>();
  /** Of runs that somebody waits to hear of. */
  const awaited = new Map<string, PromiseWithResolvers<void>>();
  const wake = (runId: string): void => {
    awaited.get(runId)?.resolve();
    awaited.delete(runId);
  };
  watchers.onDidChangeRun(({ id }) => wake(id));

  const changeOf = (runId: string): Promise<void> => {
    const change = awaited.get(runId) ?? Promise.withResolvers<void>();
    awaited.set(runId, change);
    return change.promise;
  };

  const say = async ({ id }: RunDetail, entry: Incoming): Promise<void> => {
    const heard = new AbortController();
    let late: Promise<never> | undefined;
    try {
      for (;;) {
        // Who answers as soon as they are asked does so before the run has come to rest.
        await setImmediate();
        const run = book.get(id);
        if (run.endedAt !== null)
          throw new AppError('CONFLICT', 'This run has ended in the meantime. Look at the run again.');
        const tape = tapes.get(run.id);
        if (tape) return await tape.deliver(entry);
        if (run.state === 'waiting') {
          watchers.announce(book.append(id, [entry]));
          return resume(summary(run));
        }
        // It was answered already and is about to go on, or to end: what follows from that is said before another answer counts.
        late ??= setTimeout(comingMs, undefined, { ref: false, signal: heard.signal }).then(() => {
          throw new AppError('CONFLICT', 'This run waits for its turn. Answer again in a moment.');
        });
        await Promise.race([changeOf(id), late]);
      }
    } finally {
      late?.catch(() => undefined);
      heard.abort();
    }
  };

  return {
    begun(runId, tape) {
      tapes.set(runId, tape);
      wake(runId);
    },

    ended: (runId) => void tapes.delete(runId),

    async answer({ id, questionId, answer }) {
      const run = book.get(id);
      const question = questionOf(run, questionId);
      fits(question, answer);
      const index = 'index' in question ? question.index : question.call.index;
      if (question.type === 'approve' && answer.type === 'approve' && answer.allow) {
        const asked = book
          .rows(id)
          .map(({ entry }) => entry)
          .find((entry) => entry.type === 'ask' && entry.id === questionId);
        const call = asked?.type === 'ask' && asked.about.type === 'approve' ? asked.about.call : undefined;
        const tool = call && tools.find(call.tool);
        if (!call || !tool || hashNow(tools, tool, call) !== question.call.hash) {
          await say(run, { type: 'voided', index, id: questionId });
          throw new AppError(
            'CONFLICT',
            `${question.call.tool} has changed since you were asked. Look at the question again.`,
          );
        }
      }
      await say(run, { type: 'answered', index, id: questionId, answer });
      return summary(book.get(id));
    },
  };
};

const questionOf = (run: RunDetail, id: string): Question => {
  const question = run.playbook?.questions.find((one) => one.id === id);
  if (!question) throw new AppError('CONFLICT', 'This is no longer asked. Look at the run again.');
  return question;
};

const fits = (question: Question, answer: Answer): void => {
  if (question.type !== answer.type)
    throw new AppError('BAD_REQUEST', 'This is no answer to what is asked. Look at the question again.');
  if (question.type === 'choose' && answer.type === 'choose' && answer.taken.some((at) => at >= question.items.length))
    throw new AppError('BAD_REQUEST', `There are ${question.items.length} proposals. Choose among these.`);
};
