import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { isServed } from '../served.ts';

/** Milliseconds between two tries. */
const pause = 1_000;

export type Late<Props extends object> = ComponentType<Props> & {
  /** Fetches the part before it is needed. */
  readonly fetch: () => Promise<ComponentType<Props>>;
};

/**
 * A part of the app that is fetched on first use. Unlike `React.lazy` it draws at once where it was fetched before:
 * Suspense shows its fallback first and then holds the part back for 300 ms.
 */
export const late = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: (props: Props) => ReactNode = () => null,
): Late<Props> => {
  let fetched: ComponentType<Props> | undefined;
  let fetching: Promise<ComponentType<Props>> | undefined;
  const fetch = (): Promise<ComponentType<Props>> => {
    fetching ??= load().then(
      (part) => {
        fetched = part;
        return part;
      },
      (error: unknown) => {
        fetching = undefined;
        throw error;
      },
    );
    return fetching;
  };
  const Part = (props: Props) => {
    const [state, setState] = useState<{ part?: ComponentType<Props>; error?: unknown; isSecond?: boolean }>(() =>
      fetched ? { part: fetched } : {},
    );
    useEffect(() => {
      if (state.part) return undefined;
      let isHere = true;
      fetch().then(
        (part) => {
          if (isHere) setState({ part });
        },
        async (error: unknown) => {
          // Where nobody answers, it comes with the line, which may be back by now.
          const isGone = !(await isServed());
          const isTriedAgain = isGone || state.isSecond !== true;
          if (isTriedAgain) await new Promise((resolve) => setTimeout(resolve, pause));
          if (isHere) setState(isTriedAgain ? { isSecond: !isGone } : { error });
        },
      );
      return () => {
        isHere = false;
      };
    }, [state]);
    if (state.error) throw state.error instanceof Error ? state.error : new Error('A part of the app did not load.');
    return state.part ? <state.part {...props} /> : waiting(props);
  };
  return Object.assign(Part, { fetch });
};
