import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { CallFilter } from '../../../../node-core/contract/index.ts';
import { errorCode } from '../../../../node-core/contract/errors.ts';
import { api } from '../../rpc/index.ts';
import { type CallList, noCalls, reduceCalls } from './call-list.ts';

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

interface Calls extends CallList {
  readonly isLoading: boolean;
  /** Asks for older ones, if there are any and nobody does yet. */
  readonly more: () => void;
  /** Begins anew. */
  readonly again: () => void;
}

/** The calls that the filter means, as far back as was asked, and each as it happens. Followed again after the line fell. */
export const useCalls = (filter: CallFilter): Calls => {
  const [state, dispatch] = useReducer(reduceCalls, noCalls);
  const [isLoading, setIsLoading] = useState(true);
  const [turn, setTurn] = useState(0);
  const open = useRef<AbortSignal | null>(null);
  const busy = useRef(false);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    open.current = signal;
    busy.current = true;
    setIsLoading(true);
    dispatch({ type: 'empty' });
    const follow = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          for await (const news of await api.calls.watch(filter, { signal })) {
            if (signal.aborted) return;
            if (news.length > 0) {
              dispatch({ type: 'news', news });
              continue;
            }
            // From now on nothing is missed.
            const page = await api.calls.list(filter, { signal });
            dispatch({ type: 'first', page });
            busy.current = false;
            setIsLoading(false);
          }
        } catch (error) {
          if (signal.aborted) return;
          if (errorCode(error)) {
            dispatch({ type: 'fault', error });
            busy.current = false;
            setIsLoading(false);
            return;
          }
        }
        await pause(500);
      }
    };
    void follow();
    return () => controller.abort();
  }, [filter, turn]);

  const { next } = state;
  const more = useCallback((): void => {
    const signal = open.current;
    if (!next || busy.current || !signal || signal.aborted) return;
    busy.current = true;
    setIsLoading(true);
    const ask = async (): Promise<void> => {
      try {
        const page = await api.calls.list({ ...filter, before: next }, { signal });
        if (!signal.aborted) dispatch({ type: 'more', page });
      } catch (error) {
        if (!signal.aborted) dispatch({ type: 'fault', error });
      }
      if (signal.aborted) return;
      busy.current = false;
      setIsLoading(false);
    };
    void ask();
  }, [filter, next]);

  return { ...state, isLoading, more, again: useCallback(() => setTurn((old) => old + 1), []) };
};
