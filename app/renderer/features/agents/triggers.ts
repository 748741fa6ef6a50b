import type { Schedule } from '../../../../node-core/contract/index.ts';

type Trigger = Schedule['trigger'];

export const triggerNames: Readonly<Record<Trigger['on'], string>> = {
  time: 'At a time',
  'task-created': 'When a task is added',
  'task-tagged': 'When a task gets a tag',
  'task-due': 'When a task is due',
  'note-saved': 'When a note is saved',
  'file-dropped': 'When a file lands in a folder',
};

/** Common times in the five fields of cron. */
export const usualTimes = [
  { value: '0 8 * * 1-5', label: 'Weekdays at 8:00' },
  { value: '0 8 * * *', label: 'Every day at 8:00' },
  { value: '0 9 * * 1', label: 'Mondays at 9:00' },
  { value: '0 16 * * 5', label: 'Fridays at 16:00' },
  { value: '0 9 1 * *', label: 'The first of the month at 9:00' },
] as const;

const weekdays = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];
const isFigure = (field: string): boolean => /^\d{1,2}$/u.test(field);

/** The fields of cron in words, where they are of a common kind. */
const cronInWords = (cron: string): string | null => {
  const [minute = '', hour = '', day = '', month = '', weekday = '', more] = cron.trim().split(/\s+/u);
  if (more !== undefined || month !== '*') return null;
  const everyDay = day === '*' && weekday === '*';
  const [, minutes] = /^\*\/(\d{1,2})$/u.exec(minute) ?? [];
  if (minutes && hour === '*' && everyDay) return `Every ${minutes} minutes`;
  if (!isFigure(minute)) return null;
  if (hour === '*' && everyDay) return minute === '0' ? 'Every hour' : `Every hour, ${minute} minutes past`;
  const [, hours] = /^\*\/(\d{1,2})$/u.exec(hour) ?? [];
  if (hours && everyDay && minute === '0') return `Every ${hours} hours`;
  if (!isFigure(hour)) return null;
  const at = `at ${Number(hour)}:${minute.padStart(2, '0')}`;
  if (everyDay) return `Every day ${at}`;
  if (day === '*' && weekday === '1-5') return `Weekdays ${at}`;
  const names = weekday.split(',').map((one) => (isFigure(one) ? weekdays[Number(one) % 7] : undefined));
  if (day === '*' && names.every((name) => name !== undefined)) return `${names.join(' and ')} ${at}`;
  if (weekday === '*' && isFigure(day)) return `Day ${Number(day)} of each month ${at}`;
  return null;
};

const hereIn = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A trigger as a person says it. */
export const says = (trigger: Trigger): string => {
  switch (trigger.on) {
    case 'time': {
      const usual = usualTimes.find(({ value }) => value === trigger.cron);
      const when = usual?.label ?? cronInWords(trigger.cron) ?? `By cron “${trigger.cron}”`;
      return trigger.timeZone === hereIn ? when : `${when} (${trigger.timeZone})`;
    }
    case 'task-created':
    case 'note-saved':
      return `${triggerNames[trigger.on]}${trigger.tag ? ` with #${trigger.tag}` : ''}`;
    case 'task-tagged':
      return `When a task gets #${trigger.tag}`;
    case 'task-due':
      return triggerNames['task-due'];
    case 'file-dropped':
      return `When a file lands in ${trigger.folder}`;
  }
};
