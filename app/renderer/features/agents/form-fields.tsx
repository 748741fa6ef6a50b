import { TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { figureOf } from '../../../../node-core/contract/figures.ts';
import type { Playbook } from '../../../../node-core/contract/index.ts';
import { AnchoredPanel, Choice, type PickItem, PickList } from '../../components/index.ts';
import { formatCount, plural } from '../../days.ts';
import { useNotes } from '../notes/queries.ts';
import { DayField } from '../tasks/day-field.tsx';
import { useTasks } from '../tasks/queries.ts';
import type { Json } from './draft.ts';
import css from './form.module.css';

type Input = Playbook['inputs'][number];

interface FieldProps {
  readonly input: Input;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

interface AreaProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly code?: boolean;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
}

/** Text of several lines, as tall as it needs to be. */
export const Area = ({ label, hint, value, code, required, onChange }: AreaProps) => {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <span id={`${id}-hint`} className={css.hint}>
          {hint}
        </span>
      ) : null}
      <textarea
        id={id}
        className={css.area}
        data-code={code || undefined}
        spellCheck={!code}
        autoComplete="off"
        value={value}
        required={required ?? false}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
};

interface ThingPickerProps {
  readonly label: string;
  readonly shown: string;
  readonly items: (close: () => void) => readonly PickItem[];
  readonly placeholder: string;
}

const ThingPicker = ({ label, shown, items, placeholder }: ThingPickerProps) => {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => setIsOpen(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.pick}
        aria-label={`${label}: ${shown || 'none'}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(true)}
      >
        <span className={css.picked} data-empty={shown === '' || undefined}>
          {shown || placeholder}
        </span>
        <IconChevronDown size={16} stroke={1.6} aria-hidden />
      </button>
      {isOpen && button.current ? (
        <AnchoredPanel anchor={button.current} label={label} width={340} onClose={close}>
          <PickList label={label} placeholder={placeholder} items={items(close)} />
        </AnchoredPanel>
      ) : null}
    </>
  );
};

const NoteField = ({ input, value, onChange }: FieldProps) => {
  const { notes } = useNotes();
  const many = input.type === 'notes';
  const isAll = many && value === 'all';
  const chosen = (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string');
  const shown = isAll
    ? 'All notes'
    : many
      ? chosen.length > 0
        ? plural(chosen.length, 'note')
        : ''
      : (notes.find(({ id }) => id === chosen[0])?.title ?? '');
  return (
    <ThingPicker
      label={input.title}
      shown={shown}
      placeholder={many ? 'Choose notes…' : 'Choose a note…'}
      items={(close) => [
        ...(many
          ? [
              {
                id: 'all',
                label: `All ${plural(notes.length, 'note')}, and those added until it starts`,
                checked: isAll,
                run: () => onChange(isAll ? undefined : 'all'),
              },
            ]
          : []),
        ...notes.map((note) => ({
          id: note.id,
          label: note.title,
          checked: chosen.includes(note.id),
          run: () => {
            if (!many) {
              onChange(note.id);
              close();
              return;
            }
            const some = isAll ? [] : chosen;
            const next = some.includes(note.id) ? some.filter((id) => id !== note.id) : [...some, note.id];
            onChange(next.length > 0 ? next : undefined);
          },
        })),
      ]}
    />
  );
};

const TaskField = ({ input, value, onChange }: FieldProps) => {
  const { tasks } = useTasks({ view: 'all' });
  return (
    <ThingPicker
      label={input.title}
      shown={tasks.find(({ id }) => id === value)?.title ?? ''}
      placeholder="Choose a task…"
      items={(close) =>
        tasks.slice(0, 500).map((task) => ({
          id: task.id,
          label: task.title,
          checked: task.id === value,
          run: () => {
            onChange(task.id);
            close();
          },
        }))
      }
    />
  );
};

/** One input of a playbook, as what it asks for. */
export const InputField = ({ input, value, onChange }: FieldProps) => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const title = input.required ? input.title : `${input.title} (may stay empty)`;
  const write = (next: string): void => onChange(next === '' ? undefined : next);
  if (input.type === 'long-text')
    return <Area label={title} hint={input.hint} value={text} required={input.required} onChange={write} />;
  if (input.type === 'text' || input.type === 'number') {
    const figure = input.type === 'number' ? figureOf(text) : undefined;
    const isWrong = input.type === 'number' && text !== '' && figure === undefined;
    // What could be meant otherwise is said as it is read.
    const read = figure !== undefined && !/^\d+$/u.test(text.trim()) ? `Read as ${formatCount(figure)}` : undefined;
    return (
      <TextInput
        label={title}
        description={[input.hint, read].filter((part) => part !== undefined && part !== '').join(' · ')}
        value={text}
        autoComplete="off"
        required={input.required}
        withAsterisk={false}
        inputMode={input.type === 'number' ? 'decimal' : 'text'}
        error={isWrong ? 'A number, such as 5000 or 12.50' : null}
        onChange={(event) => write(event.currentTarget.value)}
      />
    );
  }
  return (
    <div className={css.field}>
      <span>{title}</span>
      {input.hint ? <span className={css.hint}>{input.hint}</span> : null}
      {input.type === 'date' ? (
        <DayField
          label={input.title}
          value={text || null}
          empty="Choose a day"
          onChange={(day) => onChange(day ?? undefined)}
        />
      ) : input.type === 'choice' ? (
        <Choice
          wide
          label={input.title}
          value={text}
          choices={(input.required && text !== '' ? input.choices : ['', ...input.choices]).map((choice) => ({
            value: choice,
            label: choice || 'Choose…',
          }))}
          onChange={write}
        />
      ) : input.type === 'task' ? (
        <TaskField input={input} value={value} onChange={onChange} />
      ) : (
        <NoteField input={input} value={value} onChange={onChange} />
      )}
    </div>
  );
};
