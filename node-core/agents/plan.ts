import { z } from 'zod';
import { AppError, PlanResult, type StartRun } from '../contract/index.ts';
import { addNote, addProject, addTask, type Change, tagsOf, updateProject, updateTask } from '../workspace/index.ts';
import { askUntilUsable, fromJson } from './attempts.ts';
import type { Assignment } from './book.ts';
import type { Touched } from './journal.ts';
import { shownDay, withTags } from './notes.ts';
import {
  parseGeneralPlan,
  parsePlan,
  type Plan,
  planInstructions,
  planNote,
  planRequest,
  planStepsSoFar,
  prepareGoal,
  type PreparedGoal,
  type ScheduledPlan,
  schedulePlan,
} from './skills/index.ts';
import type { Dialogue, Question, Steps } from './steps.ts';

type PlanAssignment = Assignment & { readonly input: Extract<StartRun, { skill: 'plan' }> };

/** Goal to project: read it, plan the steps, lay out their dates, write. */
export const plan = async (steps: Steps, { input, today, builtin, task }: PlanAssignment): Promise<PlanResult> => {
  const { goal, deadline, tags } = steps.rule('Read the goal', () => {
    const read = prepareGoal(input.goal, { today });
    if ('code' in read) throw new AppError(read.code === 'NOT_TEXT' ? 'INPUT_NOT_TEXT' : 'GOAL_EMPTY', read.message);
    if (builtin && !isMostlyLatin(read.text)) {
      throw new AppError(
        'PLAN_UNUSABLE',
        'The built-in model reads English only and would make nonsense of this goal. Write it in English, or add a larger model on the Models page and choose that one.',
      );
    }
    const value = {
      goal: read,
      deadline: read.deadline ?? task?.dueDate ?? null,
      tags: [...new Set([...tagsOf(input.goal), ...(task?.tags ?? [])])],
    };
    const found = [
      value.deadline === null ? 'No date named' : `To be done by ${shownDay(value.deadline)}`,
      ...(value.tags.length > 0 ? [value.tags.map((tag) => `#${tag}`).join(' ')] : []),
      ...read.notices.map(({ message }) => message),
    ];
    return { value, output: found.join('\n') };
  });

  const question = builtin ? builtinQuestion(goal) : generalQuestion(goal);
  const drafted = await steps.generate('Plan the steps', question.prompt, async (dialogue) => ({
    value: await draft(goal, builtin, question, dialogue),
    output: null,
  }));

  const scheduled = steps.rule('Lay out the dates', () => {
    const value = schedulePlan(drafted, { today, deadline });
    const dates = value.steps.map(({ title, due }) => `${shownDay(due)}: ${title}`);
    return { value, output: [...dates, ...value.notices.map(({ message }) => message)].join('\n') };
  });

  return steps.apply('Create project, tasks and note', PlanResult, (change) =>
    write(change, scheduled, withTags(planNote(goal.text, scheduled), tags), tags, input.taskId),
  );
};

const isMostlyLatin = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters === 0 || latin >= letters / 2;
};

const builtinQuestion = (goal: PreparedGoal): Question & { prompt: string } => {
  const { prompt, ...request } = planRequest(goal);
  return { key: 'plan', prompt, request: { ...request, input: { prompt } } };
};

/** Any model but the built-in one gets instructions and the schema of the answer. */
const generalQuestion = (goal: PreparedGoal): Question & { prompt: string } => {
  const { system, user, jsonSchema } = planInstructions(goal);
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ] as const;
  return {
    key: 'plan',
    prompt: `${system}\n\n${user}`,
    request: { input: { messages }, schema: jsonSchema, maxTokens: 2_000 },
  };
};

/** Fewer steps than these, and what the model wrote is not a plan. */
const fewestSteps = 3;

const readBuiltin = (goal: PreparedGoal, answer: string): Plan | null =>
  planStepsSoFar(goal, answer).length < fewestSteps ? null : parsePlan(goal, answer);

const stepTitle = /"title"\s*:\s*("(?:[^"\\]|\\.)*")/gu;
const titlesInJson = (partial: string): string[] =>
  [...partial.matchAll(stepTitle)].flatMap(([, quoted]) => fromJson(z.string().parse)(quoted ?? '') ?? []);

const draft = (goal: PreparedGoal, builtin: boolean, question: Question, { ask, preview }: Dialogue): Promise<Plan> => {
  let written = '';
  let shown = 0;
  const onText = (piece: string) => {
    written += piece;
    const titles = builtin ? planStepsSoFar(goal, written).map(({ title }) => title) : titlesInJson(written);
    if (titles.length <= shown) return;
    shown = titles.length;
    preview(titles, null);
  };
  const read = builtin
    ? (answer: string) => readBuiltin(goal, answer)
    : fromJson((json) => parseGeneralPlan(goal, json));
  const readOrForget = (answer: string) => {
    written = '';
    shown = 0;
    return read(answer);
  };
  return askUntilUsable(ask, { key: question.key, request: { ...question.request, onText } }, readOrForget, 'a plan');
};

/** Project, note and tasks; the task that was handed over is completed into the project. */
const write = (change: Change, plan: ScheduledPlan, text: string, tags: string[], handedOver: string | undefined) => {
  const project = addProject(change, { name: plan.title, dueDate: plan.deadline ?? plan.steps.at(-1)?.due ?? null });
  const note = addNote(change, { text, projectId: project.id });
  updateProject(change, project.id, { noteId: note.id });
  const taskIds: string[] = [];
  const touched: Touched[] = [
    { kind: 'project', id: project.id, title: project.name },
    { kind: 'note', id: note.id, title: note.title },
  ];
  for (const step of plan.steps) {
    const dependsOn = step.dependsOn.flatMap((index) => taskIds[index] ?? []);
    const task = addTask(change, { title: step.title, projectId: project.id, dueDate: step.due, tags, dependsOn });
    taskIds.push(task.id);
    touched.push({ kind: 'task', id: task.id, title: task.title });
  }
  const task = handedOver === undefined ? undefined : change.tx.get('task', handedOver);
  if (task && task.deletedAt === null && task.completedAt === null) {
    // A repeating task goes on where it is; only this occurrence has become the project.
    updateTask(change, task.id, { status: 'done', ...(task.recurrence === null ? { projectId: project.id } : {}) });
    touched.push({ kind: 'task', id: task.id, title: task.title });
  }
  const value = {
    skill: 'plan' as const,
    projectId: project.id,
    projectName: project.name,
    noteId: note.id,
    noteTitle: note.title,
    taskIds,
  };
  return { value, output: `${taskIds.length} tasks in ${project.name}`, touched };
};
