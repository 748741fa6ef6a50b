import { useEffect, useState } from 'react';

/** The time now, told again every so many milliseconds while something is under way. */
export const useTicking = (isOn: boolean, every = 200): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isOn) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [isOn, every]);
  return now;
};
