import { SegmentedControl } from '@mantine/core';
import {
  IconBan,
  IconCalendarEvent,
  IconCalendarWeek,
  IconSofa,
  IconStar,
  IconSunrise,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { addDays, dateOf, type Day, formatFullDay, today } from '../../days.ts';
import { late, type PickItem, PickList } from '../../components/index.ts';
import { useSettings } from '../settings/queries.ts';
import { updateTasks } from './actions.ts';
import css from './date-panel.module.css';
import { useMeaning } from './use-meaning.ts';

const Calendar = late(() => import('./calendar.tsx').then((module) => module.Calendar));

interface DatePanelProps {
  readonly ids: readonly string[];
  readonly task: Task;
  readonly field: 'due' | 'do';
  readonly onDone: () => void;
}

const icon = (Glyph: Icon) => <Glyph size={16} stroke={1.6} aria-hidden />;

/** `9`, `9:30`, `0930`, `15.00` as `HH:MM`; null for nothing, undefined for what is no time. */
const readTime = (text: string): string | null | undefined => {
  if (text.trim() === '') return null;
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  const hour = Number(match?.[1]);
  const minute = Number(match?.[2] ?? 0);
  return match && hour < 24 && minute < 60
    ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
    : undefined;
};

/** Both dates of a task: the day it is worked on, and the day it must be done by. */
export const DatePanel = ({ ids, task, field: initial, onDone }: DatePanelProps) => {
  const [field, setField] = useState(initial);
  const [phrase, setPhrase] = useState('');
  const [time, setTime] = useState(task.dueTime ?? '');
  const meant = useMeaning(phrase);
  const weekStart = useSettings()?.weekStart ?? 'monday';
  const now = today();
  const current = field === 'due' ? task.dueDate : task.doDate;

  const choose = (day: Day | null, at?: string | null): void => {
    onDone();
    void updateTasks(
      ids,
      field === 'do'
        ? { doDate: day }
        : { dueDate: day, ...(day === null ? { dueTime: null } : at ? { dueTime: at } : {}) },
    );
  };

  const saveTime = (): void => {
    const at = readTime(time);
    if (at !== undefined && at !== task.dueTime) void updateTasks(ids, { dueTime: at });
  };

  const weekday = dateOf(now).getDay();
  const saturday = addDays(now, weekday === 6 ? 7 : 6 - weekday);
  const monday = addDays(now, (8 - weekday) % 7 || 7);
  const all: PickItem[] = [
    { id: 'today', label: 'Today', icon: icon(IconStar), hint: formatFullDay(now), run: () => choose(now) },
    {
      id: 'tomorrow',
      label: 'Tomorrow',
      icon: icon(IconSunrise),
      hint: formatFullDay(addDays(now, 1)),
      run: () => choose(addDays(now, 1)),
    },
    {
      id: 'weekend',
      label: 'Weekend',
      icon: icon(IconSofa),
      hint: formatFullDay(saturday),
      run: () => choose(saturday),
    },
    {
      id: 'week',
      label: 'Next week',
      icon: icon(IconCalendarWeek),
      hint: formatFullDay(monday),
      run: () => choose(monday),
    },
    { id: 'none', label: 'No date', icon: icon(IconBan), run: () => choose(null) },
  ];
  const presets = all.filter((item) => item.id !== 'none' || current !== null);
  const found =
    phrase.trim() === ''
      ? presets
      : presets.filter((item) => item.label.toLowerCase().startsWith(phrase.trim().toLowerCase()));
  const items = meant
    ? [
        {
          id: 'meant',
          label: formatFullDay(meant.day),
          icon: icon(IconCalendarEvent),
          hint: meant.time ?? meant.day,
          run: () => choose(meant.day, meant.time),
        },
        ...found.filter((item) => item.hint !== formatFullDay(meant.day)),
      ]
    : found;

  return (
    <div>
      <div className={css.top}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="Which date"
          value={field}
          onChange={(value) => setField(value === 'do' ? 'do' : 'due')}
          data={[
            { value: 'due', label: 'Due' },
            { value: 'do', label: 'Do on' },
          ]}
        />
      </div>
      <PickList
        label="Date"
        placeholder="tomorrow, next fri, 12 june…"
        items={items}
        onQuery={setPhrase}
        empty="Not understood yet. Try “in 2 weeks”."
      />
      {phrase === '' ? (
        <div className={css.calendar}>
          <Calendar value={current} onChoose={(day) => choose(day)} firstDay={weekStart === 'sunday' ? 0 : 1} />
        </div>
      ) : null}
      {field === 'due' && current !== null ? (
        <label className={css.time}>
          Time
          <input
            value={time}
            placeholder="15:00"
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={readTime(time) === undefined}
            onChange={(event) => setTime(event.target.value)}
            onBlur={saveTime}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              saveTime();
              onDone();
            }}
          />
        </label>
      ) : null}
    </div>
  );
};
