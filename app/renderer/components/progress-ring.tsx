/** How much of a project is done, as a 16 px pie in its colour. */
export const ProgressRing = ({
  done,
  total,
  color,
  size = 16,
}: {
  done: number;
  total: number;
  color: string;
  size?: number;
}) => {
  const share = total > 0 ? done / total : 0;
  const length = 2 * Math.PI * 2.5;
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" style={{ color, flex: 'none' }} aria-hidden>
      <circle cx="8" cy="8" r="6.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle
        cx="8"
        cy="8"
        r="2.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="5"
        strokeDasharray={`${share * length * 0.999} ${length}`}
        transform="rotate(-90 8 8)"
        style={{ transition: 'stroke-dasharray 160ms ease-out', visibility: share > 0 ? 'visible' : 'hidden' }}
      />
    </svg>
  );
};
