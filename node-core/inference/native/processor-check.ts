// What a model writes with the arithmetic in a folder ('': the library's own). Runs alone, so that a crash is only an answer:
// node processor-check.ts FOLDER MODEL
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAddonBackend } from '../host/addon-backend.ts';
import { greedy } from '../host/greedy.ts';
import { createPlainStepper } from '../host/step-plain.ts';

const [, , folder = '', path = ''] = process.argv;
const backend = await openAddonBackend(folder === '' ? null : folder);
if (!backend) throw new Error('there is no addon for this machine');
const mapped = existsSync('/proc/self/maps') ? readFileSync('/proc/self/maps', 'utf8') : '';
if (folder !== '' && !mapped.includes(join(folder, 'libggml-cpu.so'))) throw new Error('it does not load');
const shape = { contextLength: 256, sequences: 4, batchSize: 128, flashAttention: 'auto', embeddings: false } as const;
const model = await backend.openModel({ path, offload: false }, () => undefined, new AbortController().signal);
const written: number[][] = [];
for (const threads of [1, 2]) {
  const context = await model.openContext({ ...shape, threads });
  const stepper = createPlainStepper({
    context: context.raw,
    model: model.raw,
    bindings: backend.bindings,
    contextLength: 256,
    canForget: true,
  });
  const prompt = [...model.raw.tokenize('The board met in the town hall and spoke about', false)];
  // Four at once, as the blocks of the arithmetic are made for.
  const answers = Array.from({ length: shape.sequences }, (_, sequence) => ({
    sequence,
    tokens: prompt.slice(0, prompt.length - sequence),
    position: 0,
    sample: { sampler: stepper.createSampler(greedy, null), guessed: 0, logprobs: null },
  }));
  for (let round = 0; round < 8; round += 1) {
    const told = await stepper.step(answers, { threads, quick: false, batches: 1 });
    for (const [index, answer] of answers.entries()) {
      const next = told[index];
      const token = typeof next === 'string' ? undefined : next?.[0]?.token;
      if (token === undefined || token < 0) throw new Error('the answer ended');
      answer.position += answer.tokens.length;
      answer.tokens = [token];
      (written[answer.sequence] ??= []).push(token);
    }
  }
  stepper.dispose();
  await context.dispose();
}
process.stdout.write(JSON.stringify(written));
process.exit(0);
