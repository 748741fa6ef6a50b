/**
 * Characters that a person does not see and a model does: controls, marks of direction, zero-width ones, soft hyphens, and the tag and
 * variation characters in which whole sentences can be hidden.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/gu;

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
