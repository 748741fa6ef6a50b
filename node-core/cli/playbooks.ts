import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  AppError,
  type PlaybookEntry,
  type PlaybookFault,
  type PlaybookResult,
  type Run,
  type StartRun,
} from '../contract/index.ts';
import { type Output, paint, printable, table, usageError } from './output.ts';
import { createAnswers } from './questions.ts';
import { readText, resultOf, stayWith } from './runs.ts';
import type { NodeClient } from './session.ts';

type Json = z.core.util.JSONType;
type Inputs = Extract<StartRun, { skill: 'playbook' }>['inputs'];

export interface RunOptions {
  readonly input?: readonly string[];
  readonly file?: readonly string[];
  readonly today?: string;
  readonly model?: string;
}

const pair = (option: string, given: string): readonly [string, string] => {
  const at = given.indexOf('=');
  if (at < 1) throw usageError(`${option} ${given}: write it as ${option} name=value.`);
  return [given.slice(0, at).trim(), given.slice(at + 1)];
};

/** `--input` and `--file`; text of a file in the place of a value. */
const inputsOf = async ({ input = [], file = [] }: RunOptions): Promise<Inputs> => {
  const values = input.map((each) => pair('--input', each));
  for (const each of file) {
    const [name, path] = pair('--file', each);
    values.push([name, await readText(path, `“${name}”`)]);
  }
  const twice = values.find(([name], index) => values.findIndex(([other]) => other === name) < index);
  if (twice) throw usageError(`The input “${twice[0]}” is given twice.`);
  return Object.fromEntries(values);
};

export const runPlaybook = async (
  client: NodeClient,
  output: Output,
  playbookId: string,
  options: RunOptions,
  signal: AbortSignal,
): Promise<void> => startPlaybook(client, output, playbookId, await inputsOf(options), options, signal);

/** What is started, as far as options say it. */
const startOf = (
  playbookId: string,
  inputs: Inputs,
  { today, model }: Pick<RunOptions, 'today' | 'model'>,
): Extract<StartRun, { skill: 'playbook' }> => ({
  skill: 'playbook',
  playbookId,
  inputs,
  ...(today === undefined ? {} : { today }),
  ...(model === undefined ? {} : { modelId: model }),
});

/** Stays with the run and shows what came of it. */
export const startPlaybook = (
  client: NodeClient,
  output: Output,
  playbookId: string,
  inputs: Inputs,
  options: Pick<RunOptions, 'today' | 'model'>,
  signal: AbortSignal,
): Promise<void> => toTheEnd(client, output, () => client.runs.start(startOf(playbookId, inputs, options)), signal);

/** A goal in words: the playbook that is nearest to it, fitted to it where somebody typed it. */
export const runGoal = async (
  client: NodeClient,
  output: Output,
  goal: string,
  options: RunOptions,
  signal: AbortSignal,
): Promise<void> => {
  const given = await inputsOf(options);
  const found = await client.playbooks.compose(
    {
      goal: goal === '-' ? (await readText('-', 'a goal')).trim() : goal,
      typed: goal !== '-',
      ...(options.model === undefined ? {} : { modelId: options.model }),
    },
    { signal },
  );
  const { playbook, nearest, changes } = found;
  if (!output.json) {
    output.print(
      paint(
        'dim',
        nearest === null ? printable(playbook.description) : `Playbook: ${printable(playbook.name)} (${nearest})`,
      ),
    );
    for (const change of changes) output.print(paint('dim', printable(change)));
    output.print('');
  }
  const start = startOf(playbook.id, { ...found.inputs, ...given }, options);
  await toTheEnd(
    client,
    output,
    () => client.runs.start(changes.length > 0 ? { ...start, edited: playbook } : start),
    signal,
    { nearest, changes },
  );
};

export interface ForkOptions {
  readonly step?: string;
  readonly without?: readonly string[];
  readonly prompt?: string;
  readonly with?: readonly string[];
  readonly model?: string;
}

/** A run that has ended goes on from a step: the one that failed, where none is named. */
export const forkRun = async (
  client: NodeClient,
  output: Output,
  id: string,
  { step: named, without, prompt, with: given = [], model }: ForkOptions,
  signal: AbortSignal,
): Promise<void> => {
  const run = await client.runs.get({ id }, { signal });
  const step = named ?? without?.[0] ?? run.steps.find(({ state }) => state === 'failed')?.id;
  if (step === undefined || step === null)
    throw usageError(
      `No step of this run failed. Name one with --step: ${run.steps.flatMap((one) => one.id ?? []).join(', ')}.`,
    );
  const own = run.playbook?.playbook.steps.find((one) => one.id === step);
  const before = own && 'with' in own ? own.with : {};
  const changed = given.map((each) => {
    const [name, value] = pair('--with', each);
    return [name, typeof before[name] === 'string' ? value : jsonOf(value)] as const;
  });
  const fork = {
    id,
    step,
    ...(without === undefined ? {} : { without: [...without] }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(changed.length === 0 ? {} : { with: Object.fromEntries(changed) }),
    ...(model === undefined ? {} : { modelId: model }),
  };
  await toTheEnd(client, output, () => client.runs.fork(fork), signal);
};

/** A value that is no JSON is text. */
const jsonOf = (text: string): Json => {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return text;
  }
};

/**
 * Stays with the run, puts its questions to whoever is there, and shows what came of it. `begin` is not told of the signal: who leaves
 * meanwhile cancels a run that there is. `more`: told with it as JSON.
 */
