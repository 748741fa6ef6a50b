// Whether what a model writes under the schemas of the shipped playbooks is valid and whole: calls of the built-in model at random, for each
// schema. One line of JSON: node bench/schemas.ts. Calls per schema may be named as the first argument, 1,000 where they
// are not, and after it the schemas that are meant: node bench/schemas.ts 1000 research-and-write.plan
import { readFileSync, readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { fitSchema } from '../node-core/agents/graph/fit-schema.ts';
import { call, createBenchEngine, round } from './engine.ts';

const folder = join(import.meta.dirname, '..', 'resources', 'playbooks');
const File = z.looseObject({ id: z.string(), steps: z.array(z.looseObject({ id: z.string(), kind: z.string() })) });
const Ask = z.looseObject({
  prompt: z.string(),
  answer: z.record(z.string(), z.json()),
  maxTokens: z.number().default(800),
});

const perSchema = Number(process.argv[2] ?? 1_000);
const meant = process.argv.slice(3);

const schemas = readdirSync(folder)
  .filter((name) => name.endsWith('.playbook.yaml'))
  .flatMap((name) => {
    const { id, steps } = File.parse(parse(readFileSync(join(folder, name), 'utf8')));
    return steps.flatMap((step) => {
      const ask = Ask.safeParse(step);
      return step.kind === 'ask' && ask.success ? [{ name: `${id}.${step.id}`, ...ask.data }] : [];
    });
  })
  .filter(({ name }) => meant.length === 0 || meant.includes(name));

const engine = createBenchEngine();
const inference = engine.open();
const modelId = inference.defaultModelId();
await inference.models.load({ id: modelId }, call);

const contextLength = inference.model(modelId).contextLength ?? 512;
/** Tokens that are left to what is asked. */
const PROMPT = 200;
const atOnce = 8;
const begun = performance.now();
const results: Record<string, { calls: number; valid: number; cutOff: number }> = {};
for (const { name, prompt, answer, maxTokens } of schemas) {
  const result = { calls: 0, valid: 0, cutOff: 0 };
  const fits = z.fromJSONSchema(answer);
  // As a run does it: see ask.ts.
  const room = Math.min(maxTokens, contextLength - PROMPT);
  const fitted = fitSchema(answer, room);
  const one = async (seed: number): Promise<void> => {
    const { text, finishReason } = await inference.generate({
      modelId,
      input: { prompt: `${seed} ${prompt.slice(0, 200)}` },
      schema: fitted,
      maxTokens: room,
      temperature: 1,
      seed,
    });
    result.calls += 1;
    if (finishReason === 'length') result.cutOff += 1;
    const json = z
      .string()
      .transform((written, context) => {
        try {
          return JSON.parse(written) as unknown;
        } catch {
          context.addIssue('no JSON');
          return z.NEVER;
        }
      })
      .safeParse(text);
    if (json.success && fits.safeParse(json.data).success) result.valid += 1;
  };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < perSchema) await one((next += 1));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  results[name] = result;
  process.stderr.write(`${name}: ${JSON.stringify(result)}\n`);
}
await inference.stop();
engine.close();

const total = Object.values(results);
const sum = (of: 'calls' | 'valid' | 'cutOff') => total.reduce((all, result) => all + result[of], 0);
process.stdout.write(
  `${JSON.stringify({
    bench: 'schemas',
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model.trim() ?? ''}`,
    load: round(loadavg()[0] ?? 0, 2),
    seconds: round((performance.now() - begun) / 1_000),
    perSchema,
    schemas: total.length,
    calls: sum('calls'),
    valid: sum('valid'),
    cutOff: sum('cutOff'),
    notAllValid: Object.fromEntries(
      Object.entries(results).filter(([, { calls, valid, cutOff }]) => valid < calls || cutOff > 0),
    ),
  })}\n`,
);
