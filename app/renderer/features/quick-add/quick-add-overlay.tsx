import { FocusTrap } from '@mantine/core';
import { useRef } from 'react';
import { createPortal } from 'react-dom';
import { useFocusInside } from '../../components/index.ts';
import { useUi } from '../../ui-store.ts';
import { QuickAdd } from './quick-add.tsx';
import css from './quick-add-overlay.module.css';

const close = (): void => useUi.setState({ quickAdd: false });

const Panel = () => {
  const panel = useRef<HTMLDivElement>(null);
  useFocusInside(panel);
  return (
    <FocusTrap active innerRef={panel}>
      <div className={css.panel} role="dialog" aria-label="Quick add">
        <QuickAdd autoFocus onDone={close} />
      </div>
    </FocusTrap>
  );
};

/** Quick add over any view: one key away wherever the person is. */
export const QuickAddOverlay = () => {
  const isOpen = useUi((state) => state.quickAdd);
  if (!isOpen) return null;
  return createPortal(
    <div
      className={css.scrim}
      role="presentation"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <Panel />
    </div>,
    document.body,
  );
};
