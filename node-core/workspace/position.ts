/** Distance between neighbours of a list that was never rearranged. */
export const STEP = 1_024;
const SMALLEST_GAP = 1e-6;

/** A place between two; `null` is an end of the list. `null` as an answer: there is no room left, {@link STEP} them anew. */
export const between = (above: number | null, below: number | null): number | null => {
  if (above === null) return below === null ? STEP : below - STEP;
  if (below === null) return above + STEP;
  const middle = above + (below - above) / 2;
  return below - above > SMALLEST_GAP && middle > above && middle < below ? middle : null;
};
