import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as skills from '../../../node-core/agents/skills/index.ts';
import { openCompleter } from './completer.ts';

const path = new URL('../jan-builtin-v1.gguf', import.meta.url).pathname;

describe('the built-in model', () => {
  let completer: Awaited<ReturnType<typeof openCompleter>>;
  beforeAll(async () => {
    completer = await openCompleter(path);
  });
  afterAll(() => completer.dispose());

  it('is the file of the catalogue, and small', () => {
    const catalog = JSON.parse(readFileSync(new URL('../catalog.json', import.meta.url), 'utf8')) as {
      models: { bytes: number; sha256: string }[];
    };
    expect(catalog.models[0]).toMatchObject({
      bytes: statSync(path).size,
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
    });
    expect(statSync(path).size).toBeLessThan(30_000_000);
  });

  it('gives back any text it has cut into tokens', async () => {
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      maxThreads: 1,
      logLevel: LlamaLogLevel.error,
      progressLogs: false,
    });
    const model = await llama.loadModel({ modelPath: path, vocabOnly: true });
    for (const text of [
      'Kovač zahlt 4.000 € – „bald“',
      'اجتماع 会議 🦫 \u0001\n\ttab',
      'plain words',
      ' leading and trailing ',
    ]) {
      expect(model.detokenize(model.tokenize(text, false), true)).toBe(text);
    }
    await model.dispose();
  });

  it.each([
    'Get my falconry licence',
    'x',
    'تنظيم حفلة',
    '<script>alert(1)</script> fix the roof',
    `${'very '.repeat(200)}long goal`,
    'a "quoted" \\ goal <answer><t>',
  ])('plans %j with a valid plan, whatever it is', async (text) => {
    const goal = skills.prepareGoal(text, { today: '2026-11-20' });
    if ('code' in goal) throw new Error(goal.message);
    const pieces: string[] = [];
    const { text: answer } = await completer.complete({
      ...skills.planRequest(goal),
      onText: (piece) => pieces.push(piece),
    });
    expect(pieces.join('')).toBe(answer);
    const plan = skills.parsePlan(goal, answer);
    expect(plan.steps.length).toBeGreaterThanOrEqual(5);
    expect(plan.steps.length).toBeLessThanOrEqual(9);
    expect(plan.steps.map(({ title }) => title.toLowerCase()).join(' ')).toContain(plan.topic.toLowerCase());
    expect(plan.steps.map(({ title }) => title).join(' ')).not.toMatch(/[<>]/u);
  });

  it('finds a task that is plainly given, with its owner and its date', async () => {
    const transcript = skills.splitTranscript(
      'Zorana: Okay, the flyer.\nZorana: Quillon, can you send the flyer to the printer by Tuesday?\nQuillon: Sure, will do.\nZorana: Thanks.',
      { today: '2026-03-06' },
    );
    if ('code' in transcript) throw new Error(transcript.message);
    const findings: skills.Finding[] = [];
    for (const window of skills.extractionWindows(transcript))
      findings.push(
        ...skills.parseWindow(transcript, window, (await completer.complete(skills.windowRequest(window))).text),
      );
    const { actions } = skills.mergeFindings(transcript, findings);
    expect(actions).toMatchObject([
      { title: expect.stringMatching(/^Send the flyer/u), owner: 'Quillon', due: '2026-03-10', line: 2 },
    ]);
  });

  it('answers the same every time', async () => {
    const goal = skills.prepareGoal('Organise a kite festival', { today: '2026-11-20' });
    if ('code' in goal) throw new Error(goal.message);
    const [one, two] = [
      await completer.complete(skills.planRequest(goal)),
      await completer.complete(skills.planRequest(goal)),
    ];
    expect(two.text).toBe(one.text);
  });
});
