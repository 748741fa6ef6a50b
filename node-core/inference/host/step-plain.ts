import type { Sampling } from '../protocol.ts';
import type { RawBindings, RawContext, RawModel, RawSampler } from './llama.ts';
import { plainSequenceStates } from './sequence-states.ts';
import { DEAD_END, type Sampled, type StepPart, type Stepper, type StepSampler } from './step.ts';

export interface PlainStepperComponents {
  readonly context: RawContext;
  readonly model: RawModel & object;
  readonly bindings: RawBindings & object;
  readonly contextLength: number;
  readonly canForget: boolean;
}

interface PlainSampler extends StepSampler {
  readonly raw: RawSampler;
}

/** The library's own calls: a task of its own for the batch and for every token. */
export const createPlainStepper = (components: PlainStepperComponents): Stepper => {
  const { context, model, bindings, contextLength, canForget } = components;
  const samplers = new WeakMap<StepSampler, PlainSampler>();
  /** Greedy and without settings: tells logits as they are. */
  let probe: RawSampler | undefined;

  const createSampler = (sampling: Sampling, first: string | null): StepSampler => {
    const raw = new bindings.AddonSampler(model);
    const { temperature, topP, topK, minP, seed, presencePenalty, frequencyPenalty, logitBias } = sampling;
    const penalised = presencePenalty !== 0 || frequencyPenalty !== 0;
    const setGrammar = (gbnf: string | null, written: readonly number[]): void => {
      const grammar =
        gbnf === null ? null : new bindings.AddonGrammar(gbnf, { addonExports: bindings, rootRuleName: 'root' });
      raw.applyConfig({
        temperature,
        topP,
        topK,
        minP,
        seed,
        ...(penalised
          ? {
              repeatPenalty: 1,
              repeatPenaltyTokens: Uint32Array.from(written),
              repeatPenaltyMaxTokens: contextLength,
              repeatPenaltyPresencePenalty: presencePenalty,
              repeatPenaltyFrequencyPenalty: frequencyPenalty,
            }
          : {}),
        ...(logitBias.length > 0
          ? {
              tokenBiasKeys: Uint32Array.from(logitBias, ([token]) => token),
              tokenBiasValues: Float32Array.from(logitBias, ([, bias]) => (bias <= -100 ? -Infinity : bias)),
            }
          : {}),
        ...(grammar ? { grammarEvaluationState: new bindings.AddonGrammarEvaluationState(model, grammar) } : {}),
      });
    };
    const sampler: PlainSampler = { raw, setGrammar, dispose: () => raw.dispose() };
    try {
      setGrammar(first, []);
    } catch (error) {
      raw.dispose();
      throw error;
    }
    samplers.set(sampler, sampler);
    return sampler;
  };

  const probabilities = async (logit: number, token: number, count: number): Promise<Sampled> => {
    if (!probe) {
      probe = new bindings.AddonSampler(model);
      probe.applyConfig({ temperature: 0, topP: 1, topK: 0, seed: 0 });
    }
    const wanted = [[token], false, false, false, Math.max(1, count)] as const;
    const [, , , found = [], weight = 1] = await context.sampleToken(logit, probe, false, false, wanted, true);
    const pairs = Array.from({ length: found.length / 2 }, (_, at) => ({
      token: found[2 * at] ?? -1,
      logit: found[2 * at + 1] ?? -Infinity,
    }));
    const best = Math.max(...pairs.map((pair) => pair.logit));
    const logprob = (value: number) => value - best - Math.log(weight);
    return {
      token,
      logprob: logprob(pairs.find((pair) => pair.token === token)?.logit ?? -Infinity),
      // The chosen token comes last, whether or not it is one of the likeliest.
      top: pairs
        .slice(0, Math.min(count, pairs.length - 1))
        .map((pair) => ({ token: pair.token, logprob: logprob(pair.logit) })),
    };
  };

  const sampleAll = async (
    { tokens, sample }: StepPart,
    logits: Uint32Array,
  ): Promise<readonly Sampled[] | typeof DEAD_END> => {
    const sampler = sample && samplers.get(sample.sampler);
    if (!sample || !sampler) return [];
    const chosen: Sampled[] = [];
    for (const [index, logit] of logits.entries()) {
      let token: number;
      try {
        token = await context.sampleToken(logit, sampler.raw);
      } catch {
        return chosen.length > 0 ? chosen : DEAD_END;
      }
      const plain = sample.logprobs === null || token < 0;
      chosen.push(plain ? { token, logprob: null, top: [] } : await probabilities(logit, token, sample.logprobs ?? 0));
      const guess = tokens[tokens.length - sample.guessed + index];
      if (index === sample.guessed || token !== guess || model.isEogToken(token)) break;
    }
    return chosen;
  };

  return {
    lastingThreads: false,
    canForget,
    states: plainSequenceStates(context),
    createSampler,
    async step(parts, { threads }) {
      context.setThreads(threads);
      context.initBatch(parts.reduce((sum, { tokens }) => sum + tokens.length, 0));
      const logits = parts.map(({ sequence, position, tokens, sample }) => {
        const first = tokens.length - 1 - (sample?.guessed ?? 0);
        const wanted = sample ? Array.from({ length: sample.guessed + 1 }, (_, index) => first + index) : [];
        return context.addToBatch(sequence, position, Uint32Array.from(tokens), Uint32Array.from(wanted));
      });
      await context.decodeBatch();
      const results: (readonly Sampled[] | typeof DEAD_END)[] = [];
      for (const [index, part] of parts.entries()) {
        const chosen = await sampleAll(part, logits[index] ?? new Uint32Array());
        results.push(chosen);
        const { sequence, position, tokens, sample, discard } = part;
        if (discard) context.removeTokenCellsFromSequence(sequence, position, -1);
        if (!sample || chosen === DEAD_END || chosen.length > sample.guessed) continue;
        const held = position + tokens.length - 1 - sample.guessed + chosen.length;
        context.removeTokenCellsFromSequence(sequence, held, -1);
      }
      return results;
    },
    dispose: () => probe?.dispose(),
  };
};
