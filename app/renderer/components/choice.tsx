import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import css from './choice.module.css';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
  /** As wide as what it stands in. */
  readonly wide?: boolean;
}

/** One of several, where there are too many or too long ones to show side by side. */
export const Choice = <T extends string>({ label, value, choices, onChange, wide }: ChoiceProps<T>) => {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Menu
      position="bottom-start"
      withinPortal
      withInitialFocusPlaceholder={false}
      {...(wide ? { width: 'target' as const } : {})}
    >
      <Menu.Target>
        <button
          type="button"
          className={css.button}
          data-wide={wide || undefined}
          aria-label={`${label}: ${chosen?.label ?? ''}`}
        >
          <span className={css.text}>{chosen?.label ?? ''}</span>
          <IconChevronDown size={16} stroke={1.6} className={css.icon} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu ?? ''}>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            aria-current={choice.value === value}
            rightSection={
              choice.value === value ? <IconCheck size={16} stroke={1.8} aria-hidden /> : <span className={css.none} />
            }
            onClick={() => onChange(choice.value)}
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
