import { useEffect, useState } from 'react';
import type { Day } from '../../days.ts';
import { api } from '../../rpc/index.ts';
import { localNow } from '../quick-add/use-parse.ts';

export interface Meant {
  readonly day: Day;
  readonly time: string | null;
}

/** What a phrase such as “next fri 15:00” means, asked of the core's own parser. */
export const useMeaning = (phrase: string): Meant | null => {
  const [meant, setMeant] = useState<Meant | null>(null);
  useEffect(() => {
    if (phrase.trim() === '') {
      setMeant(null);
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      api.quickAdd.parse({ text: `x ${phrase}`, now: localNow() }, { signal: controller.signal }).then(
        ({ draft }) => {
          const day = draft.dueDate ?? draft.doDate;
          setMeant(day ? { day, time: draft.dueTime ?? null } : null);
        },
        () => setMeant(null),
      );
    }, 60);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [phrase]);
  return meant;
};
