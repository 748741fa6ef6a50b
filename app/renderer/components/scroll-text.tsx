import { type ReactNode, useRef } from 'react';
import { useOverflow } from './use-overflow.ts';

interface ScrollTextProps {
  /** What it holds, for who does not see it. */
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** A text in a box of a bounded height: where there is more of it than is seen, keys scroll it too. */
export const ScrollText = ({ label, className, children }: ScrollTextProps) => {
  const box = useRef<HTMLPreElement>(null);
  const isLong = useOverflow(box);
  return (
    <pre
      ref={box}
      className={className}
      dir="ltr"
      {...(isLong ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
    >
      {children}
    </pre>
  );
};
