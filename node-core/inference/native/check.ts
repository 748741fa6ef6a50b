// Whether a fresh addon computes what the library computes. Runs alone, so that a crash is only an answer: node check.ts ADDON MODEL
import { pathToFileURL } from 'node:url';
import { greedy } from '../host/greedy.ts';
import { openLlama, rawBindings, rawContext, rawModel } from '../host/llama.ts';
import { openAddon } from '../host/native.ts';
import type { Sampled, StepPart, Stepper } from '../host/step.ts';
import { createNativeStepper } from '../host/step-native.ts';
import { createPlainStepper } from '../host/step-plain.ts';

const TOKENS = 12;

/** Writes after the same prompt in two sequences at once, the second with guesses. */
const write = async (stepper: Stepper, prompt: readonly number[], threads: number, guesses: readonly number[]) => {
  const sampler = stepper.createSampler(greedy, 'root ::= [^\\x00]*');
  const other = stepper.createSampler(greedy, null);
  const sample = { sampler, guessed: 0, logprobs: 3 };
  const parts: StepPart[] = [
    { sequence: 0, position: 0, tokens: prompt, sample },
    {
      sequence: 1,
      position: 0,
      tokens: [...prompt, ...guesses],
      sample: { sampler: other, guessed: guesses.length, logprobs: null },
    },
  ];
  const [first, second] = await stepper.step(parts, { threads, quick: false, batches: 1 });
  if (typeof first === 'string' || typeof second === 'string' || !first?.[0] || !second) throw new Error('no token');
  const written: Sampled[] = [first[0]];
  while (written.length < TOKENS) {
    const position = prompt.length + written.length - 1;
    const tokens = [written.at(-1)?.token ?? 0];
    const options = { threads, quick: true, batches: 3 };
    const [next] = await stepper.step([{ sequence: 0, position, tokens, sample }], options);
    if (typeof next === 'string' || !next?.[0] || next[0].token < 0) break;
    written.push(...next);
  }
  sampler.dispose();
  other.dispose();
  return {
    tokens: written.slice(0, TOKENS).map(({ token }) => token),
    logprob: written[0]?.logprob ?? 0,
    guessed: second.map(({ token }) => token),
  };
};

const [, , addonPath = '', modelPath = ''] = process.argv;
process.env['JAN_ENGINE_ADDON'] = addonPath;
const addon = openAddon();
if (!addon) throw new Error(`${pathToFileURL(addonPath).href} does not load`);
const llama = await openLlama(false);
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const raw = rawModel(model);
const bindings = rawBindings(llama);
const prompt = [...raw.tokenize('The board met in the town hall and spoke about', false)];
const shape = { contextSize: 256, sequences: 2, batchSize: 128 };
const openContext = async () => rawContext(await model.createContext({ ...shape, threads: 1, flashAttention: 'auto' }));
const canForget = !model.fileInsights.isRecurrent && !model.fileInsights.isHybrid;

const plain = createPlainStepper({ context: await openContext(), model: raw, bindings, contextLength: 256, canForget });
const expected = await write(plain, prompt, 1, []);
const native = createNativeStepper({
  addon,
  context: await openContext(),
  contextLength: 256,
  batchSize: 128,
  sequences: 2,
  canForget,
});
for (const threads of [1, 2]) {
  const held = expected.tokens.slice(0, 3);
  for (const guesses of [[], held, [held[0] ?? 0, 0]]) {
    const found = await write(native, prompt, threads, guesses);
    const right =
      found.tokens.join() === expected.tokens.join() &&
      Math.abs(found.logprob - expected.logprob) < 0.01 &&
      found.guessed.join() === expected.tokens.slice(0, guesses === held ? 4 : guesses.length === 0 ? 1 : 2).join();
    if (!right) throw new Error('the addon writes something else');
    const state = await native.states?.read(0);
    if (!state || !(await native.states?.write(1, state))) throw new Error('states are not taken');
    for (const sequence of [0, 1]) await native.states?.write(sequence, Buffer.alloc(0)).catch(() => false);
  }
}
native.dispose();
process.exit(0);
