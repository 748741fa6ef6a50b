/**
 * Characters that a person does not see and a model does: controls, marks of direction, zero-width ones, soft hyphens, and the tag and
 * variation characters in which whole sentences can be hidden.
 */
const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFB]--[\t\n\r]--[\u200C-\u200D]--[\uFE0F]]/gv;

/** Joiners where there is nothing to join: Persian, the scripts of India and emoji need the others. */
const IDLE_JOINERS =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{Extended_Pictographic}])|(?<![\p{Extended_Pictographic}#*\d])\uFE0F/gu;

/** A text of others as a person would see it. */
export const visible = (text: string): string => text.replaceAll(INVISIBLE, '').replaceAll(IDLE_JOINERS, '');

/** The same on one line, cut at whole characters. */
export const visibleLine = (text: string, length: number): string => {
  const line = [...visible(text).replaceAll(/\s+/gu, ' ').trim()];
  return line.length > length ? `${line.slice(0, length - 1).join('')}…` : line.join('');
};
