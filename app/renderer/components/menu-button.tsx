import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './icon-button.module.css';

/** Three dots that open a menu of what is done seldom. */
export const MenuButton = ({
  label,
  width = 220,
  children,
}: {
  label: string;
  width?: number;
  children: ReactNode;
}) => (
  <Menu position="bottom-end" width={width} withinPortal withInitialFocusPlaceholder={false}>
    <Menu.Target>
      <ActionIcon aria-label={label} title={label} className={css.button ?? ''}>
        <IconDots size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>{children}</Menu.Dropdown>
  </Menu>
);
