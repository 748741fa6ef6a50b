import { FocusTrap } from '@mantine/core';
import { createPortal } from 'react-dom';
import { useUi } from '../../ui-store.ts';
import { QuickAdd } from './quick-add.tsx';
import css from './quick-add-overlay.module.css';

const close = (): void => useUi.setState({ quickAdd: false });

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
      <FocusTrap active>
        <div className={css.panel} role="dialog" aria-label="Quick add">
          <QuickAdd autoFocus onDone={close} />
        </div>
      </FocusTrap>
    </div>,
    document.body,
  );
};
