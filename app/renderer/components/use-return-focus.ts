import { type RefObject, useEffect, useRef } from 'react';

/** For a button that gives way to what it opens: it has the focus again once that is closed, unless something else took it. */
export const useReturnFocus = (isOpen: boolean): RefObject<HTMLButtonElement | null> => {
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body)
      opener.current?.focus({ preventScroll: true });
    wasOpen.current = isOpen;
  }, [isOpen]);
  return opener;
};
