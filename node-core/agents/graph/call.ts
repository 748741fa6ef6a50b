import { z } from 'zod';
import { AppError, isCancellation, type Labels, type PlaybookStep } from '../../contract/index.ts';
import { OutcomeUnknown, type Tool } from '../../tools/index.ts';
import type { EntryOf, JournalEntry } from '../journal.ts';
import { ofResult, union } from '../labels.ts';
import { callHash, decide } from '../policy/index.ts';
import { isHarmless, type RunContext } from './context.ts';
import { controlLabels, type Labelled, labelsOf, type Sight, valueOf } from './scope.ts';
import { callId, questionId } from './incoming.ts';

type ToolStep = Extract<PlaybookStep, { kind: 'tool' }>;
type Permit = EntryOf<'call' | 'refused' | 'ask'>;

/** How often a call that failed is made again, where that does no harm. */
const repeats = 2;

/** One call of a tool, made again where it failed and may be. @throws AppError */
export const callTool = async (
  context: RunContext,
  step: ToolStep,
  index: number,
  key: string,
  sight: Sight,
): Promise<Labelled> => {
  for (let tries = 0; ; tries += 1) {
    const outcome = await callOnce(context, step, index, key, `${index}.${key}.${tries}`, sight);
    if ('value' in outcome) return outcome;
    if (!outcome.again || tries >= repeats) throw outcome.error;
  }
};

type Outcome = Labelled | { readonly error: AppError; readonly again: boolean };

const callOnce = async (
  context: RunContext,
  step: ToolStep,
  index: number,
  key: string,
  id: string,
  sight: Sight,
): Promise<Outcome> => {
  const { tape } = context;
  let permit = permitOf(context, step, index, key, id, sight);
  for (let asked = 0; permit.type === 'ask'; asked += 1) {
    const { id: question, about } = permit;
    if (about.type !== 'approve') throw new Error('An approval is expected.');
    const said = await tape.incoming(questionId(question));
    if (said.type === 'voided') {
      permit = permitOf(context, step, index, key, id, sight, `${asked + 1}`);
      continue;
    }
    const isAllowed = said.type === 'answered' && said.answer.type === 'approve' && said.answer.allow;
    const { repeatable, ...fields } = about.call;
    permit = isAllowed
      ? { type: 'call', ...fields, repeatable, allowedBy: 'you' }
      : {
          type: 'refused',
          ...fields,
          error: { code: 'APPROVAL_REFUSED', message: `You did not allow ${about.call.tool}.` },
        };
    if (permit.type === 'refused') tape.say([permit]);
  }
  if (permit.type === 'refused') return { error: faultOf(permit.error), again: false };
  return made(context, step, permit);
};

const made = async (context: RunContext, step: ToolStep, permit: EntryOf<'call'>): Promise<Outcome> => {
  const { tape, spending, toolSlots } = context;
  const { id, index } = permit;
  const asked = [permit.control, ...Object.values(permit.argumentLabels)];
  await toolSlots.take();
  let end: JournalEntry;
  try {
    const wanted = { tokens: 0, calls: 1, cost: permit.cost ?? 0 };
    const reserved = await spending.reserve(step.title, wanted);
    const { isRecorded } = tape;
    tape.say([permit]);
    end = await tape.incoming(callId(id), () => carryOut(context, permit, isRecorded, asked));
    // One that failed may have been charged.
    reserved.settle(wanted);
  } finally {
    toolSlots.leave();
  }
  if (end.type === 'call-done') return { value: end.result, labels: end.labels };
  if (end.type === 'call-failed')
    return {
      error: faultOf(end.error),
      again: end.error.code === 'TOOL_FAILED' && isHarmless(permit),
    };

  if (end.type !== 'call-lost') throw new Error('The end of a call is expected.');
  const question: EntryOf<'ask'> = { type: 'ask', index, id: `outcome ${id}`, about: { type: 'outcome', callId: id } };
  tape.say([question]);
  const said = await tape.incoming(questionId(question.id));
  const happened = said.type === 'answered' && said.answer.type === 'outcome' ? said.answer.happened : 'skip';
  if (happened === 'again') return made(context, step, { ...permit, id: `${id}+`, allowedBy: 'you' });
  const what = end.error?.message ?? `${permit.tool} was under way when Jan stopped.`;
  context.notice(
    happened === 'yes'
      ? `${what} You said that it went through; what it answered is not known.`
      : `${what} The step was left out.`,
  );
  return { value: null, labels: union(...asked) };
};

