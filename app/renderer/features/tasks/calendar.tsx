import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.css';
import type { Day } from '../../days.ts';
import css from './calendar.module.css';

/** Loaded when the first date is picked: it brings the date library with it. */
export const Calendar = ({
  value,
  onChoose,
  firstDay,
}: {
  value: Day | null;
  onChoose: (day: Day) => void;
  firstDay: 0 | 1;
}) => (
  <DatePicker
    size="xs"
    value={value}
    {...(value ? { defaultDate: value } : {})}
    firstDayOfWeek={firstDay}
    highlightToday
    className={css.calendar}
    ariaLabels={{ nextMonth: 'Next month', previousMonth: 'Previous month', monthLevelControl: 'Choose a month' }}
    onChange={(day) => {
      if (day) onChoose(day.slice(0, 10));
    }}
  />
);
