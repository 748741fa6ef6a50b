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
  readonly watchers: Pick<Watchers, 'announce'>;
  readonly tools: Toolbox;
  /** Takes a run up that may go on. */
  readonly resume: (run: Run) => void;
}): Answers => {
  const tapes = new Map<string, Tape>();
  /** Of runs that are about to go on. */
  const coming = new Map<string, PromiseWithResolvers<Tape>>();

  const takenUp = (id: string): Promise<Tape> => {
    const tape = coming.get(id) ?? Promise.withResolvers<Tape>();
    coming.set(id, tape);
    const late = setTimeout(comingMs, undefined, { ref: false }).then(() => {
      throw new AppError('CONFLICT', 'This run waits for its turn. Answer again in a moment.');
    });
    return Promise.race([tape.promise, late]);
  };

  const say = async ({ id }: RunDetail, entry: Incoming): Promise<void> => {
    // Who answers as soon as they are asked does so before the run has come to rest.
    await setImmediate();
    const run = book.get(id);
    const tape = tapes.get(run.id);
    if (tape) return tape.deliver(entry);
    // It was answered already and is about to go on: what follows from that is said before another answer counts.
    if (run.state !== 'waiting') return (await takenUp(run.id)).deliver(entry);
    watchers.announce(book.append(id, [entry]));
    resume(summary(run));
  };

  return {
    begun(runId, tape) {
      tapes.set(runId, tape);
      coming.get(runId)?.resolve(tape);
      coming.delete(runId);
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
