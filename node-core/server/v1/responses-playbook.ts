import { z } from 'zod';
import type { Agents } from '../../agents/index.ts';
import {
  AppError,
  type Call,
  knownCode,
  type Model,
  type PlaybookResult,
  type RunDetail,
  type RunStep,
} from '../../contract/index.ts';
import type { ChatMessage, GenerateResult, Inference } from '../../inference/index.ts';
import { interruption } from '../../threads/index.ts';
import { badField } from './input.ts';
import type { AnswerPart, AnswerSink, Order } from './responses-answer.ts';

const prefix = 'playbook/';
/** Where no playbook is named: the nearest to what is asked. */
const anyPlaybook = 'playbook';
export const isPlaybook = (modelId: string | undefined): modelId is string =>
  modelId === anyPlaybook || modelId?.startsWith(prefix) === true;

/** An answer that a run gave. `incomplete`: why it is not the last word. */
export type PlaybookAnswer = GenerateResult & { readonly incomplete?: string; readonly runId?: string };

/** Thrown where Jan stops or locks: the run goes on by itself. */
export class RunGoesOn extends AppError {
  constructor(id: string) {
    super(
      'INFERENCE_UNAVAILABLE',
      `Jan was stopped or locked while this run was under way. It goes on after the next unlock: run ${id} under Runs.`,
    );
  }
}

/** Playbooks as models of `/v1/responses`. */
export interface PlaybookModels {
  /** What stands for the playbook where a model is named. @throws AppError `MODEL_NOT_FOUND` */
  model(modelId: string): Model;
  /** Starts a run and tells how it goes. One who leaves leaves it to the person; only a response in the background is cancelled with it. */
  write(order: Order, signal: AbortSignal, sink: AnswerSink): Promise<PlaybookAnswer>;
  /** What came of a run whose response was left when Jan stopped or was locked; null while it is under way. @throws AppError as the run failed */
  taken(runId: string): Promise<{ readonly parts: readonly AnswerPart[]; readonly answer: PlaybookAnswer } | null>;
  /** Resolves once the run has ended, waits for a person, or can't be watched any more. */
  over(runId: string, signal: AbortSignal): Promise<void>;
  /** Ends a run that a response left under way, and takes back what it did; false where it has ended. */
  stop(runId: string, by: Order['by']): Promise<boolean>;
}

type Inputs = Record<string, z.core.util.JSONType>;
const JsonInputs = z.record(z.string(), z.json());

