// How fast the engine is on the built-in model: start, first token, reading, writing, many short prompts, memory. One line of JSON:
// node bench/inference.ts
// Another GGUF file may be named as the argument. Then the same on models of random weights beside llama-server, in one interleaved run, where
// JAN_LLAMA_SERVER names its binary; without it that side stays empty.
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { GenerateResult } from '../node-core/inference/index.ts';
import { call, createBenchEngine, median, round } from './engine.ts';
import { compare } from './inference/compare.ts';

const rounds = 7;
const idleSeconds = 5;
const engine = createBenchEngine();
const { open } = engine;

const sentence =
  'The board met in the town hall and spoke about the harbour, the bridge and the budget of the coming year. ';

/** Ends only where `maxTokens` does. */
const endless = 'root ::= [a-z ] root';
const usage = (pid: number) => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rss = Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? Number.NaN) / 1_024;
  const [, , , , , , , , , , , user = '0', system = '0'] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return { rss, ticks: Number(user) + Number(system) };
};

const inference = open();
const [, , file] = process.argv;
const modelId =
  file === undefined ? inference.defaultModelId() : (await inference.models.addFile({ path: file }, call)).id;

const startTimes: number[] = [];
for (let index = 0; index < rounds; index += 1) {
  const room = open();
  const begun = performance.now();
  await room.models.load({ id: modelId }, call);
  startTimes.push(performance.now() - begun);
  await room.stop();
}

await inference.models.load({ id: modelId }, call);
const calibrationBegun = performance.now();
const { calibration, contextLength } = await inference.models.calibrate({ id: modelId }, call);
const calibrationMs = performance.now() - calibrationBegun;

const ask = (prompt: string, maxTokens: number): Promise<GenerateResult> =>
  inference.generate({ modelId, input: { prompt }, grammar: endless, maxTokens });
const charactersPerToken = sentence.length / (await inference.countTokens(sentence, modelId));
const longPrompt = (marker: number): string =>
  `${marker} ${sentence.repeat(50)}`.slice(0, Math.floor((contextLength ?? 512) * 0.6 * charactersPerToken));

const firsts: number[] = [];
const reading: number[] = [];
const writing: number[] = [];
const calls: number[] = [];
for (let index = 0; index < rounds; index += 1) {
  const first = await ask(longPrompt(index), 1);
  firsts.push(first.firstTokenMs);
  reading.push(((first.promptTokens - first.cachedTokens) * 1_000) / first.firstTokenMs);
  const { outputTokens, totalMs, firstTokenMs } = await ask(`${index} Once`, 100);
  writing.push(((outputTokens - 1) * 1_000) / (totalMs - firstTokenMs));
  const begun = performance.now();
  for (let question = 0; question < 50; question += 1) await ask(`${sentence}${question}`, 2);
  calls.push((performance.now() - begun) / 50);
}
const streams = await (async () => {
  const begun = performance.now();
  const all = await Promise.all(Array.from({ length: 4 }, (_, index) => ask(`${index} Once`, 100)));
  return (all.reduce((sum, { outputTokens }) => sum + outputTokens, 0) * 1_000) / (performance.now() - begun);
})();

const pid = engine.hostPid;
await wait(500);
const before = usage(pid);
await wait(idleSeconds * 1_000);
const after = usage(pid);

const figures = {
  bench: 'inference',
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  load: round(loadavg()[0] ?? Number.NaN, 2),
  model: modelId,
  hostStartToReadyMs: Math.round(median(startTimes)),
  firstTokenMs: round(median(firsts)),
  prefillTokensPerSecond: Math.round(median(reading)),
  decodeTokensPerSecond: Math.round(median(writing)),
  fourStreamsTokensPerSecond: Math.round(streams),
  shortCallMs: round(median(calls), 2),
  calibrationMs: Math.round(calibrationMs),
  threads: { decode: calibration?.decodeThreads, prefill: calibration?.prefillThreads },
  hostRssMb: Math.round(after.rss),
  hostIdleCpuPercent: round((after.ticks - before.ticks) / idleSeconds),
};
await inference.stop();
engine.close();

const peer = process.env['JAN_LLAMA_SERVER'] ?? null;
if (peer === null)
  process.stderr.write('JAN_LLAMA_SERVER names no llama-server: its side of the comparison stays empty.\n');
const beside = async (weights: 'q4_0' | 'q8_0') =>
  compare({
    peer,
    weights,
    rounds: 3,
    parts: ['one', 'start', 'streams', 'tiny'],
    log: (line) => process.stderr.write(`${weights} ${line}\n`),
  });
const comparison = { q4_0: await beside('q4_0'), q8_0: await beside('q8_0') };
process.stdout.write(`${JSON.stringify({ ...figures, comparison })}\n`);
