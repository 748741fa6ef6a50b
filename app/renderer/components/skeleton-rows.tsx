import { useEffect, useState } from 'react';
import css from './skeleton-rows.module.css';

const widths = ['62%', '48%', '71%', '39%', '55%', '66%', '44%', '58%'];

/** Nothing for the first tenth of a second, then rows of the size that the real ones will have. */
export const SkeletonRows = ({
  count = 6,
  height = 36,
  label = 'Loading',
  cards = false,
}: {
  count?: number;
  height?: number;
  label?: string;
  /** Side by side, with a border each. */
  cards?: boolean;
}) => {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 120);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      className={css.rows}
      data-shown={shown || undefined}
      data-cards={cards || undefined}
      role="status"
      aria-label={label}
    >
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={css.row} style={{ height }}>
          <span className={css.dot} />
          <span className={css.bar} style={{ width: widths[index % widths.length] }} />
        </div>
      ))}
    </div>
  );
};
