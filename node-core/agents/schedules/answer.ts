import { logFault, type Logger } from '../../common/index.ts';

/** So long a folder may take to answer: its drive may sleep, or be gone with the network. Milliseconds. */
export const patience = 5_000;
/** Node has four threads for files and names: so many that do not come back leave one for everything else. */
const mostAsked = 3;

/** Asks folders that may never answer, so that nobody waits for one longer than {@link patience}. */
export interface FolderAnswers {
  /**
   * Undefined where the folder did not answer in time, was not back from the last time, or the signal came first. `work` still comes to its end
   * then, if it ever does; until it has, the folder is asked nothing.
   */
  ask<T>(folder: string, work: () => Promise<T>, signal?: AbortSignal): Promise<{ readonly is: T } | undefined>;
  isSilent(folder: string): boolean;
}

/** `onDidAnswer`: one that was given up is back. */
export const createFolderAnswers = (components: {
  readonly logger: Logger;
  readonly onDidAnswer: () => void;
}): FolderAnswers => {
  const { logger, onDidAnswer } = components;
  const silent = new Set<string>();
  const queue: (() => void)[] = [];
  let free = mostAsked;

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (free === 0) await new Promise<void>((go) => queue.push(go));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };

  return {
    isSilent: (folder) => silent.has(folder),
    async ask(folder, work, signal) {
      if (silent.has(folder) || signal?.aborted) return undefined;
      let isOver = false;
      const over = Promise.withResolvers<undefined>();
      const giveUp = (): void => {
        isOver = true;
        silent.add(folder);
        over.resolve(undefined);
      };
      const timer = setTimeout(giveUp, patience).unref();
      signal?.addEventListener('abort', giveUp, { once: true });
      const answer = inTurn(async () => (isOver ? undefined : { is: await work() }))
        .catch((error: unknown) => {
          if (!isOver) throw error;
          logFault(logger, 'a folder that was given up failed', error);
          return undefined;
        })
        .finally(() => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          if (isOver && silent.delete(folder)) onDidAnswer();
        });
      return Promise.race([answer, over.promise]);
    },
  };
};
