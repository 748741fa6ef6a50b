import { z } from 'zod';
import { findDates } from './dates.ts';
import type { Finding } from './extract.ts';
import { joinFindings } from './merge.ts';
import { MAX_STEPS, MIN_STEPS } from './plan-grammar.ts';
import { planTitle, type PreparedGoal } from './plan.ts';
import type { Transcript } from './transcript.ts';
import type { Extraction, GeneralRequest, Plan } from './types.ts';

const planSchema = z.object({
  topic: z.string().min(1).max(120),
  steps: z
    .array(
      z.object({
        title: z.string().min(3).max(200),
        dependsOn: z.array(z.int().min(1).max(MAX_STEPS)),
        days: z.int().min(1).max(60),
      }),
    )
    .min(MIN_STEPS)
    .max(MAX_STEPS),
});

const extractionSchema = z.object({
  decisions: z.array(z.object({ text: z.string().min(1).max(300), line: z.int().min(1) })),
  actions: z.array(
    z.object({
      task: z.string().min(1).max(300),
      owner: z.string().max(80).nullable(),
      due: z.string().max(60).nullable(),
      line: z.int().min(1),
    }),
  ),
});

export function planInstructions(goal: PreparedGoal): GeneralRequest {
  return {
    system: `You plan. Answer with JSON only: "topic", a few words copied from the goal; "steps", ${MIN_STEPS} to ${MAX_STEPS} in the order of work. Each step has a "title" that starts with a verb and is specific to the goal, "dependsOn" with the numbers (from 1) of earlier steps it has to wait for, and "days", the days of work. Write no dates.`,
    user: `Goal: ${goal.text}`,
    jsonSchema: z.toJSONSchema(planSchema) as Record<string, unknown>,
  };
}

/** @throws ZodError if the JSON does not follow the schema. */
export function parseGeneralPlan(goal: PreparedGoal, json: unknown): Plan {
  const { topic, steps } = planSchema.parse(json);
  return {
    title: planTitle(goal),
    topic,
    steps: steps.map((step, index) => ({
      title: step.title,
      days: step.days,
      dependsOn: [...new Set(step.dependsOn.map((number) => number - 1).filter((other) => other < index))].sort(
        (a, b) => a - b,
      ),
    })),
  };
}

export function extractInstructions(transcript: Transcript): GeneralRequest {
  const numbered = transcript.text
    .split('\n')
    .map((line, index) => `${index + 1}: ${line}`)
    .join('\n');
  return {
    system:
      'You read meetings. Answer with JSON only. "decisions": what was settled. "actions": tasks that someone took on or was given and did not turn down; not ideas that were rejected, things already done, or maybes. Each once. "task" starts with a verb; "owner" is the name as written, "everybody", or null; "due" is the date phrase as it was said (for example "by Tuesday"), or null; "line" is the number in front of the line.',
    user: `Meeting on ${transcript.date}:\n${numbered}`,
    jsonSchema: z.toJSONSchema(extractionSchema) as Record<string, unknown>,
  };
}

/** Dates are worked out here, not by the model. @throws ZodError if the JSON does not follow the schema. */
export function parseGeneralExtraction(transcript: Transcript, json: unknown): Extraction {
  const { decisions, actions } = extractionSchema.parse(json);
  const last = transcript.text.split('\n').length;
  const findings: Finding[] = [
    ...decisions.map(({ text, line }): Finding => ({ kind: 'decision', text, line: Math.min(line, last) })),
    ...actions.map(
      ({ task, owner, due, line }): Finding => ({
        kind: 'action',
        title: task,
        owners: owner === null ? [] : [owner],
        due: due === null ? null : (findDates(due, transcript.date)[0]?.date ?? null),
        line: Math.min(line, last),
      }),
    ),
  ];
  return joinFindings(transcript, findings);
}
