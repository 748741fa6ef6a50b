import { useEffect, useRef, type RefObject } from 'react';

/** Takes the focus when a place appears and nothing in it asked for it, so that keys go on from here and not from nowhere. */
export const useArrivalFocus = (): RefObject<HTMLElement | null> => {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null)
      place.current?.focus({ preventScroll: true });
  }, []);
  return place;
};
