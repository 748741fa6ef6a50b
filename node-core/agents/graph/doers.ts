import { z } from 'zod';
import type { Clock } from '../../common/index.ts';
import { AppError, CancellationError, type RunDetail } from '../../contract/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { Store } from '../../storage/index.ts';
import { OutcomeUnknown, type Tool, type Toolbox } from '../../tools/index.ts';
import type { RunBook } from '../book.ts';
import { generatePatiently } from '../generate.ts';
import type { Watchers } from '../watch.ts';
import { type Doers, isHarmless } from './context.ts';
import { EndOfTape } from './tape.ts';

type Json = z.core.util.JSONType;

/** Seconds until a tool that does not answer is given up, where it names none itself. */
const toolSeconds = 120;
/** Results of more characters are no use to a run. */
const longestResult = 2_000_000;

/** What a run does to the world. */
export const createDoers = ({
  book,
  watchers,
  store,
  inference,
  tools,
  clock,
}: {
  readonly book: Pick<RunBook, 'get' | 'appendIn'>;
  readonly watchers: Watchers;
  readonly store: () => Store;
  readonly inference: Pick<Inference, 'generate'>;
  readonly tools: Pick<Toolbox, 'context'>;
  readonly clock: Clock;
}) => {
  const calledWithin = async (tool: Tool, given: Json, run: RunDetail, signal: AbortSignal): Promise<Json> => {
    const seconds = tool.seconds ?? toolSeconds;
    const limit = AbortSignal.timeout(seconds * 1_000);
    const both = AbortSignal.any([signal, limit]);
    const over = Promise.withResolvers<never>();
    const onAbort = () =>
      over.reject(
        signal.aborted
          ? new CancellationError()
          : new OutcomeUnknown(`${tool.name} did not answer within ${seconds} seconds.`),
      );
    both.addEventListener('abort', onAbort);
    try {
      const context = tools.context(tool, { egress: run.playbook?.playbook.egress ?? [], signal: both });
      const result = await Promise.race([tool.call(given, context), over.promise]);
      const text = JSON.stringify(result ?? null);
      if (text.length > longestResult) {
        const said = `${tool.name} answered with ${text.length} characters; at most ${longestResult} are taken.`;
        if (!isHarmless(tool)) throw new OutcomeUnknown(said);
        throw new AppError('BAD_REQUEST', `${said} Ask it for less.`);
      }
      return z.json().parse(JSON.parse(text));
    } catch (error) {
      if (signal.aborted) throw new CancellationError();
      throw error;
    } finally {
      both.removeEventListener('abort', onAbort);
    }
  };

  return (run: RunDetail, signal: AbortSignal): Doers => ({
    now: () => clock.now(),
    generate(index, request) {
      // Of items that are written at the same time, no text would be in one piece; what fills a form is in no words.
      const isOne = run.playbook?.playbook.steps[index]?.each === undefined && request.grammar === undefined;
      const onText = (piece: string) => isOne && watchers.text(run.id, index, piece);
      return generatePatiently(inference, { ...request, signal, onText }, () => onText('\n\n'));
    },
    call: (tool, given) => calledWithin(tool, given, run, signal),
    transact(work) {
      if (book.get(run.id).undoneAt !== null)
        throw new AppError(
          'CONFLICT',
          'What this run had done was undone while it was under way, so it stopped there. Start it again if you want its result.',
        );
      const { entries, written } = store().transact({ actor: 'agent', label: run.title, runId: run.id }, (tx) => {
        const made = work({ store: store(), tx, now: clock.now(), runId: run.id });
        return { entries: made, written: book.appendIn(tx, run.id, made) };
      });
      watchers.announce(written.commit());
      return entries;
    },
  });
};

/** Of a replay. */
export const nothingDone: Doers = {
  now: () => 0,
  generate: () => Promise.reject(new EndOfTape()),
  call: () => Promise.reject(new EndOfTape()),
  transact: () => {
    throw new EndOfTape();
  },
};
