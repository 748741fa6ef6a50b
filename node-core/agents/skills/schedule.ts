import { addDays, daysBetween, toDate } from './dates.ts';
import type { CalendarDate, Notice, Plan, ScheduledPlan, ScheduledStep } from './types.ts';

/** Calendar days that a day of work takes when nothing presses. */
const PACE = 2;

/** Lays the steps out in time: so that the last one ends on the deadline, or from today at an easy pace. No step is due before one it waits for. */
export function schedulePlan(
  plan: Plan,
  options: { today: CalendarDate; deadline: CalendarDate | null },
): ScheduledPlan {
  const { today, deadline } = options;
  const notices: Notice[] = [];
  const passed = deadline !== null && deadline < today;
  if (passed)
    notices.push({
      code: 'DEADLINE_PASSED',
      message: `The deadline ${deadline} has passed; the steps are laid out from today.`,
    });
  const finish: number[] = [];
  for (const step of plan.steps)
    finish.push(step.days + Math.max(0, ...step.dependsOn.map((other) => finish[other] ?? 0)));
  const total = Math.max(1, ...finish);
  const available = deadline === null || passed ? total * PACE : daysBetween(today, deadline);
  const steps: ScheduledStep[] = plan.steps.map((step, index) => {
    const at = addDays(today, Math.round(((finish[index] ?? 0) / total) * available));
    return { ...step, due: deadline === null || passed ? workday(at, null) : workday(at, deadline) };
  });
  return { ...plan, steps, deadline, notices };
}

/** A Saturday or Sunday moves to Monday, unless that is past the limit. */
function workday(date: CalendarDate, limit: CalendarDate | null): CalendarDate {
  const day = toDate(date).getUTCDay();
  const moved = addDays(date, day === 6 ? 2 : day === 0 ? 1 : 0);
  return limit !== null && moved > limit ? date : moved;
}

/** The Markdown of the note that goes with the project. */
export function planNote(goal: string, plan: ScheduledPlan): string {
  const lines = [`# ${plan.title}`, '', `Goal: ${goal}`];
  if (plan.deadline !== null) lines.push('', `Deadline: ${plan.deadline}`);
  lines.push('', '## Steps', '');
  plan.steps.forEach((step, index) => {
    const after =
      step.dependsOn.length === 0 ? '' : `, after ${step.dependsOn.map((other) => other + 1).join(' and ')}`;
    lines.push(`${index + 1}. ${step.title} (due ${step.due}${after})`);
  });
  if (plan.notices.length > 0) lines.push('', ...plan.notices.map(({ message }) => `> ${message}`));
  return `${lines.join('\n')}\n`;
}
