import css from './spinner.module.css';

/** Says that something runs; the words beside it say what. */
export const Spinner = ({ size = 16 }: { size?: number }) => (
  <svg className={css.spinner} width={size} height={size} viewBox="0 0 16 16" aria-hidden>
    <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeOpacity="0.22" strokeWidth="2" />
    <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
  </svg>
);
