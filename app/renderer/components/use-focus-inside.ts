import { type RefObject, useLayoutEffect, useState } from 'react';

/** Where keys go on from after what had the focus is gone: the list, or else the place itself. */
export const regainFocus = (): void => {
  if (document.activeElement !== document.body) return;
  window.dispatchEvent(new Event('jan:focus-list'));
  if (document.activeElement === document.body) document.querySelector('main')?.focus({ preventScroll: true });
};

interface Options {
  /** Nothing that is hidden can be focused. */
  readonly isVisible?: boolean;
  /** What it is about: takes the focus back where that which had it is gone. */
  readonly anchor?: HTMLElement;
}

/**
 * The focus of something that opens beside or over the rest. It goes in with the commit in which `box` can be seen, so that a key that
 * follows at once lands there; `FocusTrap` alone moves it a moment later. It goes back when the box closes, unless something else took it.
 */
export const useFocusInside = (
  box: RefObject<HTMLElement | null>,
  { isVisible = true, anchor }: Options = {},
): void => {
  // While it is drawn first: in the commit a field inside may take the focus by itself.
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(
    () => () => {
      // Not inside the commit: the box is still there then, and React hears no focus events.
      queueMicrotask(() => {
        if (document.activeElement !== document.body) return;
        const home = [before, anchor].find(
          (element): element is HTMLElement =>
            element instanceof HTMLElement &&
            element.isConnected &&
            element !== document.body &&
            // A menu is gone once something was chosen of it, even where it still fades.
            !element.closest('[role="menu"]'),
        );
        home?.focus({ preventScroll: true });
        regainFocus();
      });
    },
    [before, anchor],
  );
  useLayoutEffect(() => {
    if (!isVisible) return;
    const first =
      box.current?.querySelector<HTMLElement>('[data-autofocus]') ??
      box.current?.querySelector<HTMLElement>('[data-pane-body]') ??
      (box.current?.getAttribute('role') === 'dialog' ? box.current : null);
    first?.focus({ preventScroll: true });
  }, [box, isVisible]);
};
