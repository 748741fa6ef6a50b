import { createHash } from 'node:crypto';
import type { Playbook, Profile, Run, Span } from '../../contract/index.ts';
import type { EntryOf, JournalRow } from '../journal.ts';
import { errorType, finished, genAi, jan, messages, operations } from './attributes.ts';

export type TracedRun = Pick<Run, 'id' | 'skill' | 'playbookId' | 'modelId' | 'place'> & { readonly builtin: boolean };

/** Of each text so much is in a span: for a person who looks at it, and for a collector that is to have it. */
export const shownCharacters = 2_000;
export const sentCharacters = 20_000;

/** Who a plan is ascribed to. */
const planner = 'planner';

interface Begun {
  readonly span: Span;
  /** What it asks, where its answers don't say. */
  readonly prompt: string | null;
  lastAt: number;
}

/** The same run has the same ids, however often it is traced: 16 hexadecimal digits. */
const spanId = (runId: string, path: string): string =>
  createHash('sha256').update(`${runId} ${path}`).digest('hex').slice(0, 16);
export const traceId = (runId: string): string => createHash('sha256').update(runId).digest('hex').slice(0, 32);

/**
 * The trace of a run, computed from its journal alone: the run, in it its steps, in them what models and tools did, and what a person was
 * waited for. With `content` it says what was asked, written and given to tools, so many characters of each; with 0, names, numbers and
 * times only.
 */
