/** Where the chips lie once the text was edited: an edit inside a chip or an ignored place undoes it. */
export const shiftOffsets = (offsets: readonly number[], before: string, after: string): number[] => {
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  const delta = after.length - before.length;
  return offsets.flatMap((offset) => {
    if (offset < same) return [offset];
    const moved = offset + delta;
    return delta < 0 && offset < same - delta ? [] : moved >= same ? [moved] : [];
  });
};
