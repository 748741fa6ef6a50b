import { IconCalendar, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { AnchoredPanel, IconButton, late } from '../../components/index.ts';
import { type Day, formatFullDay } from '../../days.ts';
import { useSettings } from '../settings/queries.ts';
import css from './day-field.module.css';

const Calendar = late(() => import('./calendar.tsx').then((module) => module.Calendar));

interface DayFieldProps {
  readonly label: string;
  readonly value: Day | null;
  readonly empty: string;
  readonly onChange: (day: Day | null) => void;
}

/** A day in a form: a button that shows it and opens the calendar. */
export const DayField = ({ label, value, empty, onChange }: DayFieldProps) => {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const weekStart = useSettings()?.weekStart ?? 'monday';
  return (
    <span className={css.field}>
      <button
        ref={button}
        type="button"
        className={css.button}
        aria-haspopup="dialog"
        aria-label={`${label}: ${value ? formatFullDay(value) : empty}`}
        onClick={() => setIsOpen(true)}
      >
        <IconCalendar size={16} stroke={1.6} aria-hidden />
        <span data-empty={value === null || undefined}>
          {value ? `${formatFullDay(value)} ${value.slice(0, 4)}` : empty}
        </span>
      </button>
      {value ? <IconButton icon={IconX} label={`Clear ${label.toLowerCase()}`} onClick={() => onChange(null)} /> : null}
      {isOpen && button.current ? (
        <AnchoredPanel anchor={button.current} label={label} width={270} onClose={() => setIsOpen(false)}>
          <div className={css.calendar}>
            <Calendar
              value={value}
              firstDay={weekStart === 'sunday' ? 0 : 1}
              onChoose={(day) => {
                onChange(day);
                setIsOpen(false);
              }}
            />
          </div>
        </AnchoredPanel>
      ) : null}
    </span>
  );
};
