import type { Chip } from '../../../../node-core/contract/index.ts';
import css from './quick-add.module.css';

/** The line once more, with what was understood in it tinted. */
export const TintedText = ({ text, chips }: { text: string; chips: readonly Chip[] }) => {
  const parts: { readonly text: string; readonly isChip: boolean; readonly start: number }[] = [];
  let at = 0;
  for (const chip of chips.toSorted((a, b) => a.start - b.start)) {
    if (chip.start < at || chip.end <= chip.start) continue;
    if (chip.start > at) parts.push({ text: text.slice(at, chip.start), isChip: false, start: at });
    parts.push({ text: text.slice(chip.start, chip.end), isChip: true, start: chip.start });
    at = chip.end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isChip: false, start: at });
  return parts.map((part) =>
    part.isChip ? (
      <mark key={part.start} className={css.tint}>
        {part.text}
      </mark>
    ) : (
      <span key={part.start}>{part.text}</span>
    ),
  );
};
