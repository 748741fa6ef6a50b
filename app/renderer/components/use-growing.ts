import { type RefCallback, useCallback, useState } from 'react';

const atOnce = 60;

/**
 * How many of a long list are drawn: the first sixty, and as many again each time the element with `end`, which stands below them, comes near.
 * The first `atLeast` are there from the beginning.
 */
export const useGrowing = (atLeast = 0): { readonly shown: number; readonly end: RefCallback<Element> } => {
  const [shown, setShown] = useState(Math.max(atOnce, atLeast));
  const end = useCallback((element: Element | null) => {
    if (!element) return undefined;
    const near = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setShown((count) => count + atOnce);
      },
      { rootMargin: '800px' },
    );
    near.observe(element);
    return () => near.disconnect();
  }, []);
  return { shown, end };
};
