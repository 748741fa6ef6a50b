import type { GeneratePart, GenerateRequest, Inference } from '../inference/index.ts';
import type { Budgets, Hold } from './budgets.ts';
import { appKeyId } from './keys.ts';
import { createTokenCount, type Counts } from './token-count.ts';
import type { Usage } from './usage.ts';

type Writes = Pick<Inference, 'generate' | 'embed'> & Counts;

export interface Meter {
  /**
   * The same models, within the budget of whoever asks, who is charged for what was computed: also of answers that nobody waited for or that
   * failed half-way.
   */
  metered<T extends Writes>(inference: T): T;
  /** The same models, where every answer is a request of chats and runs in Jan itself. */
  counted<T extends Writes>(inference: T): T;
}

export interface MeterComponents {
  readonly usage: Pick<Usage, 'add' | 'charge'>;
  readonly budgets: Pick<Budgets, 'hold' | 'left'>;
}

const textOf = (part: GeneratePart): string => {
  if (part.type === 'text' || part.type === 'reasoning') return part.text;
  return part.type === 'tool-arguments' ? part.delta : '';
};

/** An answer may be given at least this part of the context where messages are left out for it. */
const answerShare = 0.25;

export const createMeter = ({ usage, budgets }: MeterComponents): Meter => {
  /** Tokens set aside for an answer, and how many it may have then. */
  const holdFor = async (
    keyId: string,
    request: GenerateRequest,
    { model }: Writes,
    count: ReturnType<typeof createTokenCount>,
  ): Promise<{ readonly hold: Hold; readonly maxTokens: number; readonly prompt: number } | null> => {
    if (budgets.left(keyId) === null) return null;
    const context = model(request.modelId).contextLength ?? Number.POSITIVE_INFINITY;
    const prompt = await count.wholePrompt(request, context);
    const { maxTokens, overflow, signal } = request;
    const isCut = overflow === 'drop-oldest' && prompt + Math.min(maxTokens, context * answerShare) > context;
    // How much is left out depends on the answer's length; both together are no more than the context.
    if (isCut) {
      const hold = await budgets.hold(keyId, { prompt: context - 1, output: 1 }, signal);
      return hold && { hold, maxTokens, prompt: context - 1 };
    }
    const output = Math.max(1, Math.min(maxTokens, context - prompt));
    const hold = await budgets.hold(keyId, { prompt, output }, signal);
    return hold && { hold, maxTokens: hold.output, prompt };
  };

  const metered: Meter['metered'] = (inference) => {
    const count = createTokenCount(inference);
    return {
      ...inference,
      async generate(request) {
        const keyId = request.asker ?? appKeyId;
        const held = await holdFor(keyId, request, inference, count);
        /** How much of the prompt was read, 0 to 1. */
        let read = 0;
        let written = '';
        const onPart = (part: GeneratePart): void => {
          if (part.type !== 'progress') read = 1;
          else if (part.phase === 'reading') read = Math.max(read, part.value);
          written += textOf(part);
          request.onPart?.(part);
        };
        try {
          const result = await inference.generate({ ...request, ...(held && { maxTokens: held.maxTokens }), onPart });
          usage.charge(keyId, result);
          return result;
        } catch (error) {
          const modelId = request.modelId ?? null;
          if (read > 0)
            usage.charge(keyId, {
              modelId,
              promptTokens: Math.round(read * (held?.prompt ?? (await count.prompt(request)))),
              cachedTokens: 0,
              // Cut-off characters count for more than they were.
              outputTokens: Math.min(held?.maxTokens ?? request.maxTokens, await count.text(written, request.modelId)),
            });
          throw error;
        } finally {
          held?.hold.release();
        }
      },
      async embed(request) {
        const keyId = request.asker ?? appKeyId;
        const left = budgets.left(keyId);
        const prompt = left === null ? 0 : await count.inputs(request, left);
        const hold = await budgets.hold(keyId, { prompt, output: 0 }, request.signal);
        const charge = (promptTokens: number): void =>
          usage.charge(keyId, { modelId: request.modelId ?? null, promptTokens, cachedTokens: 0, outputTokens: 0 });
        let read = 0;
        try {
          const result = await inference.embed({
            ...request,
            onRead(tokens) {
              read = tokens;
              request.onRead?.(tokens);
            },
          });
          charge(result.promptTokens);
          return result;
        } catch (error) {
          if (read > 0) charge(read);
          throw error;
        } finally {
          hold?.release();
        }
      },
    };
  };
  return {
    metered,
    counted(inference) {
      const inner = metered(inference);
      return {
        ...inner,
        async generate(request) {
          const result = await inner.generate(request);
          usage.add(appKeyId, { modelId: result.modelId, status: 200 });
          return result;
        },
      };
    },
  };
};
