import {
  IconBell,
  IconCalendar,
  IconCalendarDue,
  IconFlag,
  IconFolder,
  IconForms,
  IconHash,
  IconRepeat,
  IconRoute,
  IconUser,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import type { Chip } from '../../../../node-core/contract/index.ts';
import css from './quick-add.module.css';

const icons: Readonly<Record<Chip['kind'], Icon>> = {
  due: IconCalendarDue,
  do: IconCalendar,
  recurrence: IconRepeat,
  tag: IconHash,
  project: IconFolder,
  priority: IconFlag,
  reminder: IconBell,
  assignee: IconUser,
  playbook: IconRoute,
  input: IconForms,
};

const kindNames: Readonly<Record<Chip['kind'], string>> = {
  due: 'due',
  do: 'do on',
  recurrence: 'repeats',
  tag: 'tag',
  project: 'project',
  priority: 'priority',
  reminder: 'reminder',
  assignee: 'assigned to',
  playbook: 'playbook',
  input: 'input',
};

interface ChipRowProps {
  readonly chips: readonly Chip[];
  readonly row: Ref<HTMLDivElement>;
  readonly onPlain: (chip: Chip) => void;
  /** Back to the line. */
  readonly onLeave: () => void;
}

/** What was understood; a press, or Backspace, turns it back into text. */
export const ChipRow = ({ chips, row, onPlain, onLeave }: ChipRowProps) => {
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, chip: Chip): void => {
    const siblings = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[data-chip]') ?? [])];
    const at = siblings.indexOf(event.currentTarget);
    if (event.key === 'Backspace' || event.key === 'Delete') onPlain(chip);
    else if (event.key === 'ArrowRight') siblings[at + 1]?.focus();
    else if (event.key === 'ArrowLeft') siblings[at - 1]?.focus();
    else if (event.key === 'ArrowUp' || event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={row} className={css.chips} aria-live="polite" data-testid="chips">
      {chips.map((chip) => {
        const Glyph = icons[chip.kind];
        return (
          <button
            key={`${chip.kind}-${chip.start}`}
            type="button"
            data-chip={chip.kind}
            className={css.chip}
            aria-label={`${kindNames[chip.kind]} ${chip.label}. Turn back into text`}
            title="Turn back into text (Backspace)"
            onClick={() => onPlain(chip)}
            onKeyDown={(event) => onKeyDown(event, chip)}
          >
            <Glyph size={16} stroke={1.5} aria-hidden />
            {chip.kind === 'tag' ? chip.label.replace(/^#/, '') : chip.label}
            <IconX size={16} stroke={1.5} className={css.cross} aria-hidden />
          </button>
        );
      })}
    </div>
  );
};
