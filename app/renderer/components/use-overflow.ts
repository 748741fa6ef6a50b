import { type RefObject, useEffect, useState } from 'react';

/** Whether a box holds more than is seen of it, also as its size changes. */
export const useOverflow = (box: RefObject<HTMLElement | null>): boolean => {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const sizes = new ResizeObserver(() => setIsOver(current.scrollHeight > current.clientHeight + 1));
    sizes.observe(current);
    return () => sizes.disconnect();
  }, [box]);
  return isOver;
};
