export interface TextPart {
  readonly text: string;
  /** Named instead of drawn: it would not be seen, or would change how what stands around it is read. */
  readonly isHidden: boolean;
}

/**
 * Controls, marks of direction, joiners, fillers, variation selectors, private and lone characters; line ends and tabs are seen as they are,
 * and so is the selector that gives an emoji its colour.
 */
const hidden =
  /(?![\n\t]|(?<=\p{Emoji})\u{FE0F})[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u{2028}\u{2029}\u{2800}]/gu;

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A text in which nothing is hidden from who reads it. */
export const showHidden = (text: string): readonly TextPart[] => {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), isHidden: false });
    parts.push({ text: nameOf(match[0]), isHidden: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isHidden: false });
  return parts;
};
