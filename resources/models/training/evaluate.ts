/**
 * Measures a model with the real skills.
 *
 *   node evaluate.ts MODEL.gguf [--dev DIR] [--verbose] [--write] [--meetings N]
 *
 * Held-out meetings and goals are generated from templates and names of their own; DIR holds `transcripts*.json` and `goals*.json`.
 * Prints one JSON line per set; --write puts the block of figures into the model card and docs/builtin-model.md.
 */
import { cpus } from 'node:os';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import * as skills from '../../../node-core/agents/skills/index.ts';
import { openCompleter } from './completer.ts';
import { heldOutGoals, heldOutMeetings } from './heldout.ts';
import { figures, newTally, score, type Gold } from './score.ts';

const devTranscripts = z.array(
  z.object({
    id: z.string(),
    date: z.string(),
    text: z.string(),
    decisions: z.array(z.string()),
    actions: z.array(z.object({ owner: z.string().nullable(), task: z.string(), due: z.string().nullable() })),
  }),
);
const devGoals = z.array(z.object({ goal: z.string(), topic: z.array(z.string()) }));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dev: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    meetings: { type: 'string', default: '60' },
  },
});
const [modelPath = new URL('../jan-builtin-v1.gguf', import.meta.url).pathname] = positionals;
const completer = await openCompleter(modelPath);
const say = (...lines: unknown[]): void => {
  if (values.verbose) console.log(...lines);
};

async function extract(text: string, date: string, withModel: boolean): Promise<skills.Extraction> {
  const transcript = skills.splitTranscript(text, { today: date, date });
  if ('code' in transcript) return { decisions: [], actions: [], notices: [] };
  const findings: skills.Finding[] = [];
  for (const window of withModel ? skills.extractionWindows(transcript) : []) {
    const { text: answer } = await completer.complete(skills.windowRequest(window));
    findings.push(...skills.parseWindow(transcript, window, answer));
  }
  return skills.mergeFindings(transcript, findings);
}

async function measureMeetings(
  meetings: { text: string; date: string; gold: Gold; id: string }[],
  withModel = true,
): Promise<Record<string, number>> {
  const tally = newTally();
  const begun = performance.now();
  for (const { text, date, gold, id } of meetings) {
    say(`--- ${id}`);
    for (const note of score(tally, gold, await extract(text, date, withModel))) say('  ', note);
  }
  return {
    ...figures(tally),
    secondsPerMeeting: round((performance.now() - begun) / 1000 / Math.max(1, meetings.length)),
  };
}

async function measureGoals(goals: { goal: string; topic: string[] }[]): Promise<Record<string, number>> {
  const today = '2026-11-20';
  let valid = 0;
  let named = 0;
  let slowest = 0;
  const first: number[] = [];
  const begun = performance.now();
  for (const { goal: text, topic } of goals) {
    const goal = skills.prepareGoal(text, { today });
    if ('code' in goal) continue;
    const started = performance.now();
    let firstAt = 0;
    const { text: answer } = await completer.complete({
      ...skills.planRequest(goal),
      onText: () => (firstAt ||= performance.now() - started),
    });
    first.push(firstAt);
    slowest = Math.max(slowest, performance.now() - started);
    const plan = skills.schedulePlan(skills.parsePlan(goal, answer), { today, deadline: goal.deadline });
    const acyclic = plan.steps.every((step, index) =>
      step.dependsOn.every((other) => other < index && (plan.steps[other]?.due ?? '') <= step.due),
    );
    const whole = skills.planStepsSoFar(goal, answer).length >= 5;
    const titles = plan.steps.map((step) => step.title.toLowerCase()).join(' ');
    const names = topic.some((word) => titles.includes(word.toLowerCase()));
    if (acyclic && whole && plan.steps.length >= 5) valid += 1;
    if (names) named += 1;
    say(`--- ${text}\n    ${names ? '' : 'TOPIC NOT NAMED '}[${plan.topic}] ${plan.title} ${goal.deadline ?? ''}`);
    for (const step of plan.steps)
      say(`    ${step.due} ${step.title} ${JSON.stringify(step.dependsOn.map((other) => other + 1))}`);
  }
  first.sort((a, b) => a - b);
  return {
    plans: goals.length,
    validPercent: percent(valid, goals.length),
    topicNamedPercent: percent(named, goals.length),
    firstTokenMsMedian: round(first[Math.floor(first.length / 2)] ?? 0),
    secondsPerPlan: round((performance.now() - begun) / 1000 / goals.length),
    slowestPlanSeconds: round(slowest / 1000),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const percent = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10;

const results: Record<string, Record<string, number>> = {};
const heldOut = heldOutMeetings(Number(values.meetings));
results['held-out meetings'] = await measureMeetings(heldOut);
results['held-out meetings, the rules alone'] = await measureMeetings(heldOut, false);
results['held-out goals'] = await measureGoals(heldOutGoals());
if (values.dev !== undefined) {
  for (const file of readdirSync(values.dev).sort()) {
    const json: unknown = file.endsWith('.json') ? JSON.parse(readFileSync(`${values.dev}/${file}`, 'utf8')) : null;
    if (file.startsWith('transcripts')) {
      const meetings = devTranscripts.parse(json).map(({ id, date, text, ...gold }) => ({ id, date, text, gold }));
      results['development meetings'] = await measureMeetings(meetings);
      results['development meetings, the rules alone'] = await measureMeetings(meetings, false);
    }
    if (file.startsWith('goals')) results['development goals'] = await measureGoals(devGoals.parse(json));
  }
}
await completer.dispose();
for (const [set, result] of Object.entries(results)) console.log(JSON.stringify({ set, ...result }));

if (values.write) {
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, 1 thread`;
  const block = [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}, by \`evaluate.ts\`.`,
    '',
    ...Object.entries(results).flatMap(([set, result]) => [
      `| ${set} | |`,
      '|---|---|',
      ...Object.entries(result).map(([name, value]) => `| ${name} | ${value} |`),
      '',
    ]),
  ].join('\n');
  for (const path of ['../README.md', '../../../docs/builtin-model.md']) {
    const url = new URL(path, import.meta.url);
    const text = readFileSync(url, 'utf8');
    writeFileSync(url, text.replace(/(<!-- figures -->)[^]*?(<!-- \/figures -->)/u, `$1\n${block}\n$2`));
  }
}