const toTheEnd = async (
  client: NodeClient,
  output: Output,
  begin: () => Promise<Run>,
  signal: AbortSignal,
  more: object = {},
): Promise<void> => {
  const answers = createAnswers(client, output, signal);
  try {
    const run = await stayWith(client, output, (await begin()).id, signal, answers);
    if (run.state === 'failed')
      throw Object.assign(
        new Error(`${run.error?.message ?? 'The run did not finish.'} "jan fork ${run.id}" goes on from that step.`),
        { code: run.error?.code ?? 'INTERNAL' },
      );
    const result = resultOf(run, 'playbook');
    if (output.json) return output.printJson({ run: run.id, ...more, ...result });
    show(output, run.title, result);
  } finally {
    answers.close();
  }
};

const show = (output: Output, title: string, { lines, notices, taskIds, noteIds }: PlaybookResult): void => {
  output.print(paint('bold', printable(title)));
  for (const { title: name, value } of lines) {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    output.print('');
    output.print(paint('cyan', printable(name)));
    for (const text of shown(value)) output.print(`  ${printable(text)}`);
  }
  output.print('');
  output.print(paint('dim', `${counted(taskIds.length, 'task')}, ${counted(noteIds.length, 'note')}`));
  for (const notice of notices) output.print(paint('yellow', `! ${printable(notice)}`));
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const shown = (value: Json): string[] => {
  if (typeof value === 'string') return value.trimEnd().split('\n');
  if (Array.isArray(value)) return value.map((each) => `- ${oneLine(each)}`);
  return [oneLine(value)];
};

/** Of a record, what names it first. */
const oneLine = (value: Json): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const named = ['title', 'text', 'name', 'value', 'owner', 'due', 'url', 'source'].flatMap((key) => {
    const field = value[key];
    return typeof field === 'string' || typeof field === 'number' ? [String(field)] : [];
  });
  return named.length > 0 ? named.join('  ') : JSON.stringify(value);
};

export const listPlaybooks = async (client: NodeClient, output: Output): Promise<void> => {
  const entries = await client.playbooks.list();
  if (output.json) return output.printJson(entries.map(({ graph: _graph, ...entry }) => entry));
  output.print(table(entries.map(({ id, name, origin, inputs }) => [id, printable(name), origin, inputNames(inputs)])));
};

const inputNames = (inputs: PlaybookEntry['inputs']): string =>
  inputs.map(({ id, required }) => (required ? id : `[${id}]`)).join(' ');

const faultLines = (faults: readonly PlaybookFault[]): string[] =>
  faults.map(({ line, message }) => (line === null ? message : `line ${line}: ${message}`));

/** Says what is wrong with a file, and fails where something is. */
export const checkPlaybook = async (client: NodeClient, output: Output, file: string): Promise<void> => {
  const { entry, faults } = await client.playbooks.check({ text: await readText(file, 'a playbook') });
  if (faults.length > 0) {
    if (output.json) output.printJson({ id: entry?.id ?? null, faults });
    else for (const line of faultLines(faults)) output.print(printable(line));
    throw new AppError(
      'PLAYBOOK_INVALID',
      `${file} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}.`,
    );
  }
  if (output.json) return output.printJson({ id: entry?.id ?? null, faults });
  output.print(`${printable(entry?.name ?? '')} (${entry?.id ?? ''}, version ${entry?.version ?? ''}) is fine.`);
};

export const importPlaybook = async (client: NodeClient, output: Output, file: string): Promise<void> => {
  const entry = await client.playbooks.save({ text: await readText(file, 'a playbook') });
  if (output.json) return output.printJson({ id: entry.id, version: entry.version });
  output.print(`Kept ${printable(entry.name)}. Run it with: jan run ${entry.id}`);
};

/** What a person does about a file that could not be made; the cause where nobody here knows. */
const notWritten = (file: string, cause: unknown): unknown => {
  const told = (code: 'CONFLICT' | 'NOT_FOUND' | 'FORBIDDEN' | 'STORAGE_FULL', message: string) =>
    new AppError(code, message, { cause });
  switch (cause instanceof Error && 'code' in cause ? cause.code : undefined) {
    case 'EEXIST':
      return told('CONFLICT', `${file} is there already. Name another file.`);
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
      return told('NOT_FOUND', `${file} can't be made: there is no such folder. Make it, or name another file.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return told('FORBIDDEN', `This user may not write ${file}. Name a file in another folder.`);
    case 'ENOSPC':
      return told('STORAGE_FULL', `There is no room for ${file}. Free some, or name a file on another disk.`);
    default:
      return cause;
  }
};

export const exportPlaybook = async (
  client: NodeClient,
  output: Output,
  id: string,
  to: string | undefined,
): Promise<void> => {
  const { text } = await client.playbooks.get({ id });
  if (to !== undefined) {
    await writeFile(to, text, { flag: 'wx' }).catch((cause: unknown) => {
      throw notWritten(to, cause);
    });
    if (output.json) output.printJson({ id, file: to });
    else output.print(`Wrote ${to}.`);
    return;
  }
  if (output.json) output.printJson({ id, text });
  else output.print(text.trimEnd());
};

export const removePlaybook = async (client: NodeClient, output: Output, id: string): Promise<void> => {
  await client.playbooks.remove({ id });
  if (output.json) output.printJson({ id });
  else output.print(`Removed ${id}.`);
};
