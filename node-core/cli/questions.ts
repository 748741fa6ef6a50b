import { createInterface } from 'node:readline';
import { type Answer, AppError, CancellationError, errorCode, type Question, visible } from '../contract/index.ts';
import { type Output, printable } from './output.ts';
import type { NodeClient } from './session.ts';

export interface Answers {
  /** All that the run waits for now: what is new is put to whoever is at the terminal, and what is no longer asked is taken back. */
  asked(runId: string, questions: readonly Question[]): void;
  /** Rejects where no answer is to be had. */
  readonly failed: Promise<never>;
  close(): void;
}

interface Asking {
  readonly runId: string;
  /** Aborts where nobody asks any more. */
  readonly end: AbortSignal;
}

/** Lines of stdin, which are answers: typed, or piped in. */
export const createAnswers = (client: NodeClient, output: Output, signal: AbortSignal): Answers => {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  /** Put, or being put. */
  const put = new Set<string>();
  let open: readonly Question[] = [];
  let now: { readonly id: string; readonly end: AbortController } | undefined;
  let isPutting = false;
  let input: ReturnType<typeof createInterface> | undefined;
  let lines: AsyncIterator<string> | undefined;
  /** A line that is read: what was taken back does not take it along. */
  let line: Promise<IteratorResult<string>> | undefined;

  const say = (text: string): void => {
    output.progress('');
    process.stderr.write(text);
  };

  const nextLine = async (runId: string, end: AbortSignal): Promise<string> => {
    input ??= createInterface({ input: process.stdin, terminal: false });
    lines ??= input[Symbol.asyncIterator]();
    line ??= lines.next();
    const stopped = Promise.withResolvers<never>();
    const stop = () => stopped.reject(new CancellationError());
    end.addEventListener('abort', stop, { once: true });
    try {
      const { value, done } = await Promise.race([line, stopped.promise]);
      line = undefined;
      if (done === true) {
        // What is said next has a line of its own.
        process.stderr.write('\n');
        throw new AppError(
          'CONFLICT',
          `The run waits for an answer, and nobody is there to give it. Answer it on its page (run ${runId}), or start it at a terminal.`,
        );
      }
      return value.trim().toLowerCase();
    } finally {
      end.removeEventListener('abort', stop);
    }
  };

  /** Until an answer can be read. */
  const ask = async <T>({ runId, end }: Asking, prompt: string, read: (line: string) => T | undefined): Promise<T> => {
    for (;;) {
      say(prompt);
      const answer = read(await nextLine(runId, end));
      if (answer !== undefined) return answer;
    }
  };

  const answerOf = (asking: Asking, question: Question): Promise<Answer> => {
    switch (question.type) {
      case 'approve':
        say(`${callText(question.call)}\n${printable(question.reason)}\n`);
        return ask(asking, 'Allow exactly this, once? [y/n] ', (line) =>
          yes.has(line)
            ? { type: 'approve', allow: true }
            : no.has(line)
              ? { type: 'approve', allow: false }
              : undefined,
        );
      case 'outcome':
        say(
          `${callText(question.call)}\n${printable(question.call.error?.message ?? 'Jan stopped while this was under way.')} Nobody here knows whether it happened.\n`,
        );
        return ask(asking, 'Did it happen? [y]es, [a]gain: it did not, do it; [s]kip it: ', (line) => {
          const happened = { y: 'yes', yes: 'yes', a: 'again', again: 'again', s: 'skip', skip: 'skip' } as const;
          return isKey(happened, line) ? { type: 'outcome', happened: happened[line] } : undefined;
        });
      case 'choose': {
        const { items } = question;
        for (const [index, item] of items.entries()) say(itemText(index + 1, item));
        return ask(asking, `${printable(question.question)} Numbers as 1,3-5, all or none: `, (line) => {
          const taken = numbers(line, items.length);
          return taken && { type: 'choose', taken };
        });
      }
    }
  };

  const putOne = async (runId: string, question: Question): Promise<void> => {
    const end = new AbortController();
    now = { id: question.id, end };
    const asking = { runId, end: AbortSignal.any([signal, end.signal]) };
    try {
      if (line) {
        // The line may be meant for the question before.
        say('Press Enter for what is asked next. ');
        await nextLine(runId, asking.end);
      }
      const answer = await answerOf(asking, question);
      now = undefined;
      await client.runs.answer({ id: runId, questionId: question.id, answer }, { signal });
    } catch (error) {
      if (end.signal.aborted && !signal.aborted)
        return say('\nThis is no longer asked: it was answered elsewhere, or the run has ended.\n');
      if (errorCode(error) !== 'CONFLICT' || now) throw error;
      say(`${error instanceof Error ? printable(error.message) : ''}\n`);
      open = (await client.runs.get({ id: runId }, { signal })).playbook?.questions ?? [];
      put.delete(question.id);
    } finally {
      now = undefined;
    }
  };

  const putAll = async (runId: string): Promise<void> => {
    for (;;) {
      const question = open.find(({ id }) => !put.has(id));
      if (!question) break;
      put.add(question.id);
      await putOne(runId, question);
    }
    isPutting = false;
  };

  return {
    failed: failed.promise,

    asked(runId, questions) {
      open = questions;
      if (now && !questions.some(({ id }) => id === now?.id)) now.end.abort();
      if (isPutting) return;
      isPutting = true;
      putAll(runId).catch((error: unknown) => failed.reject(error));
    },

    close() {
      if (now) process.stderr.write('\n');
      input?.close();
    },
  };
};

