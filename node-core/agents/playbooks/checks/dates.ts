import { z } from 'zod';
import { CalendarDate } from '../../../contract/index.ts';
import { at, brief, defineCheck } from './check.ts';

/** Real days, none in the past, none after `by`; where steps name those they wait for (from 1), none is due before them. */
const datesInOrder = defineCheck({
  name: 'dates-in-order',
  options: z.object({
    path: z.string().default(''),
    field: z.string().default('due'),
    by: z.string().nullish(),
    past: z.boolean().default(false),
    weekends: z.boolean().default(true),
  }),
  faults(value, { path, field, by, past, weekends }, { today }) {
    const found = at(value, path);
    const [first] = found;
    const steps = found.length === 1 && Array.isArray(first) ? first : found;
    const days = steps.map((step) => at(step, field)[0] ?? null);
    return steps.flatMap((step, index) => {
      const day = days[index];
      if (day === null || day === undefined) return [];
      if (typeof day !== 'string' || !isDay(day))
        return [`${brief(JSON.stringify(day))} is no day. Write it as 2026-06-30.`];
      const faults: string[] = [];
      if (!past && day < today) faults.push(`${day} has passed. Today is ${today}.`);
      if (by && day > by) faults.push(`${day} is after ${by}, when everything has to be done.`);
      if (!weekends && [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
        faults.push(`${day} is on a weekend.`);
      for (const number of at(step, 'dependsOn.*')) {
        const earlier = typeof number === 'number' ? days[number - 1] : undefined;
        if (typeof earlier === 'string' && earlier > day)
          faults.push(
            `Step ${index + 1} is due on ${day}, before step ${JSON.stringify(number)} that it waits for (${earlier}).`,
          );
      }
      return faults;
    });
  },
});

const isDay = (text: string): boolean => {
  if (!CalendarDate.safeParse(text).success) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

export const dateChecks = [datesInOrder];
