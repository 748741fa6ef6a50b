import { ActionIcon, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { MouseEvent, Ref } from 'react';
import { Keys } from './keys.tsx';
import css from './icon-button.module.css';

export interface IconButtonProps {
  readonly icon: Icon;
  readonly label: string;
  readonly shortcut?: string;
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly active?: boolean;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly testId?: string;
  readonly expanded?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A 28 px button that is only an icon: always with a name, and with its shortcut where it has one. */
export const IconButton = ({
  icon: Glyph,
  label,
  shortcut,
  onClick,
  active,
  disabled,
  danger,
  testId,
  expanded,
  ref,
}: IconButtonProps) => (
  <Tooltip
    label={
      <span className={css.tip}>
        {label}
        {shortcut ? <Keys combo={shortcut} /> : null}
      </span>
    }
  >
    <ActionIcon
      ref={ref ?? null}
      aria-label={label}
      aria-pressed={active === undefined ? undefined : active}
      aria-expanded={expanded}
      data-active={active || undefined}
      data-danger={danger || undefined}
      data-testid={testId}
      disabled={disabled ?? false}
      className={css.button}
      onClick={onClick}
    >
      <Glyph size={16} stroke={1.6} aria-hidden />
    </ActionIcon>
  </Tooltip>
);
