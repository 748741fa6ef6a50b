import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import {
  AppError,
  CancellationError,
  errorCode,
  type Run,
  type RunEvent,
  type RunResult,
  type StartRun,
} from '../contract/index.ts';
import { type Output, paint, printable } from './output.ts';
import type { Answers } from './questions.ts';
import type { NodeClient } from './session.ts';

type Result<Skill> = Extract<RunResult, { skill: Skill }>;

export interface PlanOptions {
  readonly today?: string;
  readonly model?: string;
}

export const plan = async (
  client: NodeClient,
  output: Output,
  goal: string,
  options: PlanOptions,
  signal: AbortSignal,
): Promise<void> => {
  const run = await follow(
    client,
    output,
    {
      skill: 'plan',
      goal: goal === '-' ? decode(await readStdin(), 'a goal') : goal,
      ...(options.today === undefined ? {} : { today: options.today }),
      ...(options.model === undefined ? {} : { modelId: options.model }),
    },
    signal,
  );
  const result = resultOf(run, 'plan');
  const made = new Map((await client.tasks.list({ view: 'run', runId: run.id })).map((task) => [task.id, task]));
  const tasks = result.taskIds
    .flatMap((id) => made.get(id) ?? [])
    .map(({ id, title, dueDate, dependsOn }) => ({ id, title, due: dueDate, dependsOn }));
  if (output.json) {
    return output.printJson({
      project: { id: result.projectId, name: result.projectName },
      tasks,
      note: { id: result.noteId, title: result.noteTitle },
    });
  }
  const numbers = new Map(tasks.map(({ id }, index) => [id, index + 1]));
  output.print(paint('bold', printable(result.projectName)));
  for (const [index, { title, due, dependsOn }] of tasks.entries()) {
    const after = dependsOn.flatMap((id) => numbers.get(id) ?? []).join(', ');
    output.print(
      `  ${String(index + 1).padStart(2)}. ${printable(title)}${due === null ? '' : paint('yellow', `  due ${due}`)}${after ? paint('dim', `  after ${after}`) : ''}`,
    );
  }
  output.print(paint('dim', `  Note: ${printable(result.noteTitle)}`));
};

export interface ExtractOptions {
  readonly date?: string;
  readonly model?: string;
}

export const extract = async (
  client: NodeClient,
  output: Output,
  file: string,
  options: ExtractOptions,
  signal: AbortSignal,
): Promise<void> => {
  const transcript = await readText(file, 'a transcript');
  const run = await follow(
    client,
    output,
    {
      skill: 'extract',
      transcript,
      ...(file === '-' ? {} : { name: basename(file).slice(0, 200) }),
      ...(options.date === undefined ? {} : { date: options.date }),
      ...(options.model === undefined ? {} : { modelId: options.model }),
    },
    signal,
  );
  const result = resultOf(run, 'extract');
  const decisions = result.decisions.map(({ text }) => text);
  const actions = result.actions.map(({ title, owner, due, line }) => ({ title, owner, due, line }));
  if (output.json) return output.printJson({ decisions, actions });
  output.print(paint('bold', `Decisions (${decisions.length})`));
  for (const decision of decisions) output.print(`  - ${printable(decision)}`);
  output.print(paint('bold', `Action items (${actions.length})`));
  for (const { title, owner, due, line } of actions) {
    output.print(
      `  [ ] ${printable(title)}${owner === null ? '' : paint('cyan', `  ${printable(owner)}`)}${due === null ? '' : paint('yellow', `  due ${due}`)}${paint('dim', `  line ${line}`)}`,
    );
  }
};

/** Starts a run and stays with it to its end; leaving early cancels it. */
export const follow = async (client: NodeClient, output: Output, start: StartRun, signal: AbortSignal): Promise<Run> =>
  // Not given the signal: who leaves while it starts cancels a run that there is.
  stayWith(client, output, (await client.runs.start(start)).id, signal);