export const createPlaybookModels = (components: {
  readonly agents: Pick<Agents, 'runs' | 'playbooks'>;
  readonly inference: Pick<Inference, 'model'>;
}): PlaybookModels => {
  const { agents, inference } = components;

  const find = async (id: string) => {
    const call = { signal: new AbortController().signal, actor: 'api' as const };
    return (await agents.playbooks.get({ id }, call)).playbook;
  };

  /** The text of the last message is the first text input; an object that names one of the inputs is all of them, by their ids. */
  const inputsOf = async (id: string, messages: readonly ChatMessage[]): Promise<Inputs> => {
    const { inputs, name } = await find(id);
    const text = textIn(messages);
    const given = objectIn(text);
    // One that names an input besides what is none is told so, and not taken for a text.
    if (given && (Object.keys(given).length === 0 || inputs.some(({ id: input }) => Object.hasOwn(given, input))))
      return given;
    const target = inputs.find(({ type }) => type === 'text' || type === 'long-text');
    if (target) return { [target.id]: text };
    if (inputs.length === 0) return {};
    throw badField(
      'input',
      `“${name}” takes no text; send a JSON object with ${inputs.map((one) => one.id).join(', ')}`,
    );
  };

  /** What is started for a model of `/v1/responses`; `first` is said before its result. */
  const startOf = async (modelId: string, messages: readonly ChatMessage[], call: Call) => {
    if (modelId !== anyPlaybook) {
      const playbookId = modelId.slice(prefix.length);
      return { playbookId, inputs: await inputsOf(playbookId, messages), first: '' };
    }
    const goal = textIn(messages).trim();
    if (goal === '') throw badField('input', 'say what is to be reached');
    // Nobody looks at the plan before it starts, so the playbook is carried out as it is kept.
    const { playbook, nearest, inputs } = await agents.playbooks.compose({ goal }, call);
    const first =
      nearest === null ? 'No playbook fits this goal, so it was planned into a project with tasks.\n\n' : '';
    return { playbookId: playbook.id, inputs, first };
  };

  return {
    model(modelId) {
      const id = modelId === anyPlaybook ? anyPlaybook : modelId.slice(prefix.length);
      // Looked up when it is started, where its faults can be told.
      if (!/^[a-z][a-z0-9-]{0,39}$/u.test(id))
        throw new AppError(
          'MODEL_NOT_FOUND',
          `There is no playbook "${id.slice(0, 100)}". "jan playbooks list" names them.`,
        );
      return { ...inference.model(), id: modelId, name: id, kind: 'chat', contextLength: null };
    },

    async write({ ask, by, messages, model }, signal, sink) {
      if (ask.tools.tools !== undefined) throw badField('tools', 'a playbook calls its own tools and none of yours');
      if (ask.tools.schema !== undefined) throw badField('text.format', 'a playbook has a form of its own');
      const call = { ...by, signal };
      const { first, ...start } = await startOf(model.id, messages, call);
      const started = await agents.runs.start({ skill: 'playbook', ...start }, call);
      const { id } = started;
      const begunAt = performance.now();
      let firstAt: number | undefined;
      const tell = (text: string): void => {
        firstAt ??= performance.now();
        sink.part({ type: 'reasoning', text });
      };
      sink.run(id);
      tell(`Run ${id}: ${started.title}\n`);
      const cancel = (): void => {
        // Locked or stopped, it goes on after the next unlock; whoever only reads does not end it.
        if (ask.background && signal.reason !== interruption)
          void Promise.resolve(agents.runs.cancel({ id }, { ...call, signal: new AbortController().signal })).catch(
            () => undefined,
          );
      };
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const run = await followed(agents, id, call, tell);
        const text = `${first}${textOf(run)}`;
        sink.part({ type: 'text', text });
        const now = performance.now();
        return answerOf(run, model.id, text, { firstTokenMs: (firstAt ?? now) - begunAt, totalMs: now - begunAt });
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },

    async taken(runId) {
      const run = await agents.runs.get({ id: runId }, reading());
      if (run.endedAt === null && run.state !== 'waiting') return null;
      failIf(run);
      const parts: AnswerPart[] = [];
      const tell = (text: string) => void parts.push({ type: 'reasoning', text });
      tell(`Run ${runId}: ${run.title}\n`);
      run.steps.forEach(toldSteps(tell));
      const text = textOf(run);
      parts.push({ type: 'text', text });
      return { parts, answer: answerOf(run, run.modelId, text, { firstTokenMs: 0, totalMs: 0 }) };
    },

    async over(runId, signal) {
      await followed(agents, runId, { ...reading(), signal }, () => undefined).catch(() => undefined);
    },

    async stop(runId, by) {
      const call = { ...by, signal: new AbortController().signal };
      if ((await agents.runs.get({ id: runId }, call)).endedAt !== null) return false;
      return (await agents.runs.cancel({ id: runId }, call)).state === 'cancelled';
    },
  };
};

/** Nobody's in particular: who may read the response may read what came of its run. */
const reading = (): Call => ({ signal: new AbortController().signal, actor: 'api' });

const answerOf = (
  run: RunDetail,
  modelId: string,
  text: string,
  times: Pick<GenerateResult, 'firstTokenMs' | 'totalMs'>,
): PlaybookAnswer => ({
  text,
  reasoning: '',
  toolCalls: [],
  finishReason: 'stop',
  logprobs: null,
  promptTokens: run.promptTokens,
  cachedTokens: 0,
  outputTokens: run.outputTokens,
  reasoningTokens: 0,
  draft: { proposed: 0, accepted: 0 },
  queuedMs: 0,
  ...times,
  droppedMessages: 0,
  modelId,
  place: run.place,
  runId: run.id,
  ...(run.state === 'waiting' ? { incomplete: 'waiting_for_approval' } : {}),
});

