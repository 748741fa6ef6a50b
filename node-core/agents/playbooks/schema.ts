import { z } from 'zod';
import { Playbook, PlaybookInput, PlaybookStep } from '../../contract/index.ts';

const [Ask, Tool, RuleStep, ChangeStep, Review, Choose] = PlaybookStep.options;

const step = {
  needs: Ask.shape.needs.default([]),
  limit: Ask.shape.limit.default(50),
  optional: Ask.shape.optional.default(false),
};
const check = z.strictObject({
  check: Ask.shape.checks.element.shape.check,
  with: Ask.shape.checks.element.shape.with.default({}),
});
const checks = z.array(check).max(20).default([]);
const question = Review.shape.rubric.element;

/** As people write it: what has a default may be left out, and what is not known is a mistake of theirs. */
export const PlaybookFile = Playbook.extend({
  description: Playbook.shape.description.default(''),
  examples: Playbook.shape.examples.default([]),
  inputs: z
    .array(
      PlaybookInput.extend({
        hint: PlaybookInput.shape.hint.default(''),
        choices: PlaybookInput.shape.choices.default([]),
        required: PlaybookInput.shape.required.default(true),
      }).strict(),
    )
    .max(20)
    .default([]),
  tools: Playbook.shape.tools.default([]),
  egress: Playbook.shape.egress.default([]),
  profile: Playbook.shape.profile.default('planner'),
  budget: Playbook.shape.budget.strict(),
  steps: z
    .array(
      z.discriminatedUnion('kind', [
        Ask.extend({ ...step, checks, maxTokens: Ask.shape.maxTokens.default(800) }).strict(),
        Tool.extend({ ...step, with: Tool.shape.with.default({}) }).strict(),
        RuleStep.extend({ ...step, with: RuleStep.shape.with.default({}) }).strict(),
        ChangeStep.extend({ ...step, with: ChangeStep.shape.with.default({}) }).strict(),
        Review.extend({
          ...step,
          checks,
          rubric: z
            .array(question.extend({ weight: question.shape.weight.default(1) }).strict())
            .max(20)
            .default([]),
          threshold: Review.shape.threshold.default(0.7),
          revisions: Review.shape.revisions.default(2),
        }).strict(),
        Choose.extend(step).strict(),
      ]),
    )
    .min(1)
    .max(60),
  result: z.array(Playbook.shape.result.element.strict()).max(20).default([]),
}).strict();