/** Stays with a run to its end; leaving early cancels it. `answers` hear what it waits for, and end it where none is to be had. */
export const stayWith = async (
  client: NodeClient,
  output: Output,
  id: string,
  signal: AbortSignal,
  answers?: Pick<Answers, 'asked' | 'failed'>,
): Promise<Run> => {
  const left = new AbortController();
  const watched = async (): Promise<Run | undefined> => {
    for await (const event of await client.runs.watch({ id }, { signal: AbortSignal.any([signal, left.signal]) })) {
      if (event.type === 'step') output.progress(event.step.title);
      if (event.type === 'preview') output.progress(event.items.at(-1) ?? '');
      const questions = questionsOf(event);
      if (questions) answers?.asked(id, questions);
      const run = event.type === 'snapshot' || event.type === 'run' ? event.run : undefined;
      if (run && isOver(run)) return run;
    }
    return undefined;
  };
  try {
    const over = watched();
    over.catch(() => undefined);
    const run = await (answers ? Promise.race([over, answers.failed]) : over);
    if (run) return run;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    left.abort();
    output.progress('');
  }
  if (signal.aborted) {
    await client.runs.cancel({ id });
    throw new CancellationError();
  }
  const run = await client.runs.get({ id }).catch((error: unknown) => {
    if (errorCode(error) !== 'VAULT_LOCKED') throw error;
    return undefined;
  });
  if (run && isOver(run)) return run;
  throw new AppError(
    'VAULT_LOCKED',
    `Jan was locked or stopped while this run was under way. It is not lost: after the next unlock it goes on, and what it asks is answered on its page (run ${id}).`,
  );
};

/** All that the run waits for; undefined where the event does not tell. */
const questionsOf = (event: RunEvent) => {
  if (event.type === 'playbook') return event.playbook.questions;
  return event.type === 'snapshot' ? event.run.playbook?.questions : undefined;
};

const isOver = ({ state }: Run): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

export const resultOf = <Skill extends RunResult['skill']>(run: Run, skill: Skill): Result<Skill> => {
  if (run.state === 'cancelled') throw new CancellationError('The run was cancelled.');
  const { result } = run;
  if (run.state === 'done' && result && isOf(result, skill)) return result;
  throw Object.assign(new Error(run.error?.message ?? 'The run did not finish. Try again.'), {
    code: run.error?.code ?? 'INTERNAL',
  });
};

const isOf = <Skill extends RunResult['skill']>(result: RunResult, skill: Skill): result is Result<Skill> =>
  result.skill === skill;

/** The text of a file, or of stdin for `-`. `what`: as an error names it. @throws AppError */
export const readText = async (file: string, what: string): Promise<string> =>
  decode(file === '-' ? await readStdin() : await readFileOf(file), what);

/** What is longer than this is refused by the node in any case. */
const maxFileBytes = 32 * 1024 * 1024;

const readFileOf = async (file: string): Promise<Buffer> => {
  try {
    const { size } = await stat(file);
    if (size > maxFileBytes)
      throw new AppError(
        'INPUT_TOO_LONG',
        `${file} is larger than ${maxFileBytes / 1024 / 1024} MiB. Split it and give the parts.`,
      );
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      throw new AppError('NOT_FOUND', `There is no file ${file}. Check the path.`, { cause: error });
    if (code === 'EISDIR')
      throw new AppError('INPUT_NOT_TEXT', `${file} is a directory. Name a text file.`, { cause: error });
    if (code === 'EACCES') throw new AppError('FORBIDDEN', `This user may not read ${file}.`, { cause: error });
    throw error;
  }
};

const readStdin = async (): Promise<Buffer> =>
  Buffer.from(await readAll(process.stdin.setEncoding('latin1')), 'latin1');

const decode = (bytes: Buffer, what: string): string => {
  const notText = (cause?: unknown) =>
    new AppError('INPUT_NOT_TEXT', `This is not a text file. Give ${what} as plain text or Markdown, in UTF-8.`, {
      cause,
    });
  if (bytes.includes(0)) throw notText();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notText(cause);
  }
};