export const spansOf = (
  run: TracedRun,
  rows: readonly JournalRow[],
  { content }: { readonly content: number },
): Span[] => {
  const short = (value: unknown): string =>
    (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, content);
  const spans: Span[] = [];
  const steps = new Map<number, Begun>();
  const calls = new Map<string, Span>();
  const questions = new Map<string, Span>();
  let playbook: Playbook | undefined;
  let profiles: readonly Profile[] = [];
  let models: Readonly<Record<string, string>> = {};

  const open = (path: string, parent: Span | null, name: string, at: number, attributes: Span['attributes']): Span => {
    const span: Span = {
      id: spanId(run.id, path),
      parentId: parent?.id ?? null,
      name,
      startedAt: at,
      endedAt: null,
      attributes,
      error: null,
    };
    spans.push(span);
    return span;
  };
  const close = (
    span: Span | undefined,
    at: number,
    error?: { readonly code: string; readonly message: string } | null,
  ): void => {
    if (!span) return;
    span.endedAt ??= at;
    if (!error) return;
    span.error = content > 0 ? short(error.message) : error.code;
    span.attributes[errorType] = error.code;
  };
  const add = (span: Span, name: string, more: number): void => {
    const before = span.attributes[name];
    span.attributes[name] = (typeof before === 'number' ? before : 0) + more;
  };

  const workflow = run.playbookId ?? run.skill;
  const root = open('run', null, `${operations.workflow} ${workflow}`, rows[0]?.at ?? 0, {
    [genAi.operation]: operations.workflow,
    [genAi.workflow]: workflow,
    [genAi.conversation]: run.id,
  });

  const stepOf = (id: string | undefined) => playbook?.steps.find((step) => step.id === id);
  const profileOf = (id: string | undefined): Profile | undefined => {
    const step = stepOf(id);
    if (!playbook || !step) return undefined;
    const name =
      ('profile' in step ? step.profile : undefined) ?? (step.kind === 'review' ? 'reviewer' : playbook.profile);
    return profiles.find((profile) => profile.id === name);
  };
  /** What a question of the step asks for. */
  const requestOf = (id: string | undefined): Span['attributes'] => {
    const step = stepOf(id);
    const profile = profileOf(id);
    const other = (id === undefined ? undefined : models[id]) ?? profile?.modelId ?? null;
    // The built-in model is asked in forms of its own.
    if (run.builtin && other === null) return { [genAi.requestModel]: run.modelId };
    return {
      [genAi.requestModel]: other ?? run.modelId,
      ...(profile ? { [genAi.requestTemperature]: profile.temperature } : {}),
      ...(step?.kind === 'ask' ? { [genAi.requestMaxTokens]: step.maxTokens } : {}),
      ...(step ? { [genAi.outputType]: step.kind === 'ask' && !step.answer ? 'text' : 'json' } : {}),
    };
  };

  const beginStep = (
    { index, kind, title, id }: Pick<EntryOf<'step'>, 'index' | 'kind' | 'title' | 'id'>,
    at: number,
    prompt: string | null = null,
  ): Begun => {
    const known = steps.get(index);
    if (known) return known;
    const asks = kind === 'generate' || kind === 'review';
    const agent = asks ? (profileOf(id)?.id ?? run.skill) : undefined;
    const plans = run.skill === 'plan' && kind === 'generate';
    const operation = plans ? operations.plan : operations.agent;
    const span = open(`step ${index}`, root, asks ? `${operation} ${agent}` : `${kind} ${id ?? index}`, at, {
      [jan.stepKind]: kind,
      ...(id === undefined ? {} : { [jan.stepId]: id }),
      ...(content > 0 ? { [jan.stepTitle]: short(title) } : {}),
      ...(agent === undefined
        ? {}
        : { [genAi.operation]: operation, [genAi.agent]: agent, [genAi.conversation]: run.id }),
    });
    const begun = { span, prompt, lastAt: at };
    steps.set(index, begun);
    return begun;
  };
  const endStep = (
    index: number,
    at: number,
    state: string,
    error?: { readonly code: string; readonly message: string },
  ): void => {
    const step = steps.get(index);
    if (!step) return;
    step.span.attributes[jan.stepState] = state;
    close(step.span, at, error);
  };

  const chat = (entry: EntryOf<'answer'> | EntryOf<'answer-failed'>, at: number, number: number): void => {
    const step = steps.get(entry.index);
    const startedAt = entry.startedAt ?? step?.lastAt ?? at;
    const id = step?.span.attributes[jan.stepId];
    const request = requestOf(typeof id === 'string' ? id : undefined);
    const name = `${operations.chat} ${String(request[genAi.requestModel])}`;
    const span = open(`chat ${number}`, step?.span ?? root, name, startedAt, {
      [genAi.operation]: operations.chat,
      [genAi.provider]: run.place === 'this-machine' ? 'jan' : 'openai',
      [genAi.conversation]: run.id,
      ...request,
    });
    if (step) step.lastAt = at;
    if (entry.type === 'answer-failed') {
      span.attributes[genAi.finishReasons] = [finished.error];
      return close(span, at, entry.error);
    }
    for (const target of [span, ...(step ? [step.span] : []), root]) {
      add(target, genAi.inputTokens, entry.promptTokens);
      add(target, genAi.outputTokens, entry.outputTokens);
      if (entry.cachedTokens !== undefined) add(target, genAi.cachedTokens, entry.cachedTokens);
    }
    const reason = entry.cutOff === true ? finished.length : finished.stop;
    span.attributes[genAi.responseModel] = entry.modelId;
    span.attributes[genAi.finishReasons] = [reason];
    if (content > 0) {
      const asked = entry.prompt ?? step?.prompt ?? null;
      if (asked !== null) span.attributes[genAi.input] = messages.input(short(asked));
      span.attributes[genAi.output] = messages.output(short(entry.text), reason);
    }
    close(span, at);
  };

  const call = (entry: EntryOf<'call'> | EntryOf<'refused'>, at: number): Span => {
    const known = calls.get(entry.id);
    if (known) return known;
    const span = open(
      `call ${entry.id}`,
      steps.get(entry.index)?.span ?? root,
      `${operations.tool} ${entry.tool}`,
      at,
      {
        [genAi.operation]: operations.tool,
        [genAi.toolName]: entry.tool,
        [genAi.toolCall]: entry.id,
        [genAi.toolType]: entry.tool.startsWith('mcp.') ? 'extension' : 'function',
        [jan.effect]: entry.effect,
        ...(entry.type === 'call' ? { [jan.allowedBy]: entry.allowedBy } : {}),
        ...(content > 0 ? { [genAi.toolArguments]: short(entry.arguments) } : {}),
      },
    );
    calls.set(entry.id, span);
    return span;
  };

  for (const [number, { at, entry }] of rows.entries()) {
    switch (entry.type) {
      case 'plan':
      case 'planned':
        playbook = entry.playbook;
        if (entry.type === 'plan') ({ profiles, models } = entry);
        close(
          open(`plan ${number}`, root, `${operations.plan} ${planner}`, at, {
            [genAi.operation]: operations.plan,
            [genAi.agent]: planner,
            ...(content > 0 && entry.type === 'planned' ? { [genAi.input]: messages.input(short(entry.reason)) } : {}),
          }),
          at,
        );
        break;
      case 'step':
        beginStep(entry, at, entry.prompt);
        break;
      case 'taken':
        beginStep(entry, at);
        endStep(entry.index, at, 'taken');
        break;
      case 'skipped':
        beginStep(entry, at);
        endStep(entry.index, at, 'skipped');
        break;
      case 'answer':
      case 'answer-failed':
        chat(entry, at, number);
        break;
      case 'call':
        call(entry, at);
        break;
      case 'refused':
        close(call(entry, at), at, entry.error);
        break;
      case 'call-done': {
        const span = calls.get(entry.id);
        if (span && content > 0) span.attributes[genAi.toolResult] = short(entry.result);
        close(span, at);
        break;
      }
      case 'call-failed':
        close(calls.get(entry.id), at, entry.error);
        break;
      case 'call-lost':
        close(calls.get(entry.id), at, {
          code: 'OUTCOME_UNKNOWN',
          message: entry.error?.message ?? 'The node ended while it was under way.',
        });
        break;
      case 'ask':
        questions.set(
          entry.id,
          open(`question ${entry.id} ${number}`, steps.get(entry.index)?.span ?? root, `wait ${entry.about.type}`, at, {
            [jan.question]: entry.about.type,
          }),
        );
        break;
      case 'answered':
      case 'voided':
        close(questions.get(entry.id), at);
        break;
      case 'step-failed':
        endStep(entry.index, at, 'failed', entry.error);
        break;
      case 'step-done':
        endStep(entry.index, at, 'done');
        break;
      case 'ended':
        root.attributes[jan.runState] = entry.state;
        close(root, at, entry.error);
        for (const span of spans) span.endedAt ??= at;
        break;
      default:
        break;
    }
  }
  return spans;
};
