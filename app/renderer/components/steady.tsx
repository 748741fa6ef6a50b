import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import css from './steady.module.css';

interface SteadyProps {
  /** What the buttons are about and where they stand: where it is another one, they have just come. */
  readonly place: string;
  /** Milliseconds that a person needs to see them, or to read what they answer. */
  readonly after?: number;
  readonly children: ReactNode;
}

/**
 * Buttons that came to where another one may just have been pressed. None takes a press that began before a person could see them, the
 * second click of a double one, or a key that is held; they look as ever meanwhile.
 */
export const Steady = ({ place, after = 500, children }: SteadyProps) => {
  const [since, setSince] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // No frame is drawn while nobody can see the window.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setSince(performance.now()), after);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      setSince(Number.POSITIVE_INFINITY);
    };
  }, [place, after]);
  const hold = (event: MouseEvent | KeyboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span
      className={css.steady}
      role="presentation"
      data-steady={since < Number.POSITIVE_INFINITY || undefined}
      onClickCapture={(event) => {
        if (event.timeStamp < since || event.detail > 1) hold(event);
      }}
      onKeyDownCapture={(event) => {
        if ((event.key === 'Enter' || event.key === ' ') && (event.timeStamp < since || event.repeat)) hold(event);
      }}
    >
      {children}
    </span>
  );
};
