import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../common/index.ts';
import type { GenerateResult, TokenLogprob } from '../../inference/index.ts';
import { answered, type Asked, written } from './answers.ts';
import type { Engine } from './engine.ts';
import { badField, parseInput } from './input.ts';
import { findModel } from './models.ts';
import { finishReasons, noteResults, timingsOf, usageOf } from './result.ts';
import type { ApiRequest, Route, ServerSentEvent } from './route.ts';
import { samplingFields, samplingOf, StopField, stopOf } from './sampling.ts';

export interface CompletionsComponents {
  readonly inference: Engine;
  readonly clock: Clock;
}

/** Prompts times answers each. */
const maxAnswers = 32;
const anything = z.unknown().optional();
const tokens = z.array(z.number().int().nonnegative()).min(1);

const Body = z.strictObject({
  ...samplingFields,
  model: z.string().min(1),
  prompt: z.union(
    [z.string(), tokens, z.array(z.string()).min(1), z.array(tokens).min(1)],
    'must be a text, a list of texts, tokens, or lists of tokens',
  ),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  stop: StopField,
  max_tokens: z.number().int().positive().nullish(),
  n: z.number().int().min(1).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.number().int().min(0).max(20).nullish(),
  best_of: z.literal(1, 'is not supported: every answer is given').nullish(),
  suffix: z.literal('', 'is not supported').nullish(),
  user: anything,
  cache_prompt: anything,
});
type Body = z.infer<typeof Body>;

const promptsOf = (prompt: Body['prompt']): readonly Asked['input'][] => {
  const list = typeof prompt === 'string' || typeof prompt[0] === 'number' ? [prompt] : prompt;
  return list.map((each): Asked['input'] => {
    if (typeof each === 'string') return { prompt: each };
    return { tokens: Array.isArray(each) ? each.filter((token) => typeof token === 'number') : [] };
  });
};

/** OpenAI's older form: parallel lists, with the place of each token in the text. */
const logprobsOf = (told: readonly TokenLogprob[] | null | undefined, offset: number) => {
  if (!told) return null;
  let at = offset;
  return {
    tokens: told.map(({ text }) => text),
    token_logprobs: told.map(({ logprob }) => logprob),
    top_logprobs: told.map(({ top }) => Object.fromEntries(top.map(({ text, logprob }) => [text, logprob]))),
    text_offset: told.map(({ text }) => {
      const here = at;
      at += text.length;
      return here;
    }),
  };
};

export const completionRoutes = ({ inference, clock }: CompletionsComponents): readonly Route[] => {
  const textOf = async (input: Asked['input'], modelId: string): Promise<string> => {
    if ('prompt' in input) return input.prompt;
    return 'tokens' in input ? inference.detokenize(input.tokens, { modelId, special: true }) : '';
  };

  async function* stream(
    request: ApiRequest,
    asked: readonly Asked[],
    {
      head,
      echoes,
      includeUsage,
      perPrompt,
    }: { head: object; echoes: readonly string[]; includeUsage: boolean; perPrompt: number },
  ): AsyncGenerator<ServerSentEvent, void> {
    const opening = JSON.stringify(head).slice(0, -1);
    const closing = includeUsage ? ',"usage":null}' : '}';
    const chunk = (index: number, text: string, logprobs = 'null', reason = 'null'): ServerSentEvent => ({
      data: `${opening},"choices":[{"index":${index},"text":${JSON.stringify(text)},"logprobs":${logprobs},"finish_reason":${reason}}]${closing}`,
    });
    const lengths = echoes.map(({ length }) => length);
    const results: GenerateResult[] = [];
    for (const [index, echo] of echoes.entries()) if (echo !== '') yield chunk(index, echo);
    for await (const item of written(inference, request, asked)) {
      const { index } = item;
      if ('result' in item) {
        results[index] = item.result;
        yield chunk(index, '', undefined, `"${finishReasons[item.result.finishReason]}"`);
      } else if (item.part.type === 'text') {
        const { text, logprobs } = item.part;
        const offset = lengths[index] ?? 0;
        yield chunk(index, text, logprobs && JSON.stringify(logprobsOf(logprobs, offset)));
        lengths[index] = offset + text.length;
      }
    }
    noteResults(request, results);
    if (includeUsage)
      yield { data: JSON.stringify({ ...head, choices: [], usage: usageOf(results, perPrompt), ...timed(results) }) };
    yield { data: '[DONE]' };
  }

  return [
    {
      method: 'POST',
      pattern: '/v1/completions',
      params: { CONTEXT_OVERFLOW: 'prompt' },
      async handle(request) {
        const body = parseInput(Body, await request.json());
        const prompts = promptsOf(body.prompt);
        const perPrompt = body.n ?? 1;
        if (prompts.length * perPrompt > maxAnswers)
          throw badField(perPrompt > 1 ? 'n' : 'prompt', `at most ${maxAnswers} answers per request`);
        if (body.echo && body.logprobs != null)
          throw badField('echo', 'probabilities of the prompt can not be told; leave out "logprobs" or "echo"');
        const model = findModel(inference, body.model, 'chat');
        request.note({ modelId: model.id });
        const asked = prompts.flatMap((input) =>
          Array.from({ length: perPrompt }, (_, index) => ({
            ...samplingOf(body),
            ...(body.seed == null ? {} : { seed: body.seed + index }),
            ...stopOf(body.stop),
            ...(body.logprobs == null ? {} : { logprobs: body.logprobs }),
            input,
            modelId: model.id,
            // OpenAI's default for this address.
            maxTokens: body.max_tokens ?? 16,
          })),
        );
        const echoes = body.echo ? await Promise.all(asked.map(({ input }) => textOf(input, model.id))) : [];
        const head = {
          id: `cmpl-${randomBytes(12).toString('hex')}`,
          object: 'text_completion',
          created: Math.floor(clock.now() / 1_000),
          model: model.id,
          system_fingerprint: null,
        };
        if (body.stream) {
          const includeUsage = body.stream_options?.include_usage ?? false;
          return { events: stream(request, asked, { head, echoes, includeUsage, perPrompt }) };
        }
        const results = await answered(inference, request, asked);
        noteResults(request, results);
        return {
          json: {
            ...head,
            choices: results.map((result, index) => ({
              index,
              text: `${echoes[index] ?? ''}${result.text}`,
              logprobs: logprobsOf(result.logprobs, 0),
              finish_reason: finishReasons[result.finishReason],
            })),
            usage: usageOf(results, perPrompt),
            ...timed(results),
          },
        };
      },
    },
  ];
};

const timed = (results: readonly GenerateResult[]) => {
  const [first] = results;
  return first && results.length === 1 ? { timings: timingsOf(first) } : {};
};
