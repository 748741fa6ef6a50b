import { createInterface } from 'node:readline';
import { AppError, CancellationError } from '../contract/index.ts';

/** Asks for secrets: from a variable, from a terminal without echo, or line by line from stdin. */
export interface Secrets {
  ask(question: string, variable: string): Promise<string>;
  close(): void;
}

export const createSecrets = (): Secrets => {
  let lines: AsyncIterator<string> | undefined;
  const fromPipe = async (question: string): Promise<string> => {
    lines ??= createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
    const next = await lines.next();
    if (next.done)
      throw new AppError(
        'BAD_REQUEST',
        `${question} is missing. Type it in a terminal, or give it on stdin, one secret per line.`,
      );
    return next.value;
  };
  return {
    async ask(question, variable) {
      const given = process.env[variable];
      if (given !== undefined && given !== '') return given;
      return process.stdin.isTTY ? fromTerminal(question) : fromPipe(question);
    },
    close() {
      void lines?.return?.();
    },
  };
};

const fromTerminal = (question: string): Promise<string> => {
  const { stdin, stderr } = process;
  stderr.write(`${question}: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  const onData = (piece: string) => {
    for (const character of piece) {
      if (character === '\r' || character === '\n') return resolve(text);
      if (character === '\u0003' || character === '\u0004') return reject(new CancellationError());
      text = character === '\u007F' || character === '\b' ? [...text].slice(0, -1).join('') : text + character;
    }
  };
  stdin.on('data', onData);
  return promise.finally(() => {
    stdin.off('data', onData);
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  });
};
