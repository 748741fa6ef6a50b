import { useEffect, useState } from 'react';

/** The time now, told again five times a second while something is under way. */
export const useTicking = (isOn: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isOn) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [isOn]);
  return now;
};
