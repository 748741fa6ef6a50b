import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import {
  AppError,
  CancellationError,
  type Question,
  type Run,
  type RunResult,
  type StartRun,
} from '../contract/index.ts';
import { type Output, paint, printable } from './output.ts';
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

type OnQuestions = (runId: string, questions: readonly Question[]) => Promise<void>;

/** Starts a run and stays with it to its end; leaving early cancels it. */
export const follow = async (client: NodeClient, output: Output, start: StartRun, signal: AbortSignal): Promise<Run> =>
  stayWith(client, output, (await client.runs.start(start, { signal })).id, signal);

/** Stays with a run to its end; leaving early cancels it. `onQuestions` answers what the run waits for, and may throw. */
export const stayWith = async (
  client: NodeClient,
  output: Output,
  id: string,
  signal: AbortSignal,
  onQuestions: OnQuestions = async () => undefined,
): Promise<Run> => {
  try {
    for await (const event of await client.runs.watch({ id }, { signal })) {
      if (event.type === 'step') output.progress(event.step.title);
      if (event.type === 'preview') output.progress(event.items.at(-1) ?? '');
      const questions =
        event.type === 'playbook'
          ? (event.playbook.questions ?? [])
          : event.type === 'snapshot'
            ? (event.run.playbook?.questions ?? [])
            : [];
      if (questions.length > 0) await onQuestions(id, questions);
      const run = event.type === 'snapshot' || event.type === 'run' ? event.run : undefined;
      if (run && isOver(run)) return run;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    output.progress('');
  }
  if (signal.aborted) {
    await client.runs.cancel({ id });
    throw new CancellationError();
  }
  return client.runs.get({ id });
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