const yes: ReadonlySet<string> = new Set(['y', 'yes']);
const no: ReadonlySet<string> = new Set(['n', 'no']);

const isKey = <T extends object>(of: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(of, key);

const callText = ({
  tool,
  effect,
  arguments: given,
  argumentLabels,
}: Extract<Question, { type: 'approve' }>['call']): string => {
  const origins = Object.entries(argumentLabels).flatMap(([name, { sources }]) =>
    sources.length === 0 ? [] : [`  ${name} is from: ${sources.slice(0, 5).join(', ')}`],
  );
  return [
    '',
    `${tool} (${effect})`,
    ...visible(given)
      .split('\n')
      .map((line) => `  ${line}`),
    ...origins,
  ]
    .map((line) => printable(line))
    .join('\n');
};

/** Of a diff as much as one looks over. */
const shownLines = 12;

const itemText = (
  number: number,
  { title, detail, before, after }: Extract<Question, { type: 'choose' }>['items'][number],
): string => {
  const part = (mark: string, text: string | null) => {
    const lines = text?.split('\n') ?? [];
    const more = lines.length > shownLines ? [`${mark} … ${lines.length - shownLines} more lines`] : [];
    return [...lines.slice(0, shownLines).map((line) => `${mark} ${line}`), ...more];
  };
  const lines = [
    `${number}. ${title}${detail === '' ? '' : `: ${detail}`}`,
    ...[...part('-', before), ...part('+', after)].map((line) => `   ${line}`),
  ];
  return `${lines.map((line) => printable(line)).join('\n')}\n`;
};

/** Indices from 0 of `1,3-5`, `all` or `none`; undefined for anything else. */
const numbers = (line: string, count: number): number[] | undefined => {
  if (line === 'all') return Array.from({ length: count }, (_, index) => index);
  if (line === 'none') return [];
  const parts = line.split(/[,\s]+/u).filter((part) => part !== '');
  const found = parts.flatMap((part) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/u.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    return first >= 1 && last <= count && first <= last
      ? Array.from({ length: last - first + 1 }, (_, index) => first - 1 + index)
      : [undefined];
  });
  const known = found.filter((index) => index !== undefined);
  return parts.length === 0 || known.length < found.length ? undefined : [...new Set(known)];
};