/** Of the last message of who asks. */
const textIn = (messages: readonly ChatMessage[]): string =>
  messages.findLast(({ role }) => role === 'user')?.content ?? '';

const objectIn = (text: string): Inputs | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JsonInputs.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Until it has ended, or waits for a person. @throws AppError as the run failed; CancellationError where the signal aborts */
const followed = async (
  agents: Pick<Agents, 'runs'>,
  id: string,
  call: Call,
  tell: (text: string) => void,
): Promise<RunDetail> => {
  const step = toldSteps(tell);
  for await (const event of await agents.runs.watch({ id }, call)) {
    if (event.type === 'snapshot') event.run.steps.forEach(step);
    if (event.type === 'step') step(event.step);
    if ((event.type === 'run' || event.type === 'snapshot') && event.run.state === 'waiting') break;
  }
  if (call.signal.reason === interruption) throw new RunGoesOn(id);
  call.signal.throwIfAborted();
  const run = await agents.runs.get({ id }, call);
  failIf(run);
  if (run.endedAt === null && run.state !== 'waiting') throw new RunGoesOn(id);
  return run;
};

/** Each step once, and what became of it. */
const toldSteps = (tell: (text: string) => void): ((step: RunStep) => void) => {
  const told = new Map<number, RunStep['state']>();
  return ({ index, title, state }) => {
    if (told.get(index) === state) return;
    if (!told.has(index)) tell(`${title}\n`);
    if (state === 'failed' || state === 'skipped' || state === 'waiting') tell(`${title}: ${state}\n`);
    told.set(index, state);
  };
};

/** @throws AppError where it ended without a result */
const failIf = (run: RunDetail): void => {
  if (run.state === 'failed')
    throw new AppError(knownCode(run.error?.code), run.error?.message ?? 'The run failed. Look at it under Runs.');
  if (run.state === 'cancelled')
    throw new AppError('CONFLICT', 'This run was stopped in Jan, and what it had done was taken back. Start it again.');
};

/** What a person is shown as the run's result, as Markdown. */
const textOf = (run: RunDetail): string => {
  if (run.state === 'waiting') return waitingText(run);
  return run.result?.skill === 'playbook' ? resultText(run.result) : '';
};

const resultText = ({ lines, notices }: z.infer<typeof PlaybookResult>): string =>
  [
    ...lines.map(({ title, value }) => `## ${title}\n\n${plain(value)}`),
    ...(notices.length === 0 ? [] : [`## Notices\n\n${notices.map((notice) => `- ${notice}`).join('\n')}`]),
  ].join('\n\n');

const Titled = z.object({ title: z.string(), due: z.string().nullish().catch(null) });
/** A text, or a thing by its title; null for what has none. */
const lineOf = (value: z.core.util.JSONType): string | null => {
  if (typeof value === 'string') return value;
  const { data } = Titled.safeParse(value);
  return data ? `${data.title}${data.due ? ` (by ${data.due})` : ''}` : null;
};

const plain = (value: z.core.util.JSONType): string => {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  const lines = Array.isArray(value) ? value.map(lineOf) : [];
  if (lines.length > 0 && lines.every((line) => line !== null)) return lines.map((line) => `- ${line}`).join('\n');
  return typeof value === 'object' ? `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`` : String(value);
};

const waitingText = ({ id, title, playbook }: RunDetail): string => {
  const questions = (playbook?.questions ?? []).map((question) =>
    question.type === 'choose'
      ? `- ${question.question} (${question.items.length} to choose from)`
      : question.type === 'approve'
        ? `- May it call ${question.call.tool}? ${question.reason}`
        : `- Did the call of ${question.call.tool} have its effect? Jan was stopped while it was under way.`,
  );
  return `This run waits for a person:\n${questions.join('\n')}\n\nOpen “${title}” under Runs in Jan and answer there (/#/run/${id}). The run goes on then; its result is shown there.`;
};
