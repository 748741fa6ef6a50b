import { useEffect, useRef, useState } from 'react';
import type { QuickAddResult } from '../../../../node-core/contract/index.ts';
import { api } from '../../rpc/index.ts';

const debounce = 60;
const longestLine = 2_000;

/** The person's clock with its offset from UTC, as the parser wants it. */
export const localNow = (): string => {
  const date = new Date();
  const offset = -date.getTimezoneOffset();
  const pad = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${pad(offset / 60)}:${pad(offset % 60)}`;
};

export interface Understood extends QuickAddResult {
  /** The text that this is about; chips are drawn only while it is still the text. */
  readonly text: string;
}

/** What the line means so far. Answers that come after a newer question are dropped. */
export const useParse = (text: string, ignore: readonly number[]): Understood | null => {
  const [understood, setUnderstood] = useState<Understood | null>(null);
  const question = useRef(0);
  const ignored = ignore.join(' ');

  useEffect(() => {
    question.current += 1;
    const mine = question.current;
    if (text.trim() === '' || text.length > longestLine) {
      setUnderstood(null);
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const input = { text, now: localNow(), ignore: ignored === '' ? [] : ignored.split(' ').map(Number) };
      api.quickAdd.parse(input, { signal: controller.signal }).then(
        (result) => {
          if (mine === question.current) setUnderstood({ ...result, text });
        },
        () => {
          if (mine === question.current) setUnderstood(null);
        },
      );
    }, debounce);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, ignored]);

  return understood;
};
