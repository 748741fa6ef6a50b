import { useEffect, useReducer } from 'react';
import { errorCode } from '../../../../node-core/contract/errors.ts';
import { api } from '../../rpc/index.ts';
import { isActive } from './queries.ts';
import { nothingYet, reduceRun, type WatchedRun } from './run-events.ts';

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

/** Follows a run: its state at once, then each thing as it happens. Follows again after the line fell. */
export const useRun = (id: string): WatchedRun => {
  const [state, dispatch] = useReducer(reduceRun, nothingYet);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    dispatch({ type: 'start' });
    const follow = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          let ended = false;
          for await (const event of await api.runs.watch({ id }, { signal })) {
            if (signal.aborted) return;
            dispatch(event);
            const run = event.type === 'snapshot' || event.type === 'run' ? event.run : null;
            ended = run !== null && !isActive(run);
          }
          if (ended) return;
        } catch (error) {
          if (signal.aborted) return;
          if (errorCode(error)) {
            dispatch({ type: 'fault', error });
            return;
          }
        }
        await pause(500);
      }
    };
    void follow();
    return () => controller.abort();
  }, [id]);
  return state;
};
