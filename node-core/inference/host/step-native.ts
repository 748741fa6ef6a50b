import type { Sampling } from '../protocol.ts';
import type { RawContext } from './llama.ts';
import type { NativeAddon, NativeEngineHandle, NativeResult, NativeSamplerHandle } from './native.ts';
import { DEAD_END, type Sampled, type StepPart, type Stepper, type StepSampler } from './step.ts';

export interface NativeStepperComponents {
  readonly addon: NativeAddon;
  readonly context: RawContext & object;
  readonly contextLength: number;
  readonly batchSize: number;
  readonly sequences: number;
  readonly canForget: boolean;
  /** Computes by turns with this one, on the same threads. */
  readonly beside?: Stepper;
}

interface Place {
  /** Of its first token in the batch. */
  readonly start: number;
  readonly part: StepPart;
}

const engines = new WeakMap<Stepper, NativeEngineHandle>();
const besideOf = ({ beside }: NativeStepperComponents) => (beside && engines.get(beside)) ?? null;

/** The addon's one call for a batch and all that is sampled from it, on threads that stay. @throws where the addon does not fit the context */
export const createNativeStepper = (components: NativeStepperComponents): Stepper => {
  const { addon, context, contextLength } = components;
  const engine = addon.attach(context, components.batchSize, components.sequences, besideOf(components));
  const canForget = components.canForget && !addon.recurrent(engine);
  const handles = new WeakMap<StepSampler, NativeSamplerHandle>();

  const createSampler = (sampling: Sampling, first: string | null): StepSampler => {
    const { temperature, topP, topK, minP, seed, presencePenalty, frequencyPenalty, logitBias } = sampling;
    const handle = addon.createSampler(
      engine,
      Float32Array.of(temperature, topP, minP, presencePenalty, frequencyPenalty),
      Int32Array.of(topK, contextLength),
      seed,
      Int32Array.from(logitBias, ([token]) => token),
      Float32Array.from(logitBias, ([, bias]) => (bias <= -100 ? -Infinity : bias)),
    );
    const sampler: StepSampler = {
      setGrammar(gbnf, written) {
        addon.setGrammar(handle, gbnf ?? '');
        addon.setWritten(handle, Int32Array.from(written));
      },
      dispose: () => addon.disposeSampler(handle),
    };
    if (first !== null) addon.setGrammar(handle, first);
    handles.set(sampler, handle);
    return sampler;
  };

  const read = (sampling: readonly Place[], result: NativeResult) => {
    let token = 0;
    let probability = 0;
    let top = 0;
    return sampling.map(({ part: { sample } }, job): readonly Sampled[] | typeof DEAD_END => {
      const count = result.counts[job] ?? 0;
      const wanted = sample?.logprobs ?? null;
      const chosen = Array.from({ length: count }, (): Sampled => {
        const id = result.tokens[token] ?? -1;
        token += 1;
        if (wanted === null) return { token: id, logprob: null, top: [] };
        const logprob = result.logprobs?.[probability] ?? 0;
        probability += 1;
        const likeliest = Array.from({ length: wanted }, (_, index) => ({
          token: result.topTokens?.[top + index] ?? -1,
          logprob: result.topLogprobs?.[top + index] ?? 0,
        })).filter((other) => other.token >= 0);
        top += wanted;
        return { token: id, logprob: id < 0 ? null : logprob, top: likeliest };
      });
      return chosen[0] && chosen[0].token < -1 ? DEAD_END : chosen;
    });
  };

  const stepper: Stepper = {
    lastingThreads: true,
    canForget,
    createSampler,
    async step(parts, { threads, quick, batches }) {
      let size = 0;
      const places = parts.map((part): Place => {
        const start = size;
        size += part.tokens.length;
        return { start, part };
      });
      const sampling = places.filter(({ part }) => part.sample);
      const batch = new Int32Array(4 * size);
      for (const { start, part } of places) {
        const firstOutput = part.sample ? part.tokens.length - 1 - part.sample.guessed : part.tokens.length;
        for (const [index, token] of part.tokens.entries()) {
          batch.set([token, part.position + index, part.sequence, index >= firstOutput ? 1 : 0], 4 * (start + index));
        }
      }
      const jobs = sampling.flatMap(({ start, part: { tokens, sample } }) => {
        const guessed = sample?.guessed ?? 0;
        return [start + tokens.length - 1 - guessed, guessed, sample?.logprobs ?? -1];
      });
      const forget = parts.flatMap(({ sequence, position, discard }) => (discard ? [sequence, position] : []));
      const samplers = sampling.flatMap(({ part: { sample } }) => {
        const handle = sample && handles.get(sample.sampler);
        return handle ? [handle] : [];
      });
      const result = await addon.step(
        engine,
        threads,
        quick,
        batches,
        batch,
        Int32Array.from(jobs),
        samplers,
        Int32Array.from(forget),
      );
      const sampled = read(sampling, result);
      return parts.map((part) => (part.sample ? (sampled.shift() ?? []) : []));
    },
    states: {
      read: async (sequence) => addon.readState(engine, sequence),
      write: async (sequence, state) => addon.writeState(engine, sequence, state),
    },
    dispose: () => addon.detach(engine),
  };
  engines.set(stepper, engine);
  return stepper;
};
