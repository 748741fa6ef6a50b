import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { useLayoutEffect, useRef } from 'react';
import { type Day, today } from '../../days.ts';
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
}) => {
  const box = useRef<HTMLDivElement>(null);
  const first = value ?? today();
  // What opened for it had to take the focus in its place.
  useLayoutEffect(() => {
    if (document.activeElement?.getAttribute('role') !== 'dialog') return;
    if (document.activeElement.contains(box.current))
      box.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
  }, []);
  return (
    <DatePicker
      ref={box}
      getDayProps={(day) => (day === first ? { 'data-autofocus': true } : {})}
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
};