/** Asks the policy, unless the journal says what it answered. */
const permitOf = (
  context: RunContext,
  step: ToolStep,
  index: number,
  key: string,
  id: string,
  sight: Sight,
  again = '',
): Permit => {
  const { tape, toolbox, playbook } = context;
  const question = `approve ${id}${again}`;
  const recorded = tape.ahead(
    (entry) =>
      (entry.type === 'ask' && entry.id === question) ||
      ((entry.type === 'call' || entry.type === 'refused') && entry.id === id),
  );
  const said = (permit: Permit): Permit => {
    // A call is said once its turn has come.
    if (permit.type !== 'call') tape.say([permit]);
    return permit;
  };
  if (recorded?.type === 'call' || recorded?.type === 'refused' || recorded?.type === 'ask') return said(recorded);

  const tool = toolbox.find(step.tool);
  const given = valueOf(step.with, sight);
  const argumentLabels = Object.fromEntries(
    Object.entries(step.with).map(([name, template]) => [name, labelsOf(template, sight)]),
  );
  const control = controlLabels(step, sight);
  const bare = { id, index, key, tool: step.tool, arguments: given, argumentLabels, control };
  const refused = (code: string, message: string): Permit =>
    said({ type: 'refused', ...bare, effect: tool?.effect ?? 'read', hash: '', error: { code, message } });
  if (!tool)
    return refused('TOOL_NOT_READY', `There is no tool "${step.tool}" now. Look at the tools under Agents, Tools.`);
  const missing = toolbox.missing(tool);
  if (missing !== null) return refused('TOOL_NOT_READY', missing);
  const parsed = tool.input.safeParse(given);
  if (!parsed.success)
    return refused(
      'BAD_REQUEST',
      `${tool.name} can't be called like this: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  const cost = costOfCall(tool, given);
  if (cost === null)
    return refused('BUDGET_SPENT', `${tool.name} costs money and does not say how much, so it is not called.`);
  if (cost !== undefined && (playbook.budget.cost === 0 || cost > playbook.budget.cost))
    return refused(
      'BUDGET_SPENT',
      `${tool.name} costs ${cost}, and the budget of the playbook has ${playbook.budget.cost === 0 ? 'no money' : playbook.budget.cost}. Raise its cost before you start.`,
    );

  const profile = context.profileOf(undefined);
  if (profile.tools.length > 0 && !profile.tools.includes(tool.name))
    return refused(
      'APPROVAL_REFUSED',
      `${profile.name} may not use ${tool.name}. Allow it under Agents, Profiles, or give the playbook another profile.`,
    );

  const definitionHash = toolbox.definitionHash(tool);
  const wanted = {
    tool,
    definitionHash,
    arguments: given,
    argumentLabels,
    control,
    tools: playbook.tools,
    egress: playbook.egress,
    origins: toolbox.origins(tool),
    ...(cost !== undefined && { cost }),
  };
  const verdict = decide(wanted);
  const fields = {
    ...bare,
    effect: tool.effect,
    hash: callHash(wanted),
    ...(cost !== undefined && { cost }),
  };
  if (verdict.verdict === 'refuse') return refused('APPROVAL_REFUSED', verdict.reason);
  if (verdict.verdict === 'allow')
    return { type: 'call', ...fields, repeatable: tool.repeatable, allowedBy: verdict.by };
  return said({
    type: 'ask',
    index,
    id: question,
    about: { type: 'approve', call: { ...fields, repeatable: tool.repeatable }, reason: verdict.reason },
  });
};

const carryOut = async (
  { toolbox, doers }: RunContext,
  permit: EntryOf<'call'>,
  isRecorded: boolean,
  asked: readonly Labels[],
): Promise<EntryOf<'call-done' | 'call-failed' | 'call-lost'>> => {
  const { id, index } = permit;
  const failed = (code: string, message: string) =>
    ({ type: 'call-failed', id, index, error: { code, message } }) as const;
  // The node ended during the call, and nobody knows whether it had gone out.
  if (isRecorded && !isHarmless(permit)) return { type: 'call-lost', id, index };
  const tool = toolbox.find(permit.tool);
  if (!tool) return failed('TOOL_NOT_READY', `There is no tool "${permit.tool}" any more.`);
  const hash = hashNow(toolbox, tool, permit);
  if (hash !== permit.hash)
    return failed('CONFLICT', `${permit.tool} changed since the call was allowed, so it was not made.`);
  try {
    const result = await doers.call(tool, permit.arguments);
    return { type: 'call-done', id, index, result, labels: ofResult(tool, asked, permit.arguments, result) };
  } catch (error) {
    if (isCancellation(error)) throw error;
    if (error instanceof AppError && error.code === 'VAULT_LOCKED') throw error;
    if (error instanceof AppError && !(error instanceof OutcomeUnknown)) return failed(error.code, error.message);
    const { message, advice } = unclear(permit.tool, error);
    return isHarmless(permit)
      ? failed('TOOL_FAILED', `${message}${advice}`)
      : { type: 'call-lost', id, index, error: { code: 'TOOL_FAILED', message } };
  }
};

/** What happened where a tool does not say that nothing was done, and what to do where that is no matter. */
const unclear = (tool: string, error: unknown): { readonly message: string; readonly advice: string } => {
  if (error instanceof OutcomeUnknown) return { message: error.message, advice: ' Try again later.' };
  if (error instanceof z.ZodError)
    return {
      message: `${tool} answered in a form that is not its own: ${z.prettifyError(error).slice(0, 300)}`,
      advice: '',
    };
  const why = error instanceof Error ? `: ${error.message.slice(0, 300)}` : '';
  return { message: `${tool} failed${why}.`, advice: ' Try again, or leave the step out.' };
};

/** What an approval of the call would be bound to now. */
export const hashNow = (
  toolbox: RunContext['toolbox'],
  tool: Tool,
  call: Pick<EntryOf<'call'>, 'arguments' | 'argumentLabels' | 'control'>,
): string => {
  const cost = costOfCall(tool, call.arguments);
  return callHash({
    ...call,
    tool,
    definitionHash: toolbox.definitionHash(tool),
    ...(typeof cost === 'number' && { cost }),
  });
};

/** Of a tool that spends; `null` where it does not say. */
const costOfCall = (tool: Tool, given: unknown): number | null | undefined => {
  if (tool.effect !== 'spend') return undefined;
  return tool.input.safeParse(given).success ? (tool.cost?.(given) ?? null) : null;
};

const faultOf = ({ code, message }: { readonly code: string; readonly message: string }): AppError => {
  switch (code) {
    case 'TOOL_NOT_READY':
    case 'EGRESS_REFUSED':
    case 'APPROVAL_REFUSED':
    case 'BUDGET_SPENT':
    case 'BAD_REQUEST':
    case 'CONFLICT':
      return new AppError(code, message);
    default:
      return new AppError('TOOL_FAILED', message);
  }
};
