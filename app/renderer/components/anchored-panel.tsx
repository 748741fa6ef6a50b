import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { FocusTrap } from '@mantine/core';
import css from './anchored-panel.module.css';
import { useFocusInside } from './use-focus-inside.ts';

interface AnchoredPanelProps {
  readonly anchor: HTMLElement;
  readonly label: string;
  /** Where it opens instead, as the pointer is. */
  readonly at?: { readonly x: number; readonly y: number } | undefined;
  readonly width?: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const gap = 4;
const edge = 8;

/** A panel beside what it is about. Escape or a press outside closes it, and focus goes back to where it was. */
export const AnchoredPanel = ({ anchor, label, at, width = 264, onClose, children }: AnchoredPanelProps) => {
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const box = panel.current;
    if (!box) return;
    const settle = (): void => {
      const target = at ? new DOMRect(at.x, at.y) : anchor.getBoundingClientRect();
      const height = box.offsetHeight;
      const below = target.bottom + gap;
      const top =
        below + height + edge <= window.innerHeight
          ? below
          : Math.max(edge, Math.min(target.top - gap - height, window.innerHeight - height - edge));
      const left = Math.max(edge, Math.min(target.left, window.innerWidth - width - edge));
      setPlace((old) => (old && old.left === left && old.top === top ? old : { left, top }));
    };
    settle();
    const sizes = new ResizeObserver(settle);
    sizes.observe(box);
    return () => sizes.disconnect();
  }, [anchor, at, width]);

  useLayoutEffect(() => {
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && !panel.current?.contains(event.target)) close.current();
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => document.removeEventListener('pointerdown', onPress, true);
  }, []);
  useFocusInside(panel, { isVisible: place !== null, anchor });

  return createPortal(
    <FocusTrap active innerRef={panel}>
      <div
        role="dialog"
        // What it holds may come late: until then the keys are its own.
        tabIndex={-1}
        aria-label={label}
        className={css.panel}
        data-testid="panel"
        style={{ width, left: place?.left ?? 0, top: place?.top ?? 0, visibility: place ? 'visible' : 'hidden' }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onClose();
        }}
      >
        {children}
      </div>
    </FocusTrap>,
    document.body,
  );
};
