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

/** A trigger as a person says it. */
export const says = (trigger: Trigger): string => {
  switch (trigger.on) {
    case 'time': {
      const usual = usualTimes.find(({ value }) => value === trigger.cron);
      return `${usual ? usual.label : trigger.cron} (${trigger.timeZone})`;
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
