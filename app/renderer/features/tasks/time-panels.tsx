import { SegmentedControl } from '@mantine/core';
import { IconBan, IconBell, IconRepeat, IconTrash } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { Task } from '../../../../node-core/contract/index.ts';
import { addDays, dateOf, dayOf, formatDay, formatFullDay, formatTime, today } from '../../days.ts';
import { IconButton, type PickItem, PickList } from '../../components/index.ts';
import { api } from '../../rpc/index.ts';
import { localNow } from '../quick-add/use-parse.ts';
import { updateTasks } from './actions.ts';
import { describeRule } from './recurrence-text.ts';
import { useTask } from './queries.ts';
import css from './time-panels.module.css';
import { useMeaning } from './use-meaning.ts';

interface PanelProps {
  readonly task: Task;
  readonly onDone: () => void;
}

const presets: readonly string[] = [
  'FREQ=DAILY',
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2',
  'FREQ=MONTHLY',
  'FREQ=YEARLY',
];

export const RepeatPanel = ({ task, onDone }: PanelProps) => {
  const [anchor, setAnchor] = useState(task.recurrence?.anchor ?? 'schedule');
  const [understood, setUnderstood] = useState<string | null>(null);

  const choose = (rule: string | null): void => {
    onDone();
    void updateTasks([task.id], {
      recurrence: rule === null ? null : { rule, anchor },
      ...(rule !== null && task.dueDate === null && task.doDate === null ? { dueDate: today() } : {}),
    });
  };
  const onQuery = useCallback((query: string): void => {
    if (query.trim() === '') {
      setUnderstood(null);
      return;
    }
    const phrase = /^every|^each|^daily|^weekly|^monthly|^yearly/i.test(query.trim()) ? query : `every ${query}`;
    api.quickAdd.parse({ text: `x ${phrase}`, now: localNow() }).then(
      ({ draft }) => setUnderstood(draft.recurrence?.rule ?? null),
      () => setUnderstood(null),
    );
  }, []);

  const items: PickItem[] = [
    ...(understood
      ? [
          {
            id: 'understood',
            label: describeRule(understood),
            icon: <IconRepeat size={16} stroke={1.6} aria-hidden />,
            run: () => choose(understood),
          },
        ]
      : []),
    ...presets
      .filter((rule) => rule !== understood)
      .map((rule) => ({
        id: rule,
        label: describeRule(rule),
        icon: <IconRepeat size={16} stroke={1.6} aria-hidden />,
        checked: task.recurrence?.rule === rule,
        run: () => choose(rule),
      })),
    ...(task.recurrence
      ? [
          {
            id: 'none',
            label: 'Does not repeat',
            icon: <IconBan size={16} stroke={1.6} aria-hidden />,
            run: () => choose(null),
          },
        ]
      : []),
  ];
  return (
    <div>
      <PickList label="Repeat" placeholder="every other friday, 3 months…" items={items} onQuery={onQuery} />
      <div className={css.foot}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="Counted from"
          value={anchor}
          onChange={(value) => {
            const next = value === 'completion' ? 'completion' : 'schedule';
            setAnchor(next);
            if (task.recurrence)
              void updateTasks([task.id], { recurrence: { rule: task.recurrence.rule, anchor: next } });
          }}
          data={[
            { value: 'schedule', label: 'On schedule' },
            { value: 'completion', label: 'After completion' },
          ]}
        />
      </div>
    </div>
  );
};

/** `Today 18:00`, `Sat 21 Nov 09:00`. */
const sayMoment = (millis: number): string => `${formatDay(dayOf(new Date(millis)))} ${formatTime(millis)}`;

const at = (day: string, hour: number): number => {
  const date = dateOf(day);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
};

export const ReminderPanel = ({ task: given, onDone }: PanelProps) => {
  const { task: fresh } = useTask(given.id);
  const task = fresh ?? given;
  const [phrase, setPhrase] = useState('');
  const meant = useMeaning(phrase);
  const add = (moment: number): void => {
    onDone();
    void updateTasks([task.id], { reminders: [...task.reminders, { at: moment, firedAt: null }] });
  };
  const now = Date.now();
  const offers: { label: string; at: number }[] = [
    { label: 'In one hour', at: now + 3_600_000 },
    { label: 'This evening', at: at(today(), 18) },
    { label: 'In the morning', at: at(addDays(today(), 1), 9) },
    ...(task.dueDate
      ? [
          { label: 'On the due day', at: at(task.dueDate, 9) },
          { label: 'The day before', at: at(addDays(task.dueDate, -1), 9) },
        ]
      : []),
  ].filter((offer) => offer.at > now);
  const words = phrase.trim().toLowerCase();
  const found = offers.filter((offer) => offer.label.toLowerCase().includes(words));
  const moment = meant ? new Date(`${meant.day}T${meant.time ?? '09:00'}`).getTime() : 0;
  const shown = moment > now ? [{ label: formatFullDay(meant?.day ?? today()), at: moment }, ...found] : found;
  return (
    <div>
      {task.reminders.length > 0 ? (
        <ul className={css.reminders}>
          {task.reminders.map((reminder) => (
            <li key={reminder.at} className="tabular">
              <span data-fired={reminder.firedAt !== null || undefined}>{sayMoment(reminder.at)}</span>
              <IconButton
                icon={IconTrash}
                label="Remove the reminder"
                onClick={() =>
                  void updateTasks([task.id], { reminders: task.reminders.filter((other) => other !== reminder) })
                }
              />
            </li>
          ))}
        </ul>
      ) : null}
      <PickList
        label="Remind me"
        placeholder="tomorrow 9:00, in 2 hours…"
        onQuery={setPhrase}
        items={shown.map((offer) => ({
          id: offer.label,
          label: offer.label,
          icon: <IconBell size={16} stroke={1.6} aria-hidden />,
          hint: sayMoment(offer.at),
          run: () => add(offer.at),
        }))}
        empty="Not understood yet. Try “friday 14:30”."
      />
    </div>
  );
};
